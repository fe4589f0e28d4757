using Engagement.Domain.Clients;

namespace Engagement.Domain.Map;

/// <summary>What a turn of a shard adds to the map: counts by minute, and changes of gauges. Nothing is made for an event but where its leaf is new in its minute.</summary>
public sealed class MapTurn
{
    /// <summary>Of events that are too old to be kept by minute: they count as having arrived, and no more.</summary>
    public const int Old = -1;

    /// <summary>
    /// Minutes that one turn may touch. History that is sent client by client has nearly every event in another minute, and a row for
    /// each would make the rows as many as the log's: what is beyond this counts as old.
    /// </summary>
    public const int MinutesMax = 128;

    private int lastMinute = int.MinValue;
    private MapTally? last;

    /// <summary>By minutes since 1970.</summary>
    public Dictionary<int, MapTally> Minutes { get; } = [];

    public MapTally Gauges { get; private set; } = new();

    public bool IsEmpty => Minutes.Count == 0 && Gauges.IsEmpty;

    public static int MinuteOf(long ms) => (int)Shanghai.FloorDiv(ms, Shanghai.MinuteMs);

    /// <param name="keptFrom">The first minute that is kept.</param>
    public void Add(ClientEffects effects, int keptFrom)
    {
        var counts = effects.Counts;
        if (counts.Events != 0)
        {
            var minute = MinuteOf(counts.TimeMs);
            At(minute < keptFrom || IsTooMany(minute, counts.AtMs) ? Old : minute).Add(
                counts.Leaf,
                new Measures { Events = counts.Events, AccountsOpened = counts.AccountsOpened, NetInflowFen = counts.NetInflowFen, Conversions = counts.Conversions });
        }

        if (counts.PromptsRaised != 0 || counts.Accepted != 0)
        {
            At(MinuteOf(counts.AtMs)).Add(counts.Leaf, new Measures { PromptsRaised = counts.PromptsRaised, Accepted = counts.Accepted });
        }

        if (!effects.Memberships.IsEmpty)
        {
            AddMoves(counts, effects);
        }

        if (counts.Gauges is { } gauges)
        {
            Add(gauges.Before, -1);
            Add(gauges.After, 1);
        }
    }

    public void Clear()
    {
        Minutes.Clear();
        Gauges = new();
        (lastMinute, last) = (int.MinValue, null);
    }

    /// <summary>One who left several segments and entered several went from each of them to each.</summary>
    private void AddMoves(in ClientCounts counts, ClientEffects effects)
    {
        var tally = At(MinuteOf(counts.AtMs));
        var (entered, left) = (effects.Memberships.Where(m => m.Entered).Select(m => m.Segment), effects.Memberships.Where(m => !m.Entered).Select(m => m.Segment));
        foreach (var from in left.DefaultIfEmpty())
        {
            foreach (var to in entered.DefaultIfEmpty())
            {
                tally.Add(counts.Leaf, new SegmentMove(from, to), 1);
            }
        }
    }

    private void Add(in ClientGauges gauges, int sign)
    {
        if (gauges.Clients != 0)
        {
            Gauges.Add(gauges.Leaf, new Measures { Clients = sign * gauges.Clients, Contracts = sign * gauges.Contracts, SignedAssetsFen = sign * gauges.SignedFen });
        }

        foreach (var until in gauges.OpenUntilMs)
        {
            Gauges.AddOpen(gauges.Leaf, until, sign);
        }
    }

    /// <summary>The minute under way is always counted.</summary>
    private bool IsTooMany(int minute, long atMs) => Minutes.Count >= MinutesMax && minute != MinuteOf(atMs) && !Minutes.ContainsKey(minute);

    /// <summary>Events of a turn are mostly of one minute.</summary>
    private MapTally At(int minute)
    {
        if (minute != lastMinute || last is null)
        {
            if (!Minutes.TryGetValue(minute, out last))
            {
                Minutes.Add(minute, last = new());
            }

            lastMinute = minute;
        }

        return last;
    }
}
