using HdrHistogram;

namespace Engagement.Engage.Surge;

/// <summary>What became of the events that were to be sent in a second.</summary>
/// <param name="Lost">No answer, or one that says neither yes nor no: perhaps taken.</param>
/// <param name="Unsent">Too much was on its way to send them.</param>
internal sealed record SecondReport(int Second, long Intended, long Accepted, long Busy, long Refused, long Lost, long Unsent, double P50Ms, double P99Ms);

internal sealed record Latency(long Count, double P50Ms, double P99Ms, double P999Ms, double MaxMs);

/// <summary>Counts, by the second in which an event was to be sent, and how long it took from that instant.</summary>
internal sealed class SurgeTally(int seconds)
{
    private const long MicrosecondsMax = 3_600_000_000;

    private readonly Lock gate = new();
    private readonly long[] intended = new long[seconds];
    private readonly Dictionary<Outcome, long[]> outcomes = Enum.GetValues<Outcome>().ToDictionary(o => o, _ => new long[seconds]);
    private readonly (double P50, double P99)[] closed = new (double, double)[seconds];
    private readonly Dictionary<int, LongHistogram> open = [];
    private readonly LongHistogram answered = New();
    private readonly LongHistogram shown = New();

    public enum Outcome
    {
        Accepted,
        Busy,
        Refused,
        Lost,
        Unsent,
    }

    public void Intended(int second, int events)
    {
        lock (gate)
        {
            intended[second] += events;
        }
    }

    public void Count(int second, Outcome outcome, int events)
    {
        lock (gate)
        {
            outcomes[outcome][second] += events;
        }
    }

    public void Answered(int second, TimeSpan since, int events)
    {
        lock (gate)
        {
            if (!open.TryGetValue(second, out var histogram))
            {
                open[second] = histogram = New();
            }

            histogram.RecordValueWithCount(Microseconds(since), events);
            answered.RecordValueWithCount(Microseconds(since), events);
            closed[second] = (Ms(histogram, 50), Ms(histogram, 99));
            // A second whose last answers come later than this keeps the figures that it has.
            open.Remove(second - 120);
        }
    }

    public void Shown(TimeSpan since)
    {
        lock (gate)
        {
            shown.RecordValue(Microseconds(since));
        }
    }

    public Latency EventToAnswer() => Of(answered);

    public Latency EventToScreen() => Of(shown);

    public SecondReport Second(int second)
    {
        lock (gate)
        {
            return new(
                second, intended[second], At(Outcome.Accepted), At(Outcome.Busy), At(Outcome.Refused), At(Outcome.Lost), At(Outcome.Unsent), closed[second].P50, closed[second].P99);
        }

        long At(Outcome outcome) => outcomes[outcome][second];
    }

    private Latency Of(LongHistogram histogram)
    {
        lock (gate)
        {
            return histogram.TotalCount == 0 ? new(0, 0, 0, 0, 0) : new(histogram.TotalCount, Ms(histogram, 50), Ms(histogram, 99), Ms(histogram, 99.9), Ms(histogram, 100));
        }
    }

    private static LongHistogram New() => new(1, MicrosecondsMax, 3);

    private static long Microseconds(TimeSpan time) => Math.Clamp((long)time.TotalMicroseconds, 1, MicrosecondsMax);

    private static double Ms(LongHistogram histogram, double percentile) => Math.Round(histogram.GetValueAtPercentile(percentile) / 1_000.0, 2);
}
