using System.Globalization;
using System.Text;

namespace Engagement.Domain.Language.Values;

/// <summary>A set of code points as sorted, disjoint ranges, and how it is written over UTF-16.</summary>
internal sealed class CharacterSet
{
    private const int Last = 0x10FFFF;
    private const string Categories = " L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po S Sm Sc Sk So Z Zs Zl Zp C Cc Cf Co ";

    public static readonly CharacterSet None = new([]);
    public static readonly CharacterSet Any = None.Complement(true);
    public static readonly CharacterSet Digits = Range('0', '9');
    public static readonly CharacterSet Word = Digits.With(Range('A', 'Z')).With(Range('a', 'z')).With(One('_'));
    public static readonly CharacterSet Space = Range('\t', '\n').With(Range('\f', '\r')).With(One(' '));

    private static readonly CharacterSet Han = new(
    [
        (0x2E80, 0x2FD5), (0x3005, 0x3005), (0x3007, 0x3007), (0x3021, 0x3029), (0x3038, 0x303B),
        (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF),
    ]);

    private readonly (int Low, int High)[] ranges;

    /// <summary>Categories that hold in the basic plane beside the ranges, as .NET writes them.</summary>
    private readonly string[] names;

    /// <summary>Does it hold what is not in the ranges and names of the basic plane? Beyond it the ranges always hold.</summary>
    private readonly bool inverted;

    private CharacterSet(IEnumerable<(int Low, int High)> ranges, string[]? names = null, bool inverted = false) =>
        (this.ranges, this.names, this.inverted) = (Merge(ranges), names ?? [], inverted);

    /// <summary>The only character, where there is only one.</summary>
    public int? Alone => names.Length == 0 && ranges is [var (low, high)] && low == high ? low : null;

    /// <summary>States it takes in an automaton, roughly.</summary>
    public long Size => 1 + (ranges.Length / 8);

    public static CharacterSet One(int code) => new([(code, code)]);

    public static CharacterSet Range(int low, int high) => new([(low, high)]);

    public CharacterSet With(CharacterSet other) => new(ranges.Concat(other.ranges), [.. names, .. other.names]);

    public CharacterSet Without(int code) => Complement(true).With(One(code)).Complement(true);

    public CharacterSet Complement(bool really)
    {
        if (!really)
        {
            return this;
        }

        if (names.Length > 0)
        {
            var beyond = new CharacterSet(ranges.Where(r => r.High > 0xFFFF)).Complement(true).ranges.Where(r => r.High > 0xFFFF).Select(r => (Math.Max(r.Low, 0x10000), r.High));
            return new(ranges.Where(r => r.Low <= 0xFFFF).Select(r => (r.Low, Math.Min(r.High, 0xFFFF))).Concat(beyond), names, inverted: true);
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

        return new(gaps);
    }

    public static CharacterSet? Posix(string name) => name switch
    {
        "alnum" => Digits.With(Range('A', 'Z')).With(Range('a', 'z')),
        "alpha" => Range('A', 'Z').With(Range('a', 'z')),
        "ascii" => Range(0, 0x7F),
        "blank" => One('\t').With(One(' ')),
        "cntrl" => Range(0, 0x1F).With(One(0x7F)),
        "digit" => Digits,
        "graph" => Range('!', '~'),
        "lower" => Range('a', 'z'),
        "print" => Range(' ', '~'),
        "punct" => Range('!', '/').With(Range(':', '@')).With(Range('[', '`')).With(Range('{', '~')),
        "space" => Range('\t', '\r').With(One(' ')),
        "upper" => Range('A', 'Z'),
        "word" => Word,
        "xdigit" => Digits.With(Range('A', 'F')).With(Range('a', 'f')),
        _ => null,
    };

    /// <summary>
    /// A general category such as <c>L</c> or <c>Lu</c>, or the script <c>Han</c>; null where not known. Beyond the basic
    /// plane letters are the ideographs and symbols the pictographs: finer classes take the engine a second to prepare.
    /// </summary>
    public static CharacterSet? Category(string name, bool negated)
    {
        if (name == "Han")
        {
            return Han.Complement(negated);
        }

        if (!Categories.Contains($" {name} ", StringComparison.Ordinal))
        {
            return null;
        }

        var beyond = name is "L" or "Lo" ? Range(0x20000, 0x323AF) : name is "S" or "So" ? Range(0x1F000, 0x1FAFF) : None;
        var ranges = beyond.Complement(negated).ranges.Where(r => r.High > 0xFFFF).Select(r => (Math.Max(r.Low, 0x10000), r.High));
        return new(ranges, [$"\\{(negated ? 'P' : 'p')}{{{name}}}"]);
    }

    /// <summary>Writes it as one group: a class for the basic plane, pairs of surrogates for the rest.</summary>
    public void WriteTo(StringBuilder output)
    {
        var basic = new StringBuilder();
        var parts = new List<string>();
        foreach (var (low, high) in ranges)
        {
            AppendUnits(basic, low, Math.Min(high, 0xD7FF));
            AppendUnits(basic, Math.Max(low, 0xE000), Math.Min(high, 0xFFFF));
            AddPairs(parts, Math.Max(low, 0x10000), high);
        }

        basic.AppendJoin("", names);
        if (basic.Length > 0)
        {
            // Half of a pair is no character, whatever category it has.
            parts.Insert(0, $"[{(inverted ? "^" : "")}{basic}-[\\uD800-\\uDFFF]]");
        }

        // An empty set matches nothing.
        output.Append("(?:").AppendJoin('|', parts.DefaultIfEmpty("[^\\u0000-\\uFFFF]")).Append(')');
    }

    private static void AppendUnits(StringBuilder output, int low, int high)
    {
        if (low <= high)
        {
            output.Append(CultureInfo.InvariantCulture, $"\\u{low:X4}-\\u{high:X4}");
        }
    }

    private static void AddPairs(List<string> parts, int low, int high)
    {
        while (low <= high)
        {
            // Either whole rows of 1,024 characters with one second half, or the piece of one row.
            var whole = (low & 0x3FF) == 0 && (high - low) >= 0x3FF;
            var end = whole ? ((high + 1) & ~0x3FF) - 1 : Math.Min(high, low | 0x3FF);
            parts.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"[\\u{Lead(low):X4}-\\u{Lead(end):X4}][\\u{Trail(low):X4}-\\u{Trail(end):X4}]"));
            low = end + 1;
        }
    }

    private static int Lead(int code) => 0xD800 + ((code - 0x10000) >> 10);

    private static int Trail(int code) => 0xDC00 + (code & 0x3FF);

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
