using Engagement.Domain.Language.Checking;
using Engagement.Domain.Language.Evaluation;
using Engagement.Domain.Language.Syntax;

namespace Engagement.Domain.Language;

/// <summary>The bare language over free variables, without the domain's inputs: what CEL's conformance cases are about.</summary>
internal static class FreeExpression
{
    /// <param name="check">Check the types first? Without, what the checker would refuse fails when it is evaluated, if at all.</param>
    /// <param name="error">Why there is no value: an error of the source, of the check or of the evaluation.</param>
    public static bool TryEvaluate(string source, IReadOnlyDictionary<string, CelValue> bindings, bool check, out CelValue value, out string error)
    {
        value = default;
        if (!Parser.TryParse(source, out var syntax, out var problems))
        {
            error = problems[0].Message;
            return false;
        }

        var checker = Checker.Check(source, syntax, bindings.Keys.ToHashSet());
        if (check && checker.Errors.Count > 0)
        {
            error = checker.Errors[0].Message;
            return false;
        }

        var frame = new Frame(null, bindings, checker.Slots);
        value = Compiler.Compile(syntax).Value(ref frame);
        frame.End();
        error = frame.Error ?? "";
        return !frame.HasFailed;
    }
}
