namespace Engagement.Faults.Tests;

/// <summary>SplitMix64: the same stream from the same seed on every runtime.</summary>
internal sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>0 to <paramref name="below"/> - 1.</summary>
    public int Next(int below) => (int)(NextBits() % (ulong)below);

    /// <summary>Both ends included.</summary>
    public int Between(int from, int to) => from + Next(to - from + 1);

    public bool Chance(int percent) => Next(100) < percent;

    public T Pick<T>(params T[] among) => among[Next(among.Length)];

    public T[] Some<T>(int atMost, params T[] among) =>
        [.. Enumerable.Range(0, Next(atMost + 1)).Select(_ => Pick(among)).Distinct()];

    private ulong NextBits()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
