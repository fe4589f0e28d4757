using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Engagement.Domain.Language.Checking;
using Engagement.Domain.Language.Evaluation;
using Engagement.Domain.Language.Syntax;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Language;

/// <summary>One problem of an expression's source. Line and column start at 1 and count code points; the offset is in UTF-16 units.</summary>
/// <param name="Code">Stable, e.g. <c>expression.syntax</c>, <c>expression.type</c>, <c>expression.unknown.name</c>, <c>expression.time</c>.</param>
public sealed record ExpressionError(string Code, int Offset, int Line, int Column, Localized Text)
{
    /// <summary>In English.</summary>
    public string Message => Text.En;
}

/// <summary>A sub-expression and the value that decided, both as a person reads them.</summary>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("reason")]
public sealed record Reason([property: Orleans.Id(0)] string Expr, [property: Orleans.Id(1)] string Value);

/// <summary>The names an expression may use. Indices are those by which <see cref="IExpressionInput"/> is asked.</summary>
/// <param name="Client">May it read <c>client.*</c>, <c>now</c>, metrics and segments?</param>
/// <param name="Event">May it read <c>event.*</c>?</param>
/// <param name="EventType">The event's type where it is fixed (a metric's <c>on</c>), else null.</param>
public sealed record ExpressionScope(
    bool Client,
    bool Event,
    string? EventType,
    IReadOnlyDictionary<string, int> Metrics,
    IReadOnlyDictionary<string, int> Segments)
{
    /// <summary>The fields of <c>event.data</c> and their types, where the event's type fixes them; null where any name may be there.</summary>
    internal IReadOnlyDictionary<string, CelType>? EventData { get; init; }

    /// <summary>Fields of <c>event.data</c> that are there and may not be read.</summary>
    internal IReadOnlySet<string> PersonalData { get; init; } = ImmutableHashSet<string>.Empty;
}

/// <summary>What an expression reads, so that an event re-evaluates only what depends on what it changed.</summary>
/// <param name="Metrics">Indices of metrics.</param>
/// <param name="Segments">Indices of segments asked for by <c>inSegment</c>.</param>
/// <param name="Fields">Names below <c>client.</c>, e.g. <c>assets</c>.</param>
/// <param name="Time">Does it read <c>now</c>?</param>
/// <param name="Event">Does it read <c>event</c>?</param>
public sealed record ExpressionReads(
    IReadOnlySet<int> Metrics,
    IReadOnlySet<int> Segments,
    IReadOnlySet<string> Fields,
    bool Time,
    bool Event);

/// <summary>A checked and compiled expression. Immutable and safe to share between threads.</summary>
public sealed class Expression
{
    private readonly Node root;
    private readonly int slots;
    private readonly CelKind? expected;

    private Expression(string source, ExpressionReads reads, Node root, int slots, CelKind? expected)
    {
        (Source, Reads) = (source, reads);
        (this.root, this.slots, this.expected) = (root, slots, expected);
    }

    public string Source { get; }

    public ExpressionReads Reads { get; }

    /// <summary>Parses, checks and compiles. All errors at once, each at its place.</summary>
    /// <param name="expected">The result's type; an int is taken where a double is expected.</param>
    public static bool TryCompile(
        string source,
        ExpressionScope scope,
        CelKind expected,
        [NotNullWhen(true)] out Expression? expression,
        out IReadOnlyList<ExpressionError> errors) =>
        TryCompileAs(source, scope, expected, out expression, out errors);

    /// <summary>The same for an expression whose result may have any type, such as a placeholder of a message.</summary>
    public static bool TryCompile(string source, ExpressionScope scope, [NotNullWhen(true)] out Expression? expression, out IReadOnlyList<ExpressionError> errors) =>
        TryCompileAs(source, scope, null, out expression, out errors);

    /// <summary>Evaluates a condition. <paramref name="changesAtMs"/> is lowered to the earliest later instant at which time alone can change the answer.</summary>
    /// <returns>False where the evaluation failed (overflow, division by zero, no such key, …); <paramref name="value"/> is then false.</returns>
    public bool TryEvaluate(IExpressionInput input, ref long changesAtMs, out bool value)
    {
        var frame = new Frame(input, null, slots);
        var holds = root.Bool(ref frame);
        frame.End();
        changesAtMs = Math.Min(changesAtMs, frame.ChangesAtMs);
        value = holds && !frame.HasFailed;
        return !frame.HasFailed;
    }

    /// <summary>Evaluates to any value. False where the evaluation failed, or ended in another type than the one expected.</summary>
    public bool TryEvaluate(IExpressionInput input, out CelValue value)
    {
        var frame = new Frame(input, null, slots);
        value = root.Value(ref frame);
        frame.End();
        if (!frame.HasFailed && expected == CelKind.Double && value.Kind == CelKind.Int)
        {
            value = CelValue.Of((double)value.AsInt);
        }

        if (!frame.HasFailed && (expected is null || value.Kind == expected))
        {
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>
    /// The sub-expressions and values that decided: not the whole tree. Never empty for a condition. A value is that of the
    /// input read (<c>123456.78</c>); with several inputs <c>name = value; name = value</c>; after a failure <c>error: …</c>.
    /// </summary>
    public IReadOnlyList<Reason> Explain(IExpressionInput input) => new Explanation(Source, input, slots).Of(root);

    private static bool TryCompileAs(
        string source,
        ExpressionScope scope,
        CelKind? expected,
        [NotNullWhen(true)] out Expression? expression,
        out IReadOnlyList<ExpressionError> errors)
    {
        expression = null;
        if (!Parser.TryParse(source, out var syntax, out errors))
        {
            return false;
        }

        var checker = Checker.Check(source, syntax, scope, expected);
        errors = checker.Errors;
        if (errors.Count > 0)
        {
            return false;
        }

        expression = new(source, checker.Reads, Compiler.Compile(syntax), checker.Slots, expected);
        return true;
    }
}
