namespace Engagement.Engage.Demo;

/// <summary>
/// Seeded chance: SplitMix64 (Steele, Lea, Flood 2014). Written out, so that the same seed makes the same demo on every
/// runtime. Not for secrets.
/// </summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Dice of its own for one client, day or event, independent of how often others were thrown.</summary>
    public static Dice For(ulong seed, ulong stream, ulong number) => new(Mix(Mix(seed + stream) + number));

    public ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    /// <returns>[0, 1)</returns>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <returns>0 … bound - 1</returns>
    public int Below(int bound) => (int)(Unit() * bound);

    public bool Chance(double probability) => Unit() < probability;

    /// <returns>[from, to)</returns>
    public double Between(double from, double to) => from + (Unit() * (to - from));

    /// <returns>from … to, both inclusive</returns>
    public int Between(int from, int to) => from + Below(to - from + 1);

    /// <summary>Log-uniform: as many between 1,000 and 10,000 as between 10,000 and 100,000.</summary>
    public double Scale(double from, double to) => Math.Exp(Between(Math.Log(from), Math.Log(to)));

    /// <summary>Standard normal (Box and Muller).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Unit())) * Math.Cos(2 * Math.PI * Unit());

    public T Pick<T>(IReadOnlyList<T> from) => from[Below(from.Count)];

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
