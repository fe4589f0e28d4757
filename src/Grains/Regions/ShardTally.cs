using System.Runtime.InteropServices;
using Engagement.Contracts.Regions;
using Engagement.Contracts.Storage;
using Engagement.Domain;
using Engagement.Domain.Clients;
using Engagement.Domain.Map;

namespace Engagement.Grains.Regions;

/// <summary>
/// What one shard counts for the map: of the turn under way, which is committed with it, and of the day, as committed. The rows of a
/// minute are joined while it lasts and when it is over.
/// </summary>
internal sealed class ShardTally(long epoch, TimeProvider time)
{
    private const int DaysKept = 45;
    private const int PartsMax = 32;

    /// <summary>What a row takes beside its tally, and how many bytes are joined for one that came since: thousands of open prompts are not written anew for a few.</summary>
    private const int RowBytes = 100;
    private const int JoinedPerNew = 4;

    /// <summary>Minutes that are kept open: the last ones, and those that late events still come for.</summary>
    private const int OpenMax = 256;
    private const int LateMinutes = 2;

    /// <summary>Parts of one activation are numbered below its epoch, so that no number comes twice.</summary>
    private const int EpochShift = 32;

    private readonly MapTurn turn = new();
    private readonly Dictionary<int, OpenMinute> open = [];
    private readonly ArrivalRates rates = new(time);
    private readonly PriorityQueue<(Leaf Leaf, long UntilMs), long> expiries = new();
    private readonly Dictionary<Leaf, long> promptsOpen = [];
    private MapTally gauges = new();
    private MapTally today = new();
    private long parts;
    private int day;
    private int keptFromDay;

    /// <summary>Leaves whose totals changed since they were last told, and whether their moves did.</summary>
    public Dictionary<Leaf, bool> Changed { get; } = [];

    public int Day => day;

    private static int FirstMinute(int ofDay) => MapTurn.MinuteOf(Shanghai.StartMs(ofDay));

    public void Recover(IReadOnlyList<MapRow> rows, long nowMs)
    {
        day = Shanghai.Day(nowMs);
        open[MapRow.GaugeMinute] = new();
        foreach (var row in rows)
        {
            if (row.Minute == MapRow.GaugeMinute)
            {
                gauges.Read(row.Tally);
                open[MapRow.GaugeMinute].Parts.Add(row.Part);
                open[MapRow.GaugeMinute].NewBytes += row.Tally.Length + RowBytes;
            }
            else if (row.Minute >= FirstMinute(day))
            {
                today.Read(row.Tally);
            }
        }

        foreach (var ((leaf, until), prompts) in gauges.Open.ToList())
        {
            CountOpen(leaf, until, prompts, nowMs);
        }
    }

    public static int FirstMinuteOf(long nowMs) => FirstMinute(Shanghai.Day(nowMs));

    public void Add(ClientEffects effects) => turn.Add(effects, FirstMinute(day - DaysKept));

    /// <summary>The rows of the turn's commit.</summary>
    public (IReadOnlyList<MapRow> Rows, IReadOnlyList<MapPart> Replaced, int KeptFrom) Rows(long nowMs)
    {
        OnTime(nowMs);
        var keptFrom = keptFromDay == day ? 0 : FirstMinute(day - DaysKept);
        if (turn.IsEmpty)
        {
            return ([], [], 0);
        }

        foreach (var (minute, tally) in turn.Minutes)
        {
            if (minute != MapTurn.Old)
            {
                Take(minute, tally, nowMs);
            }
        }

        if (!turn.Gauges.IsEmpty)
        {
            open[MapRow.GaugeMinute].New = turn.Gauges;
        }

        var (rows, replaced, over) = (new List<MapRow>(), new List<MapPart>(), new List<int>());
        foreach (var (minute, known) in open)
        {
            var isOver = minute != MapRow.GaugeMinute && minute < MapTurn.MinuteOf(nowMs) - LateMinutes
                && (nowMs - known.TouchedMs > Shanghai.MinuteMs || (open.Count > OpenMax && known.New is null));
            Write(minute, known, isOver, rows, replaced);
            if (isOver)
            {
                over.Add(minute);
            }
        }

        over.ForEach(m => open.Remove(m));
        return (rows, replaced, keptFrom);
    }

    /// <summary>The turn is committed: what it counted may be shown.</summary>
    public void OnCommitted(long nowMs)
    {
        if (turn.IsEmpty)
        {
            return;
        }

        keptFromDay = day;
        foreach (var (minute, tally) in turn.Minutes)
        {
            var counts = minute != MapTurn.Old && minute >= FirstMinute(day);
            foreach (var (leaf, measures) in tally.Leaves)
            {
                rates.Add(leaf, measures.Events);
                Touch(leaf);
                if (counts)
                {
                    today.Add(leaf, measures);
                }
            }

            foreach (var (leaf, moves) in counts ? tally.Moves : [])
            {
                Changed[leaf] = true;
                foreach (var (move, clients) in moves)
                {
                    today.Add(leaf, move, clients);
                }
            }
        }

        foreach (var (leaf, measures) in turn.Gauges.Leaves)
        {
            gauges.Add(leaf, measures);
            Touch(leaf);
        }

        foreach (var ((leaf, until), prompts) in turn.Gauges.Open)
        {
            gauges.AddOpen(leaf, until, prompts);
            CountOpen(leaf, until, prompts, nowMs);
        }

        turn.Clear();
    }

    /// <summary>Lets time pass: a day ends, prompts expire, and what arrives grows less.</summary>
    public void OnTime(long nowMs)
    {
        if (Shanghai.Day(nowMs) > day)
        {
            day = Shanghai.Day(nowMs);
            foreach (var leaf in today.Leaves.Keys.Concat(today.Moves.Keys))
            {
                Changed[leaf] = true;
            }

            today = new();
        }

        while (expiries.TryPeek(out var expired, out var until) && until <= nowMs)
        {
            expiries.Dequeue();
            if (gauges.Open.Remove(expired, out var prompts))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(promptsOpen, expired.Leaf, out _) -= prompts;
                Touch(expired.Leaf);
            }
        }

        rates.OnTime(Touch);
    }

    public IEnumerable<Leaf> All => today.Leaves.Keys.Concat(gauges.Leaves.Keys).Concat(today.Moves.Keys).Concat(promptsOpen.Keys).Distinct();

    /// <param name="withMoves">False: they are as they were told before.</param>
    public IEnumerable<LeafTotal> Totals(IEnumerable<Leaf> leaves, Func<Leaf, bool> withMoves)
    {
        foreach (var leaf in leaves)
        {
            var measures = today.Leaves.GetValueOrDefault(leaf) + gauges.Leaves.GetValueOrDefault(leaf) + new Measures { PromptsOpen = promptsOpen.GetValueOrDefault(leaf) };
            yield return new(leaf, measures, rates.Of(leaf), withMoves(leaf) ? [.. today.Moves.GetValueOrDefault(leaf, []).Select(m => new MoveTotal(m.Key, m.Value))] : null);
        }
    }

    private void Take(int minute, MapTally tally, long nowMs)
    {
        if (!open.TryGetValue(minute, out var known))
        {
            open.Add(minute, known = new());
        }

        known.Sum.Add(tally);
        (known.New, known.TouchedMs) = (tally, nowMs);
    }

    private void Touch(Leaf leaf) => Changed.TryAdd(leaf, false);

    private void CountOpen(Leaf leaf, long until, long prompts, long nowMs)
    {
        if (until <= nowMs)
        {
            // It has expired, and was taken off then.
            gauges.Open.Remove((leaf, until));
            return;
        }

        expiries.Enqueue((leaf, until), until);
        CollectionsMarshal.GetValueRefOrAddDefault(promptsOpen, leaf, out _) += prompts;
        Touch(leaf);
    }

    /// <summary>The minute's new row: what the turn adds, or, where it has many parts already or is over, all of it in place of them.</summary>
    private void Write(int minute, OpenMinute known, bool isOver, List<MapRow> rows, List<MapPart> replaced)
    {
        var joins = (known.Parts.Count >= PartsMax && known.NewBytes * JoinedPerNew >= known.JoinedBytes) || (isOver && known.Parts.Count + (known.New is null ? 0 : 1) > 1);
        if (!joins && known.New is null)
        {
            return;
        }

        var part = (epoch << EpochShift) | ++parts;
        if (joins)
        {
            replaced.AddRange(known.Parts.Select(p => new MapPart(minute, p)));
            known.Parts.Clear();
        }

        var tally = !joins ? known.New! : minute == MapRow.GaugeMinute ? Joined(gauges, turn.Gauges) : known.Sum;
        known.Parts.Add(part);
        known.New = null;
        var written = tally.Write();
        (known.JoinedBytes, known.NewBytes) = joins ? (written.Length, 0) : (known.JoinedBytes, known.NewBytes + written.Length + RowBytes);
        rows.Add(new(minute, part, written));
    }

    private static MapTally Joined(MapTally sum, MapTally more)
    {
        var joined = new MapTally();
        joined.Add(sum);
        joined.Add(more);
        return joined;
    }

    /// <summary>A minute whose rows may still be joined.</summary>
    private sealed class OpenMinute
    {
        /// <summary>The rows that are stored.</summary>
        public List<long> Parts { get; } = [];

        /// <summary>What they hold together; of the gauges the tally itself does.</summary>
        public MapTally Sum { get; } = new();

        /// <summary>What the turn adds; null: nothing.</summary>
        public MapTally? New { get; set; }

        public long TouchedMs { get; set; }

        /// <summary>Length of the row that was joined last.</summary>
        public long JoinedBytes { get; set; }

        /// <summary>Of those that came since.</summary>
        public long NewBytes { get; set; }
    }
}
