using System.Globalization;

namespace Engagement.Domain.Experiments;

/// <summary>GrowthBook's hash, version 2: <c>fnv1a32(decimal(fnv1a32(seed + id))) mod 10000 / 10000</c>. Anyone can compute and check it.</summary>
public static class GrowthBookHash
{
    public const int Buckets = 10_000;

    /// <summary>The bucket of a unit, in [0, 1) in steps of 1/10,000.</summary>
    public static double Bucket(string seed, string id) => TenThousandth(seed, id) / (double)Buckets;

    /// <summary>The same as a whole number, 0 to 9,999: comparisons with it are exact.</summary>
    public static int TenThousandth(string seed, string id)
    {
        var first = Fnv1a32(id, Fnv1a32(seed, 0x811C9DC5));
        Span<char> digits = stackalloc char[10];
        first.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        return (int)(Fnv1a32(digits[..length], 0x811C9DC5) % Buckets);
    }

    /// <summary>GrowthBook's reference hashes UTF-16 units, not bytes.</summary>
    private static uint Fnv1a32(ReadOnlySpan<char> text, uint hash)
    {
        foreach (var unit in text)
        {
            hash = unchecked((hash ^ unit) * 0x01000193);
        }

        return hash;
    }
}
