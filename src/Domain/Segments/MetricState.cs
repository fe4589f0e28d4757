using Engagement.Domain.Clients;
using Engagement.Domain.Language;

namespace Engagement.Domain.Segments;

/// <summary>Count, sum and maximum of the events of one day or minute. Values are ten-thousandths.</summary>
[Orleans.GenerateSerializer, Orleans.Alias("metric-bucket")]
public struct MetricBucket
{
    [Orleans.Id(0)]
    public int Key { get; set; }

    [Orleans.Id(1)]
    public int Count { get; set; }

    [Orleans.Id(2)]
    public long Sum { get; set; }

    [Orleans.Id(3)]
    public long Max { get; set; }
}

/// <summary>
/// One metric of one client: totals for ever, buckets by Shanghai day for 400 days and by minute for 48 hours. An event
/// is counted at its time, or at the clock's where it is ahead of it, so that no bucket lies in the future.
/// </summary>
[Orleans.GenerateSerializer, Orleans.Alias("metric-state")]
public sealed class MetricState
{
    private const int DaysKept = 400;
    private const int MinutesKept = 48 * 60;

    [Orleans.Id(0)]
    public string Id { get; init; } = "";

    /// <summary>A metric whose definition changed counts anew.</summary>
    [Orleans.Id(1)]
    public string Fingerprint { get; init; } = "";

    [Orleans.Id(2)]
    public long Count { get; private set; }

    [Orleans.Id(3)]
    public long Sum { get; private set; }

    [Orleans.Id(4)]
    public long Max { get; private set; }

    [Orleans.Id(5)]
    public long LastMs { get; private set; }

    [Orleans.Id(6)]
    private readonly List<MetricBucket> days = [];

    [Orleans.Id(7)]
    private readonly List<MetricBucket> minutes = [];

    public MetricState()
    {
    }

    private MetricState(MetricState other)
    {
        (Id, Fingerprint, Count, Sum, Max, LastMs) = (other.Id, other.Fingerprint, other.Count, other.Sum, other.Max, other.LastMs);
        (days, minutes) = ([.. other.days], [.. other.minutes]);
    }

    /// <summary>One that counts on by itself.</summary>
    public MetricState Copy() => new(this);

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

        Add(days, Shanghai.Day(at), Shanghai.Day(nowMs) - DaysKept, value);
        Add(minutes, (int)Shanghai.FloorDiv(at, Shanghai.MinuteMs), (int)Shanghai.FloorDiv(nowMs, Shanghai.MinuteMs) - MinutesKept, value);
    }

    public long CountIn(Window window, long nowMs)
    {
        if (window.Kind == WindowKind.All)
        {
            return Count;
        }

        var buckets = Select(window, nowMs, out var first);
        long count = 0;
        for (var i = first; i < buckets.Count; i++)
        {
            count += buckets[i].Count;
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

        var buckets = Select(window, nowMs, out var first);
        long sum = 0;
        for (var i = first; i < buckets.Count; i++)
        {
            sum = Money.AddSaturating(sum, buckets[i].Sum);
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

        var buckets = Select(window, nowMs, out var first);
        if (first == buckets.Count)
        {
            return 0;
        }

        var max = long.MinValue;
        for (var i = first; i < buckets.Count; i++)
        {
            max = Math.Max(max, buckets[i].Max);
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

        var buckets = Select(window, nowMs, out var first);
        if (first == buckets.Count)
        {
            return long.MaxValue;
        }

        var key = buckets[function == MetricFunction.Within ? buckets.Count - 1 : first].Key;
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
        Write(ref writer, days, Shanghai.Day(atMs), Shanghai.Day(atMs) - DaysKept);
        Write(ref writer, minutes, (int)Shanghai.FloorDiv(atMs, Shanghai.MinuteMs), (int)Shanghai.FloorDiv(atMs, Shanghai.MinuteMs) - MinutesKept);
    }

    internal static MetricState Read(ref SnapshotReader reader, string id, string fingerprint, long atMs)
    {
        var metric = new MetricState
        {
            Id = id,
            Fingerprint = fingerprint,
            Count = (long)reader.Unsigned(),
            Sum = reader.Four(),
            Max = reader.Four(),
            LastMs = atMs - reader.Signed(),
        };
        Read(ref reader, metric.days, Shanghai.Day(atMs));
        Read(ref reader, metric.minutes, (int)Shanghai.FloorDiv(atMs, Shanghai.MinuteMs));
        return metric;
    }

    private static void Write(ref SnapshotWriter writer, List<MetricBucket> buckets, int now, int oldestKept)
    {
        var first = IndexOf(buckets, oldestKept);
        writer.Count(buckets.Count - first);
        var newer = now;
        for (var i = buckets.Count - 1; i >= first; i--)
        {
            var bucket = buckets[i];
            writer.Count(newer - bucket.Key);
            newer = bucket.Key;
            // Mostly one event: its value is the sum and the maximum.
            writer.Count(bucket.Count);
            writer.Four(bucket.Sum);
            if (bucket.Count > 1)
            {
                writer.Four(bucket.Max);
            }
        }
    }

    private static void Read(ref SnapshotReader reader, List<MetricBucket> buckets, int now)
    {
        var left = reader.Count();
        buckets.EnsureCapacity(Math.Min(left, DaysKept + MinutesKept));
        for (var newer = now; left > 0; left--)
        {
            newer -= reader.Count();
            var (count, sum) = (reader.Count(), reader.Four());
            buckets.Add(new() { Key = newer, Count = count, Sum = sum, Max = count > 1 ? reader.Four() : sum });
        }

        buckets.Reverse();
    }

    private List<MetricBucket> Select(Window window, long nowMs, out int first)
    {
        var buckets = window.Kind == WindowKind.Minutes ? minutes : days;
        first = IndexOf(buckets, window.Kind switch
        {
            WindowKind.Minutes => (int)(Shanghai.FloorDiv(nowMs, Shanghai.MinuteMs) - window.Length + 1),
            WindowKind.Days => Shanghai.Day(nowMs) - window.Length + 1,
            _ => TradingCalendar.StartOfLast(window.Length, Shanghai.Day(nowMs)),
        });
        return buckets;
    }

    private static int TradingDayThatDrops(int key, int length, int today)
    {
        var day = today + 1;
        while (!TradingCalendar.IsTradingDay(day) || TradingCalendar.StartOfLast(length, day) <= key)
        {
            day++;
        }

        return day;
    }

    private static void Add(List<MetricBucket> buckets, int key, int oldestKept, long value)
    {
        if (key < oldestKept)
        {
            return;
        }

        if (buckets.Count > 0 && buckets[0].Key < oldestKept)
        {
            buckets.RemoveRange(0, IndexOf(buckets, oldestKept));
        }

        var index = IndexOf(buckets, key);
        if (index < buckets.Count && buckets[index].Key == key)
        {
            var bucket = buckets[index];
            bucket.Count++;
            bucket.Sum = Money.AddSaturating(bucket.Sum, value);
            bucket.Max = Math.Max(bucket.Max, value);
            buckets[index] = bucket;
        }
        else
        {
            buckets.Insert(index, new() { Key = key, Count = 1, Sum = value, Max = value });
        }
    }

    /// <summary>The index of the first bucket with at least this key. New events come last, so the search begins there.</summary>
    private static int IndexOf(List<MetricBucket> buckets, int key)
    {
        if (buckets.Count == 0 || buckets[^1].Key < key)
        {
            return buckets.Count;
        }

        var (low, high) = (0, buckets.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (buckets[middle].Key < key)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
