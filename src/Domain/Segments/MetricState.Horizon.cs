using Engagement.Domain.Language;

namespace Engagement.Domain.Segments;

/// <content>When time alone changes what a window holds.</content>
public sealed partial class MetricState
{
    /// <summary>When the function over the window can next change because time passes: when its oldest bucket leaves, or, for <c>within</c>, its newest.</summary>
    public long ChangesAtMs(MetricFunction function, Window window, long nowMs)
    {
        if (window.Kind == WindowKind.All || function is MetricFunction.Ever or MetricFunction.Last)
        {
            return long.MaxValue;
        }

        var buckets = Select(window, nowMs);
        return buckets.IsEmpty ? long.MaxValue : LeavesMs(buckets[function == MetricFunction.Within ? ^1 : 0].Key, window);
    }

    /// <summary>A figure over a window, and when it next comes into, or goes out of, a range, ends included, because time passes.</summary>
    /// <param name="function">Count, sum or max.</param>
    public double FigureIn(MetricFunction function, Window window, long nowMs, double least, double most, out long turnsAtMs)
    {
        turnsAtMs = long.MaxValue;
        if (window.Kind == WindowKind.All)
        {
            return Figure(function, Count, Sum, Max);
        }

        // From the end on, as the window is when all has left, back to what it holds now: the last difference met is the first to come.
        var buckets = Select(window, nowMs);
        var (count, sum, max) = (0L, 0L, 0L);
        var turns = -1;
        var (figure, after) = (0.0, 0.0);
        for (var i = buckets.Length - 1; i >= 0; i--)
        {
            ref readonly var bucket = ref buckets[i];
            max = count == 0 ? bucket.Max : Math.Max(max, bucket.Max);
            count += bucket.Count;
            sum = Money.AddSaturating(sum, bucket.Sum);
            figure = Figure(function, count, sum, max);
            if (i > 0 && window.Kind == WindowKind.TradingDays && TradingCalendar.NextAfter(buckets[i - 1].Key) == TradingCalendar.NextAfter(bucket.Key))
            {
                // A weekend leaves together with the Friday before it: there is no instant between.
                continue;
            }

            if ((figure >= least && figure <= most) != (after >= least && after <= most))
            {
                turns = i;
            }

            after = figure;
        }

        if (turns >= 0)
        {
            turnsAtMs = LeavesMs(buckets[turns].Key, window);
        }

        return figure;
    }

    private static double Figure(MetricFunction function, long count, long sum, long max) => function switch
    {
        MetricFunction.Count => count,
        MetricFunction.Sum => sum / (double)Money.Scale4,
        _ => max / (double)Money.Scale4,
    };

    private static long LeavesMs(int key, Window window) => window.Kind switch
    {
        WindowKind.Days => Shanghai.StartMs(key + window.Length),
        WindowKind.Minutes => (key + (long)window.Length) * Shanghai.MinuteMs,
        _ => Shanghai.StartMs(TradingCalendar.NthAfter(window.Length, key)),
    };
}
