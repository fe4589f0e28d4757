namespace Engagement.Domain.Language;

/// <summary>Bounds that keep a hostile expression harmless. None is near what a person writes.</summary>
internal static class Limits
{
    /// <summary>Bytes of UTF-8.</summary>
    public const int Source = 32 * 1024;

    /// <summary>Parentheses, brackets, arguments and conditionals inside each other: each costs the parser stack.</summary>
    public const int Nesting = 64;

    /// <summary>Height of the tree: a chain of operators or selections has no nesting, but costs the evaluator stack.</summary>
    public const int Height = 256;

    /// <summary>Macros inside each other: each multiplies the work. The language's definition asks for 12 calls.</summary>
    public const int Macros = 12;

    /// <summary>Errors reported for one expression.</summary>
    public const int Errors = 50;

    /// <summary>Elements visited and characters built by one evaluation, some milliseconds at most.</summary>
    public const int Work = 100_000;

    /// <summary>The same for one explanation, which evaluates parts again.</summary>
    public const int ExplanationWork = 4 * Work;

    /// <summary>Characters of a regular expression, and times of a repetition.</summary>
    public const int Pattern = 1_000;

    /// <summary>Work of one character of a pattern that is computed, and so read when it is evaluated.</summary>
    public const int ReadingPattern = 100;

    /// <summary>Steps of a regular expression once its repetitions are written out.</summary>
    public const int PatternSteps = 2_000;

    /// <summary>Characters of a value shown in an explanation.</summary>
    public const int Shown = 200;
}

/// <summary>Codes of <see cref="ExpressionError"/>: a contract with those who show them.</summary>
internal static class ErrorCodes
{
    public const string Syntax = "expression.syntax";
    public const string Type = "expression.type";
    public const string UnknownName = "expression.unknown.name";
    public const string UnknownFunction = "expression.unknown.function";
    public const string Time = "expression.time";
    public const string Window = "expression.window";
    public const string TooDeep = "expression.too.deep";
    public const string TooLarge = "expression.too.large";

    /// <summary>Macros inside each other: their work multiplies.</summary>
    public const string Macros = "expression.macros";
    public const string Regex = "expression.regex";
}
