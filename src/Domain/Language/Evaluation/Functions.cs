using Engagement.Domain.Language.Patterns;
using Engagement.Domain.Language.Values;

namespace Engagement.Domain.Language.Evaluation;

/// <summary>The functions' implementations. A wrong kind is an evaluation error, which the checker has kept away where it could.</summary>
internal static class Functions
{
    private delegate string? Conversion(in CelValue value, out CelValue result);

    public static Unary Int { get; } = Of(CelConversions.ToInt);

    public static Unary Double { get; } = Of(CelConversions.ToDouble);

    public static Unary Text { get; } = Of(CelConversions.ToText);

    public static Unary Bool { get; } = Of(CelConversions.ToBool);

    public static Unary Timestamp { get; } = Of(CelConversions.ToTimestamp);

    public static Unary Duration { get; } = Of(CelConversions.ToDuration);

    public static CelValue Size(ref Frame frame, in CelValue value) => value.Kind switch
    {
        CelKind.String => frame.Charge(value.AsString.Length >> 6) ? CelValue.Of(CodePoints(value.AsString)) : default,
        CelKind.List => CelValue.Of((long)value.AsList.Count),
        CelKind.Map => CelValue.Of((long)value.AsMap.Count),
        _ => frame.Fail(EvaluationErrors.NoOverload),
    };

    public static CelValue Contains(ref Frame frame, in CelValue text, in CelValue part) =>
        AreTexts(ref frame, text, part) ? CelValue.Of(text.AsString.Contains(part.AsString, StringComparison.Ordinal)) : default;

    public static CelValue StartsWith(ref Frame frame, in CelValue text, in CelValue part) =>
        AreTexts(ref frame, text, part) ? CelValue.Of(text.AsString.StartsWith(part.AsString, StringComparison.Ordinal)) : default;

    public static CelValue EndsWith(ref Frame frame, in CelValue text, in CelValue part) =>
        AreTexts(ref frame, text, part) ? CelValue.Of(text.AsString.EndsWith(part.AsString, StringComparison.Ordinal)) : default;

    /// <summary>For patterns that are computed; a literal one is prepared by the compiler.</summary>
    public static CelValue Matches(ref Frame frame, in CelValue text, in CelValue pattern)
    {
        if (!AreTexts(ref frame, text, pattern) || !frame.Charge(Limits.ReadingPattern * (1 + pattern.AsString.Length)))
        {
            return default;
        }

        if (!LinearRegex.TryParse(pattern.AsString, out var regex, out _))
        {
            return frame.Fail(EvaluationErrors.With(EvaluationErrors.NoPattern, pattern));
        }

        return frame.Charge(regex.Work(text.AsString)) ? CelValue.Of(regex.IsMatch(text.AsString)) : default;
    }

    /// <summary>An accessor without a zone: of a timestamp in UTC, or of a whole duration.</summary>
    public static Unary Accessor(TimeField field) => (ref Frame frame, in CelValue value) =>
    {
        if (value.Kind == CelKind.Timestamp)
        {
            return CelValue.Of(Timestamps.Field(field, value, Zone.Utc));
        }

        return value.Kind == CelKind.Duration && field >= TimeField.Hours
            ? CelValue.Of(Part(field, CelArithmetic.DurationNanos(value)))
            : frame.Fail(EvaluationErrors.NoOverload);
    };

    // The milliseconds are those beyond the last second; the others count the whole duration. So CEL has it.
    private static long Part(TimeField field, long nanos) => field switch
    {
        TimeField.Hours => nanos / 3_600_000_000_000,
        TimeField.Minutes => nanos / 60_000_000_000,
        TimeField.Seconds => nanos / 1_000_000_000,
        _ => nanos / 1_000_000 % 1_000,
    };

    private static Unary Of(Conversion conversion) => (ref Frame frame, in CelValue value) =>
        value.Kind == CelKind.String && !frame.Charge(value.AsString.Length >> 6) ? default
        : conversion(value, out var result) is { } error ? frame.Fail(error == EvaluationErrors.NoOverload ? error : EvaluationErrors.With(error, value))
        : result;

    private static bool AreTexts(ref Frame frame, in CelValue first, in CelValue second)
    {
        if (first.Kind == CelKind.String && second.Kind == CelKind.String)
        {
            return frame.Charge(1 + ((first.AsString.Length + second.AsString.Length) >> 6));
        }

        frame.Fail(EvaluationErrors.NoOverload);
        return false;
    }

    private static long CodePoints(string text)
    {
        long count = text.Length;
        foreach (var c in text)
        {
            count -= char.IsLowSurrogate(c) ? 1 : 0;
        }

        return count;
    }
}
