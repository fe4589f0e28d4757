using Engagement.Contracts.Clients;

namespace Engagement.Grains.Shards;

/// <summary>What a shard knows of a client without asking him.</summary>
internal sealed class ClientEntry(string id)
{
    public string Id => id;

    /// <summary>Is he awake: is his grain loaded under this epoch?</summary>
    public bool Awake { get; set; }

    /// <summary>Position of the last record that the client has applied.</summary>
    public long Position { get; set; }

    /// <summary>Position of his own last record.</summary>
    public long Last { get; set; }

    /// <summary>His own records that no snapshot covers.</summary>
    public int Uncovered { get; set; }

    /// <summary>Position of the first of them; 0: none.</summary>
    public long UncoveredFrom { get; set; }

    public long DueMs { get; set; } = long.MaxValue;

    /// <summary>Where he stands in the queue of those who are due: not later than <see cref="DueMs"/>.</summary>
    public long QueuedMs { get; set; } = long.MaxValue;

    public long AsksMs { get; set; } = long.MaxValue;

    /// <summary>As stored: never later than they are.</summary>
    public (long DueMs, long AsksMs) StoredDue { get; set; } = (long.MaxValue, long.MaxValue);

    /// <summary>His grain, while he is awake.</summary>
    public IClientGrain? Grain { get; set; }

    /// <summary>What he is, while he is in memory and not awake.</summary>
    public ClientRest? Rest { get; set; }

    /// <summary>Hashes of his last events, while he is in memory.</summary>
    public RecentEvents Recent { get; set; } = RecentEvents.None;

    /// <summary>The turn that last applied something to him.</summary>
    public long UsedTurn { get; set; }
}
