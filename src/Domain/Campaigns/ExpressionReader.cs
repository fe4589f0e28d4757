using System.Globalization;
using Engagement.Domain.Clients;
using Engagement.Domain.Diagnostics;
using Engagement.Domain.Documents;
using Engagement.Domain.Language;

namespace Engagement.Domain.Campaigns;

/// <summary>Compiles the expressions of a document and reports their errors at their own place in it.</summary>
internal static class ExpressionReader
{
    private static readonly Dictionary<string, int> Nothing = [];

    /// <summary>What a metric's expressions may read.</summary>
    public static ExpressionScope OfEvent(string type) => WithData(new(Client: false, Event: true, type, Nothing, Nothing));

    /// <summary>With the fields that the event's type has, where there is an event.</summary>
    public static ExpressionScope WithData(ExpressionScope scope)
    {
        var data = scope.EventType is { } type ? EventSchema.DataOf(type) : null;
        var personal = scope.EventType is EventTypes.AccountOpened or EventTypes.ProfileChanged;
        return scope with { EventData = data, PersonalData = personal ? EventSchema.Personal : scope.PersonalData };
    }

    public static ReadValue<Expression?> Of(ExpressionScope scope, CelKind kind) => (node, problems) => Read(node, scope, kind, problems);

    public static Expression? Read(DocumentNode node, ExpressionScope scope, CelKind kind, ProblemList problems)
    {
        if (node is not DocumentScalar scalar || SourceOf(scalar, kind) is not { } source)
        {
            Values.WrongType(node, problems, Diagnostic.AnExpression);
            return null;
        }

        if (Expression.TryCompile(source, scope, kind, out var expression, out var errors))
        {
            return expression;
        }

        Report(scalar, 0, errors, problems);
        return null;
    }

    /// <param name="offset">Where in the scalar's value the expression begins.</param>
    public static void Report(DocumentScalar scalar, int offset, IEnumerable<ExpressionError> errors, ProblemList problems)
    {
        foreach (var error in errors.TakeWhile(_ => !problems.IsFull))
        {
            var at = ScalarMap.IndexOf(scalar, problems.Text.Text, offset + error.Offset);
            problems.Add(scalar.Path, at, error.Code, error.Text);
        }
    }

    /// <summary><c>true</c> and <c>0.5</c> without quotes are expressions as well.</summary>
    private static string? SourceOf(DocumentScalar scalar, CelKind kind) => scalar.Kind switch
    {
        ScalarKind.String => scalar.Value,
        ScalarKind.Bool when kind == CelKind.Bool => scalar.Value,
        ScalarKind.Number when kind is CelKind.Double or CelKind.Int && CoreSchema.TryNumber(scalar.Value, out var number)
            => number.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };
}
