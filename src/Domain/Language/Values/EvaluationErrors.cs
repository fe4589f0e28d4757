namespace Engagement.Domain.Language.Values;

/// <summary>
/// What goes wrong when an expression is evaluated. Explanations show these beside values and decisions keep them, so they are data: a few
/// fixed words each, with the value that was wrong behind a colon, which a screen puts into its reader's language (docs/reference/language.md).
/// </summary>
internal static class EvaluationErrors
{
    public const string Overflow = "overflow";
    public const string DivisionByZero = "division by zero";
    public const string NoOverload = "no such overload";
    public const string TooMuchWork = "too much work";
    public const string NoEvent = "no event";
    public const string KeyType = "unsupported key type";
    public const string OutOfRange = "out of range";
    public const string NoWholeNumber = "not a whole number";
    public const string NoNumber = "not a number";
    public const string NoTruth = "neither true nor false";
    public const string NoInstant = "not a point in time";
    public const string NoDuration = "not a duration";
    public const string NoZone = "not a time zone";
    public const string NoPattern = "not a regular expression";
    public const string NoKey = "no such key";
    public const string NoIndex = "no such index";
    public const string RepeatedKey = "repeated key";

    /// <summary>With the value that was wrong.</summary>
    public static string With(string error, in CelValue value) => $"{error}: {CelText.Shown(value)}";
}
