namespace Engagement.Domain.Clients;

/// <param name="Day">Of Shanghai.</param>
/// <param name="AssetsFen">At its end; of today, up to now.</param>
/// <param name="NetFlowFen">Money moved on it.</param>
public readonly record struct DayAssets(int Day, long AssetsFen, long NetFlowFen);

/// <summary>
/// A client's assets day by day, from his events in any order. Each counts at its own time, so that what is told late is in its
/// place: a day closes with the newest valuation by then and the money moved after it.
/// </summary>
public sealed class AssetHistory
{
    private readonly List<(long AsOfMs, long Position, long TotalFen)> valuations = [];
    private readonly List<CashMove> moves = [];

    /// <summary>Takes an event that the log holds; most say nothing of assets.</summary>
    public void Add(long position, string type, long timeMs, ReadOnlySpan<byte> data)
    {
        if (type is not (EventTypes.AssetsValued or EventTypes.CashMoved))
        {
            return;
        }

        var places = default(FieldPlaces);
        var fields = new EventFields(data, ref places);
        if (type == EventTypes.AssetsValued)
        {
            valuations.Add((ClientFold.AsOf(timeMs, fields), position, fields.Fen("total"u8)));
        }
        else if (!ClientFold.IsInternal(fields))
        {
            moves.Add(new(timeMs, fields.Fen("amount"u8)));
        }
    }

    /// <summary>Can no event before this one change the days from one on?</summary>
    /// <param name="atMs">When it was appended.</param>
    public bool IsEnough(int from, long atMs)
    {
        // An event is never appended a day before its time.
        var sure = atMs + Shanghai.DayMs;
        return sure < Shanghai.StartMs(from) && valuations.Exists(v => v.AsOfMs < Shanghai.StartMs(from) && v.AsOfMs > sure);
    }

    /// <returns>Oldest first, from the first day on of which anything is known.</returns>
    public IReadOnlyList<DayAssets> Closing(int from, int to)
    {
        // Of two of one instant the later in the log counts.
        valuations.Sort();
        moves.Sort((a, b) => a.TimeMs.CompareTo(b.TimeMs));
        List<DayAssets> days = [];
        var (asOf, total, valued, moved) = (long.MinValue, 0L, 0, 0);
        for (var day = FirstKnown(from); day <= to; day++)
        {
            var end = Shanghai.StartMs(day + 1);
            for (; valued < valuations.Count && valuations[valued].AsOfMs < end; valued++)
            {
                (asOf, total) = (valuations[valued].AsOfMs, valuations[valued].TotalFen);
            }

            var flow = 0L;
            var since = 0L;
            for (; moved < moves.Count && moves[moved].TimeMs < end; moved++)
            {
                flow += moves[moved].TimeMs >= Shanghai.StartMs(day) ? moves[moved].AmountFen : 0;
            }

            for (var i = moved - 1; i >= 0 && moves[i].TimeMs > asOf; i--)
            {
                since += moves[i].AmountFen;
            }

            days.Add(new(day, total + since, flow));
        }

        return days;
    }

    private int FirstKnown(int from)
    {
        var first = Math.Min(
            valuations.Count == 0 ? int.MaxValue : Shanghai.Day(valuations[0].AsOfMs),
            moves.Count == 0 ? int.MaxValue : Shanghai.Day(moves[0].TimeMs));
        return Math.Max(from, first);
    }
}
