using Engagement.Domain.Clients;

namespace Engagement.Grains.Shards;

/// <summary>What a shard knows of a client without asking him.</summary>
internal sealed class ClientEntry(string id)
{
    public string Id => id;

    /// <summary>Is the client's grain loaded under this epoch?</summary>
    public bool Loaded { get; set; }

    /// <summary>Position of the last record that the client has applied.</summary>
    public long Position { get; set; }

    public long SnapshotPosition { get; set; }

    /// <summary>Records applied since the snapshot.</summary>
    public int SinceSnapshot { get; set; }

    public long DueMs { get; set; } = long.MaxValue;

    public RecentEvents Recent { get; set; } = new();
}
