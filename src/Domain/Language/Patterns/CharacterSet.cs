namespace Engagement.Domain.Language.Patterns;

/// <summary>A set of code points as sorted, disjoint ranges.</summary>
internal sealed class CharacterSet
{
    private const int Last = 0x10FFFF;

    public static readonly CharacterSet None = new([]);
    public static readonly CharacterSet Any = None.Complement(true);
    public static readonly CharacterSet AnyInLine = One('\n').Complement(true);
    public static readonly CharacterSet Digits = Range('0', '9');
    public static readonly CharacterSet Word = Digits.With(Range('A', 'Z')).With(Range('a', 'z')).With(One('_'));
    public static readonly CharacterSet Space = Range('\t', '\n').With(Range('\f', '\r')).With(One(' '));

    private readonly (int Low, int High)[] ranges;

    // Most of what is matched is ASCII: a bit each.
    private readonly ulong lower;
    private readonly ulong upper;

    // Made once: a named set is asked for again and again, and what is the same object counts once in a program.
    private CharacterSet? complement;
    private CharacterSet? folded;

    public CharacterSet(IEnumerable<(int Low, int High)> ranges)
    {
        this.ranges = Merge(ranges);
        (lower, upper) = (Bits(0), Bits(64));
    }

    /// <summary>The only character, where there is only one.</summary>
    public int? Alone => ranges is [var (low, high)] && low == high ? low : null;

    /// <summary>Where it begins to hold characters, and where it ceases to.</summary>
    public IEnumerable<int> Edges => ranges.SelectMany(r => new[] { r.Low, r.High + 1 });

    public static CharacterSet One(int code) => new([(code, code)]);

    public static CharacterSet Range(int low, int high) => new([(low, high)]);

    public CharacterSet With(CharacterSet other) => new(ranges.Concat(other.ranges));

    public CharacterSet Complement(bool really)
    {
        if (!really || complement is not null)
        {
            return really ? complement! : this;
        }

        var gaps = new List<(int, int)>();
        var next = 0;
        foreach (var (low, high) in ranges)
        {
            if (low > next)
            {
                gaps.Add((next, low - 1));
            }

            next = high + 1;
        }

        if (next <= Last)
        {
            gaps.Add((next, Last));
        }

        return complement = new(gaps);
    }

    /// <summary>With the other case of each letter in it.</summary>
    public CharacterSet Folded(bool really) =>
        really ? folded ??= new(ranges.Concat(CaseFolding.Orbits.Where(o => o.Any(Contains)).SelectMany(o => o).Select(c => (c, c)))) : this;

    public bool Contains(int code)
    {
        if (code < 128)
        {
            return (((code < 64 ? lower : upper) >> (code & 63)) & 1) != 0;
        }

        var (low, high) = (0, ranges.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (code < ranges[middle].Low)
            {
                high = middle - 1;
            }
            else if (code > ranges[middle].High)
            {
                low = middle + 1;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private ulong Bits(int from)
    {
        ulong bits = 0;
        foreach (var (low, high) in ranges)
        {
            for (var code = Math.Max(low, from); code <= high && code < from + 64; code++)
            {
                bits |= 1UL << (code - from);
            }
        }

        return bits;
    }

    private static (int, int)[] Merge(IEnumerable<(int Low, int High)> ranges)
    {
        var merged = new List<(int Low, int High)>();
        foreach (var range in ranges.Order())
        {
            if (merged.Count > 0 && range.Low <= merged[^1].High + 1)
            {
                merged[^1] = (merged[^1].Low, Math.Max(merged[^1].High, range.High));
            }
            else
            {
                merged.Add(range);
            }
        }

        return [.. merged];
    }
}
