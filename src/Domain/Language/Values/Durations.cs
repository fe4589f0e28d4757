using System.Globalization;

namespace Engagement.Domain.Language.Values;

/// <summary>Durations as text: <c>1h30m</c>, <c>-1.5h</c>, <c>0</c>; units h, m, s, ms, us, ns.</summary>
internal static class Durations
{
    public static bool TryParse(string text, out CelValue duration)
    {
        duration = default;
        var rest = text.AsSpan();
        var negative = rest is ['-', ..];
        if (rest is ['-' or '+', ..])
        {
            rest = rest[1..];
        }

        if (rest is "0")
        {
            duration = CelValue.Duration(0, 0);
            return true;
        }

        Int128 nanos = 0;
        do
        {
            if (!TryPart(ref rest, out var part))
            {
                return false;
            }

            nanos += part;
        }
        while (rest.Length > 0);

        return CelArithmetic.Duration(negative ? -nanos : nanos, out duration) is null;
    }

    /// <summary>Seconds and their fraction with an <c>s</c> behind, e.g. <c>60.001s</c>.</summary>
    public static string Text(in CelValue duration)
    {
        var nanos = (Int128)CelArithmetic.DurationNanos(duration);
        var (seconds, rest) = Int128.DivRem(Int128.Abs(nanos), 1_000_000_000);
        var fraction = rest == 0 ? "" : "." + ((int)rest).ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
        return string.Create(CultureInfo.InvariantCulture, $"{(nanos < 0 ? "-" : "")}{seconds}{fraction}s");
    }

    private static bool TryPart(ref ReadOnlySpan<char> rest, out Int128 nanos)
    {
        nanos = 0;
        var number = rest[..Length(rest, static c => char.IsAsciiDigit(c) || c == '.')];
        rest = rest[number.Length..];
        var unitLength = Length(rest, static c => char.IsLetter(c));
        var unit = Unit(rest[..unitLength]);
        rest = rest[unitLength..];

        var point = number.IndexOf('.');
        var whole = point < 0 ? number : number[..point];
        var fraction = point < 0 ? default : number[(point + 1)..];
        if (unit == 0 || whole.Length + fraction.Length == 0 || whole.Length > 19 || fraction.Contains('.'))
        {
            return false;
        }

        nanos = (whole.Length == 0 ? 0 : Int128.Parse(whole, NumberStyles.None, CultureInfo.InvariantCulture)) * unit;
        if (nanos > 2 * (Int128)long.MaxValue)
        {
            return false;
        }

        // Fourteen digits tell every nanosecond of an hour; the rest is cut.
        fraction = fraction[..Math.Min(fraction.Length, 14)];
        Int128 divisor = 1;
        foreach (var digit in fraction)
        {
            nanos = (nanos * 10) + ((digit - '0') * unit);
            divisor *= 10;
        }

        nanos /= divisor;
        return true;
    }

    private static long Unit(ReadOnlySpan<char> unit) => unit switch
    {
        "h" => 3_600_000_000_000,
        "m" => 60_000_000_000,
        "s" => 1_000_000_000,
        "ms" => 1_000_000,
        "us" or "\u00B5s" or "\u03BCs" => 1_000,
        "ns" => 1,
        _ => 0,
    };

    private static int Length(ReadOnlySpan<char> text, Func<char, bool> isPart)
    {
        var length = 0;
        while (length < text.Length && isPart(text[length]))
        {
            length++;
        }

        return length;
    }
}
