namespace Engagement.Domain.Map;

/// <summary>What is usual in a minute, and what is a surge: a count above three times the median of the same minute on the last trading days.</summary>
public static class Surge
{
    public const int Days = 20;
    private const int Times = 3;

    private static readonly (string Name, Func<Measures, long> Of)[] Counts =
    [
        ("events", m => m.Events),
        // The same count, told by the second.
        ("eventsPerSecond", m => m.Events),
        ("promptsRaised", m => m.PromptsRaised),
        ("accepted", m => m.Accepted),
        ("conversions", m => m.Conversions),
        ("accountsOpened", m => m.AccountsOpened),
        ("netInflow", m => m.NetInflowFen),
    ];

    /// <summary>Each count's median, doubled: between two of them lies half of their sum.</summary>
    public static Measures TwiceMedian(IReadOnlyCollection<Measures> days)
    {
        ArgumentOutOfRangeException.ThrowIfZero(days.Count);
        return new()
        {
            Events = Twice(m => m.Events),
            PromptsRaised = Twice(m => m.PromptsRaised),
            Accepted = Twice(m => m.Accepted),
            Conversions = Twice(m => m.Conversions),
            AccountsOpened = Twice(m => m.AccountsOpened),
            NetInflowFen = Twice(m => m.NetInflowFen),
        };

        long Twice(Func<Measures, long> count)
        {
            var sorted = days.Select(count).Order().ToList();
            return sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2];
        }
    }

    /// <summary>Which counts of a minute are a surge. A loss is none, however small the usual one is.</summary>
    public static IReadOnlyList<string> Of(Measures minute, Measures twiceMedian) =>
        [.. Counts.Where(c => c.Of(minute) > 0 && 2 * c.Of(minute) > Times * c.Of(twiceMedian)).Select(c => c.Name)];
}
