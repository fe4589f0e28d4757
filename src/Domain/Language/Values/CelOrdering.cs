using Engagement.Domain.Language.Syntax;

namespace Engagement.Domain.Language.Values;

/// <summary>CEL's order: numbers on one line, strings by code point, false before true, times.</summary>
internal static class CelOrdering
{
    public const double TwoTo63 = 9223372036854775808.0;

    /// <summary>What <see cref="Compare(double, double)"/> answers where a side is not a number: every comparison is false.</summary>
    public const int Unordered = 2;

    /// <summary>False where the two kinds have no order.</summary>
    public static bool TryCompare(in CelValue a, in CelValue b, out int order)
    {
        order = (a.Kind, b.Kind) switch
        {
            (CelKind.Int, CelKind.Int) or (CelKind.Bool, CelKind.Bool) => a.AsInt.CompareTo(b.AsInt),
            (CelKind.Double, CelKind.Double) => Compare(a.AsDouble, b.AsDouble),
            (CelKind.Int, CelKind.Double) => Compare(a.AsInt, b.AsDouble),
            (CelKind.Double, CelKind.Int) => Reverse(Compare(b.AsInt, a.AsDouble)),
            (CelKind.String, CelKind.String) => Compare(a.AsString, b.AsString),
            (CelKind.Timestamp, CelKind.Timestamp) or (CelKind.Duration, CelKind.Duration) =>
                a.Seconds != b.Seconds ? a.Seconds.CompareTo(b.Seconds) : a.Nanos.CompareTo(b.Nanos),
            _ => int.MinValue,
        };
        return order != int.MinValue;
    }

    public static bool Holds(BinaryOperator op, int order) => op switch
    {
        BinaryOperator.Less => order == -1,
        BinaryOperator.LessEqual => order is -1 or 0,
        BinaryOperator.Greater => order == 1,
        BinaryOperator.GreaterEqual => order is 0 or 1,
        BinaryOperator.Equal => order == 0,
        _ => order != 0,
    };

    public static int Compare(double a, double b) => a < b ? -1 : a > b ? 1 : a == b ? 0 : Unordered;

    /// <summary>Exact: a long is not rounded to a double.</summary>
    public static int Compare(long a, double b)
    {
        if (double.IsNaN(b))
        {
            return Unordered;
        }

        if (b >= TwoTo63)
        {
            return -1;
        }

        if (b < -TwoTo63)
        {
            return 1;
        }

        var whole = (long)b;
        return a != whole ? (a < whole ? -1 : 1) : Compare(0.0, b - whole);
    }

    /// <summary>By code point: surrogates sort above the rest of the basic plane, which plain UTF-16 order gets wrong.</summary>
    public static int Compare(string a, string b)
    {
        var length = Math.Min(a.Length, b.Length);
        var at = a.AsSpan(0, length).CommonPrefixLength(b);
        return at < length ? Rank(a[at]).CompareTo(Rank(b[at])) : Math.Sign(a.Length - b.Length);
    }

    private static int Rank(char c) => c switch
    {
        >= '\uE000' => c - 0x800,
        >= '\uD800' => c + 0x2000,
        _ => c,
    };

    private static int Reverse(int order) => order == Unordered ? order : -order;
}
