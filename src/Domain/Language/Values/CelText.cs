using System.Globalization;
using System.Text;

namespace Engagement.Domain.Language.Values;

/// <summary>Values as text: what <c>string()</c> answers, and what an explanation shows.</summary>
internal static class CelText
{
    /// <summary>Shortest digits that read back the same; an exponent below 1e-4 and from 1e21 on.</summary>
    public static string Of(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
        }

        // .NET writes an exponent below 1e-4 and from 1e15 on.
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var mark = shortest.IndexOf('E');
        if (mark < 0)
        {
            return shortest;
        }

        var exponent = int.Parse(shortest.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return exponent is >= 0 and < 21 ? Plain(shortest, exponent) : Scientific(shortest, exponent);
    }

    /// <summary>As a person reads it: strings quoted, times in UTC, long values cut.</summary>
    public static string Shown(in CelValue value)
    {
        var text = new StringBuilder();
        Show(value, text);
        if (text.Length > Limits.Shown)
        {
            text.Length = char.IsHighSurrogate(text[Limits.Shown - 1]) ? Limits.Shown - 1 : Limits.Shown;
            text.Append('…');
        }

        return text.ToString();
    }

    private static void Show(in CelValue value, StringBuilder text)
    {
        if (text.Length > Limits.Shown)
        {
            return;
        }

        _ = value.Kind switch
        {
            CelKind.Null => text.Append("null"),
            CelKind.Bool => text.Append(value.AsBool ? "true" : "false"),
            CelKind.Int => text.Append(CultureInfo.InvariantCulture, $"{value.AsInt}"),
            CelKind.Double => text.Append(Of(value.AsDouble)),
            CelKind.String => text.Append('"').Append(value.AsString.AsSpan(0, Math.Min(value.AsString.Length, Limits.Shown + 1))).Append('"'),
            CelKind.Timestamp => text.Append(Timestamps.Text(value)),
            CelKind.Duration => text.Append(Durations.Text(value)),
            CelKind.List => ShowList(value.AsList, text),
            _ => ShowMap(value.AsMap, text),
        };
    }

    private static StringBuilder ShowList(IReadOnlyList<CelValue> list, StringBuilder text)
    {
        text.Append('[');
        for (var i = 0; i < list.Count && text.Length <= Limits.Shown; i++)
        {
            text.Append(i > 0 ? ", " : "");
            Show(list[i], text);
        }

        return text.Append(']');
    }

    private static StringBuilder ShowMap(IReadOnlyList<KeyValuePair<CelValue, CelValue>> map, StringBuilder text)
    {
        text.Append('{');
        for (var i = 0; i < map.Count && text.Length <= Limits.Shown; i++)
        {
            text.Append(i > 0 ? ", " : "");
            Show(map[i].Key, text);
            text.Append(": ");
            Show(map[i].Value, text);
        }

        return text.Append('}');
    }

    private static string Digits(string shortest) => string.Concat(shortest.Split('E')[0].Where(char.IsAsciiDigit)).Trim('0');

    private static string Plain(string shortest, int exponent)
    {
        var digits = Digits(shortest).PadRight(exponent + 1, '0');
        var fraction = digits.Length > exponent + 1 ? "." + digits[(exponent + 1)..] : "";
        return $"{(shortest[0] == '-' ? "-" : "")}{digits[..(exponent + 1)]}{fraction}";
    }

    private static string Scientific(string shortest, int exponent)
    {
        var digits = Digits(shortest);
        var mantissa = digits.Length > 1 ? $"{digits[0]}.{digits[1..]}" : digits;
        var sign = exponent < 0 ? '-' : '+';
        return string.Create(CultureInfo.InvariantCulture, $"{(shortest[0] == '-' ? "-" : "")}{mantissa}e{sign}{Math.Abs(exponent):D2}");
    }
}
