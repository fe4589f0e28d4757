using System.Collections.Immutable;

namespace Engagement.Engage.Demo;

/// <summary>Maps the three minutes played to the market's day, 09:15 to 15:00. The lunch break is shortened: nothing trades in it.</summary>
internal static class MarketClock
{
    /// <summary>Length of a played day.</summary>
    public const int DayMs = 180_000;

    /// <summary>What a step plays: about a minute of the market.</summary>
    public const int StepMs = 700;

    private const double LunchWeight = 0.1;

    private static readonly ImmutableArray<(double From, double To, double Weight)> Parts =
        [(Minute(9, 15), Minute(11, 30), 1), (Minute(11, 30), Minute(13, 0), LunchWeight), (Minute(13, 0), Minute(15, 0), 1)];

    private static readonly double Length = Parts.Sum(p => (p.To - p.From) * p.Weight);

    public static double Minute(int hour, int minute) => (hour * 60) + minute;

    /// <param name="minute">Minute of the day, 555 (09:15) to 900 (15:00).</param>
    /// <returns>0 to <see cref="DayMs"/>.</returns>
    public static int Offset(double minute)
    {
        var passed = Parts.Sum(p => (Math.Clamp(minute, p.From, p.To) - p.From) * p.Weight);
        return (int)(passed / Length * DayMs);
    }

    /// <summary>The market's time at an offset into the played day.</summary>
    public static TimeOnly Time(int offsetMs) => TimeOnly.MinValue.AddMinutes(MinuteAt(offsetMs));

    /// <summary>How much of continuous trading (09:30 to 15:00 without lunch) has passed, 0 to 1.</summary>
    public static double Session(int offsetMs)
    {
        var minute = MinuteAt(offsetMs);
        var morning = Math.Clamp(minute, Minute(9, 30), Minute(11, 30)) - Minute(9, 30);
        var afternoon = Math.Clamp(minute, Minute(13, 0), Minute(15, 0)) - Minute(13, 0);
        return (morning + afternoon) / 240;
    }

    private static double MinuteAt(int offsetMs)
    {
        var left = Math.Clamp((double)offsetMs / DayMs, 0, 1) * Length;
        foreach (var (from, to, weight) in Parts)
        {
            var length = (to - from) * weight;
            if (left <= length)
            {
                return from + (left / weight);
            }

            left -= length;
        }

        return Parts[^1].To;
    }
}
