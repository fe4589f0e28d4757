using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;

namespace Engagement.Grains.Shards;

/// <summary>What a turn has made and not committed yet.</summary>
internal sealed class TurnResult
{
    public List<LogRecord> Records { get; private set; } = [];

    public List<ClientEffects> Effects { get; private set; } = [];

    public List<Message> Messages { get; } = [];

    public Dictionary<string, SnapshotRow> Snapshots { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, DueRow> Dues { get; } = new(StringComparer.Ordinal);

    public (long Position, string? To)? Rolled { get; set; }

    public void Add(ClientEffects effects)
    {
        Effects.Add(effects);
        Messages.AddRange(effects.Messages);
    }

    public void Clear()
    {
        // New lists: the store may still hold the old ones.
        (Records, Effects, Rolled) = ([], [], null);
        Messages.Clear();
        Snapshots.Clear();
        Dues.Clear();
    }
}
