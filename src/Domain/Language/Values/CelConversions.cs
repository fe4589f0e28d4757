using System.Globalization;

namespace Engagement.Domain.Language.Values;

/// <summary>The conversions <c>int() double() string() bool() timestamp() duration()</c>. The error is null where it went well.</summary>
internal static class CelConversions
{
    public static string? ToInt(in CelValue value, out CelValue result)
    {
        result = value;
        switch (value.Kind)
        {
            case CelKind.Int:
                return null;
            case CelKind.Double:
                // Neither end is taken: whether it survives the way back depends on the machine.
                if (value.AsDouble is > -CelOrdering.TwoTo63 and < CelOrdering.TwoTo63)
                {
                    result = CelValue.Of((long)value.AsDouble);
                    return null;
                }

                return EvaluationErrors.OutOfRange;
            case CelKind.String:
                result = EndsInADigit(value.AsString) && long.TryParse(value.AsString, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed) ? CelValue.Of(parsed) : default;
                return result.Kind == CelKind.Int ? null : EvaluationErrors.NoWholeNumber;
            case CelKind.Timestamp:
                result = CelValue.Of(value.Seconds);
                return null;
            default:
                return EvaluationErrors.NoOverload;
        }
    }

    public static string? ToDouble(in CelValue value, out CelValue result)
    {
        result = value;
        switch (value.Kind)
        {
            case CelKind.Double:
                return null;
            case CelKind.Int:
                result = CelValue.Of((double)value.AsInt);
                return null;
            case CelKind.String:
                result = TryParse(value.AsString, out var parsed) ? CelValue.Of(parsed) : default;
                return result.Kind == CelKind.Double ? null : EvaluationErrors.NoNumber;
            default:
                return EvaluationErrors.NoOverload;
        }
    }

    public static string? ToText(in CelValue value, out CelValue result)
    {
        var text = value.Kind switch
        {
            CelKind.String => value.AsString,
            CelKind.Int => value.AsInt.ToString(CultureInfo.InvariantCulture),
            CelKind.Double => CelText.Of(value.AsDouble),
            CelKind.Bool => value.AsBool ? "true" : "false",
            CelKind.Timestamp => Timestamps.Text(value),
            CelKind.Duration => Durations.Text(value),
            _ => null,
        };
        result = text is null ? default : CelValue.Of(text);
        return text is null ? EvaluationErrors.NoOverload : null;
    }

    public static string? ToBool(in CelValue value, out CelValue result)
    {
        result = value;
        if (value.Kind == CelKind.Bool)
        {
            return null;
        }

        if (value.Kind != CelKind.String)
        {
            return EvaluationErrors.NoOverload;
        }

        bool? parsed = value.AsString switch
        {
            "true" or "True" or "TRUE" or "t" or "T" or "1" => true,
            "false" or "False" or "FALSE" or "f" or "F" or "0" => false,
            _ => null,
        };
        result = parsed is { } known ? CelValue.Of(known) : default;
        return parsed is null ? EvaluationErrors.NoTruth : null;
    }

    public static string? ToTimestamp(in CelValue value, out CelValue result)
    {
        result = value;
        switch (value.Kind)
        {
            case CelKind.Timestamp:
                return null;
            case CelKind.Int:
                result = CelValue.Timestamp(value.AsInt, 0);
                return Timestamps.IsInRange(value.AsInt) ? null : EvaluationErrors.OutOfRange;
            case CelKind.String:
                return Timestamps.TryParse(value.AsString, out result) ? null : EvaluationErrors.NoInstant;
            default:
                return EvaluationErrors.NoOverload;
        }
    }

    public static string? ToDuration(in CelValue value, out CelValue result)
    {
        result = value;
        return value.Kind switch
        {
            CelKind.Duration => null,
            CelKind.String => Durations.TryParse(value.AsString, out result) ? null : EvaluationErrors.NoDuration,
            _ => EvaluationErrors.NoOverload,
        };
    }

    private static bool TryParse(string text, out double value)
    {
        var unsigned = text.AsSpan(text is ['+' or '-', ..] ? 1 : 0);
        if (unsigned.Equals("inf", StringComparison.OrdinalIgnoreCase) || unsigned.Equals("infinity", StringComparison.OrdinalIgnoreCase))
        {
            value = text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        if (text.Equals("nan", StringComparison.OrdinalIgnoreCase))
        {
            value = double.NaN;
            return true;
        }

        value = 0;
        return unsigned.Length > 0 && (char.IsAsciiDigit(unsigned[0]) || unsigned[0] == '.') && (text[^1] == '.' || EndsInADigit(text))
            && double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value);
    }

    /// <summary>.NET reads a number up to a NUL, and takes what follows for nothing.</summary>
    private static bool EndsInADigit(string text) => text.Length > 0 && char.IsAsciiDigit(text[^1]);
}
