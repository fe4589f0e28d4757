using Engagement.Domain.Clients;
using Engagement.Domain.Language;

namespace Engagement.Domain.Segments;

/// <summary>
/// One metric of one client: totals for ever, buckets by Shanghai day for 400 days and by minute for 48 hours. An event
/// is counted at its time, or at the clock's where it is ahead of it, so that no bucket lies in the future.
/// </summary>
public sealed class MetricState
{
    private const int DaysKept = 400;
    private const int MinutesKept = 48 * 60;

    public string Id { get; init; } = "";

    /// <summary>A metric whose definition changed counts anew.</summary>
    public string Fingerprint { get; init; } = "";

    public long Count { get; private set; }

    public long Sum { get; private set; }

    public long Max { get; private set; }

    public long LastMs { get; private set; }

    // Part of this object and no objects of their own: a client has some twenty of them.
    private MetricBuckets days;
    private MetricBuckets minutes;

    /// <summary>Counts one event.</summary>
    /// <param name="timeMs">The event's time.</param>
    /// <param name="nowMs">The engine's clock.</param>
    /// <param name="value">Ten-thousandths.</param>
    public void Add(long timeMs, long nowMs, long value)
    {
        var at = Math.Min(timeMs, nowMs);
        Max = Count == 0 ? value : Math.Max(Max, value);
        Count++;
        Sum = Money.AddSaturating(Sum, value);
        LastMs = Math.Max(LastMs, at);

        days.Add(Shanghai.Day(at), Shanghai.Day(nowMs) - DaysKept, value);
        minutes.Add((int)Shanghai.FloorDiv(at, Shanghai.MinuteMs), (int)Shanghai.FloorDiv(nowMs, Shanghai.MinuteMs) - MinutesKept, value);
    }

    public long CountIn(Window window, long nowMs)
    {
        if (window.Kind == WindowKind.All)
        {
            return Count;
        }

        long count = 0;
        foreach (ref readonly var bucket in Select(window, nowMs))
        {
            count += bucket.Count;
        }

        return count;
    }

    /// <returns>Ten-thousandths.</returns>
    public long SumIn(Window window, long nowMs)
    {
        if (window.Kind == WindowKind.All)
        {
            return Sum;
        }

        long sum = 0;
        foreach (ref readonly var bucket in Select(window, nowMs))
        {
            sum = Money.AddSaturating(sum, bucket.Sum);
        }

        return sum;
    }

    /// <returns>Ten-thousandths, 0 where none.</returns>
    public long MaxIn(Window window, long nowMs)
    {
        if (window.Kind == WindowKind.All)
        {
            return Count == 0 ? 0 : Max;
        }

        var buckets = Select(window, nowMs);
        if (buckets.IsEmpty)
        {
            return 0;
        }

        var max = long.MinValue;
        foreach (ref readonly var bucket in buckets)
        {
            max = Math.Max(max, bucket.Max);
        }

        return max;
    }

    /// <summary>When the function over the window can next change because time passes: when its oldest bucket leaves, or, for <c>within</c>, its newest.</summary>
    public long ChangesAtMs(MetricFunction function, Window window, long nowMs)
    {
        if (window.Kind == WindowKind.All || function is MetricFunction.Ever or MetricFunction.Last)
        {
            return long.MaxValue;
        }

        var buckets = Select(window, nowMs);
        if (buckets.IsEmpty)
        {
            return long.MaxValue;
        }

        var key = buckets[function == MetricFunction.Within ? ^1 : 0].Key;
        return window.Kind switch
        {
            WindowKind.Days => Shanghai.StartMs(key + window.Length),
            WindowKind.Minutes => (key + (long)window.Length) * Shanghai.MinuteMs,
            _ => Shanghai.StartMs(TradingDayThatDrops(key, window.Length, Shanghai.Day(nowMs))),
        };
    }

    internal void Write(ref SnapshotWriter writer, long atMs)
    {
        writer.Unsigned((ulong)Count);
        writer.Four(Sum);
        writer.Four(Max);
        writer.Signed(atMs - LastMs);
        // What no window can reach any more is left out.
        days.Write(ref writer, Shanghai.Day(atMs), Shanghai.Day(atMs) - DaysKept);
        minutes.Write(ref writer, (int)Shanghai.FloorDiv(atMs, Shanghai.MinuteMs), (int)Shanghai.FloorDiv(atMs, Shanghai.MinuteMs) - MinutesKept);
    }

    internal static MetricState Read(ref SnapshotReader reader, string id, string fingerprint, long atMs)
    {
        return new()
        {
            Id = id,
            Fingerprint = fingerprint,
            Count = (long)reader.Unsigned(),
            Sum = reader.Four(),
            Max = reader.Four(),
            LastMs = atMs - reader.Signed(),
            days = MetricBuckets.Read(ref reader, Shanghai.Day(atMs), DaysKept + 1),
            minutes = MetricBuckets.Read(ref reader, (int)Shanghai.FloorDiv(atMs, Shanghai.MinuteMs), MinutesKept + 1),
        };
    }

    private ReadOnlySpan<MetricBucket> Select(Window window, long nowMs) => window.Kind switch
    {
        WindowKind.Minutes => minutes.From((int)(Shanghai.FloorDiv(nowMs, Shanghai.MinuteMs) - window.Length + 1)),
        WindowKind.Days => days.From(Shanghai.Day(nowMs) - window.Length + 1),
        _ => days.From(TradingCalendar.StartOfLast(window.Length, Shanghai.Day(nowMs))),
    };

    private static int TradingDayThatDrops(int key, int length, int today)
    {
        var day = today + 1;
        while (!TradingCalendar.IsTradingDay(day) || TradingCalendar.StartOfLast(length, day) <= key)
        {
            day++;
        }

        return day;
    }
}
