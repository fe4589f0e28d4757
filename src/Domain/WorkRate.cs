namespace Engagement.Domain;

/// <summary>
/// How fast something is worked off, over about the last ten busy seconds, and so how long what waits will take. Time comes
/// in as a value; time in which nothing waited does not count.
/// </summary>
public sealed class WorkRate
{
    public const int SecondsMin = 1;
    public const int SecondsMax = 30;

    private const double MemorySeconds = 10;

    private double done;
    private double seconds;

    /// <summary>Takes into account that so much was worked off in so much time.</summary>
    public void Worked(long amount, TimeSpan took)
    {
        var kept = Math.Exp(-took.TotalSeconds / MemorySeconds);
        done = (done * kept) + amount;
        seconds = (seconds * kept) + took.TotalSeconds;
    }

    /// <summary>Whole seconds until so much is worked off, 1 to 30. While nothing moves: as long again as it has not moved.</summary>
    public int SecondsFor(long amount) =>
        (int)Math.Clamp(Math.Ceiling(done > 0 ? amount / (done / seconds) : seconds), SecondsMin, SecondsMax);
}
