using Engagement.Domain.Language.Values;

namespace Engagement.Domain.Language.Evaluation;

/// <summary>
/// Why an expression has its value: the operands that decided, down to comparisons and single inputs. A reason's value is
/// the value of the input that it reads; with several inputs, <c>name = value</c> for each, joined by <c>; </c>; without
/// any, its own value.
/// </summary>
internal sealed class Explanation(string source, IExpressionInput input, int slots)
{
    private readonly List<Reason> reasons = [];
    private int work = Limits.ExplanationWork;

    public IReadOnlyList<Reason> Of(Node root)
    {
        Walk(root);
        return reasons;
    }

    private void Walk(Node node)
    {
        switch (node)
        {
            case LogicNode logic:
                WalkLogic(logic);
                break;
            case NotNode not:
                Walk(not.Operand);
                break;
            case ConditionalNode conditional:
                Walk(conditional.Condition);
                if (Bool(conditional.Condition) is { } holds)
                {
                    Walk(holds ? conditional.Then : conditional.Otherwise);
                }

                break;
            default:
                Add(new(node.Span.Of(source), Shown(node)));
                break;
        }
    }

    /// <summary>The first operand that decided alone; else those that failed; else all.</summary>
    private void WalkLogic(LogicNode logic)
    {
        var values = logic.Children.Select(c => (Node: c, Value: Bool(c))).ToList();
        var deciding = values.Where(v => v.Value == !logic.And).Take(1).ToList();
        var shown = deciding.Count > 0 ? deciding
            : values.Any(v => v.Value is null) ? values.Where(v => v.Value is null).ToList()
            : values;
        foreach (var (node, _) in shown)
        {
            Walk(node);
        }
    }

    private string Shown(Node node)
    {
        var frame = Evaluate(node, out var value);
        if (frame.HasFailed)
        {
            return $"error: {frame.Error}";
        }

        var inputs = new List<Node>();
        Inputs(node, inputs);
        var parts = inputs.Select(i => (Name: i.Span.Of(source), Value: Evaluated(i))).DistinctBy(p => p.Name).ToList();
        return parts.Count switch
        {
            0 => CelText.Shown(value),
            1 => parts[0].Value,
            _ => string.Join("; ", parts.Select(p => $"{p.Name} = {p.Value}")),
        };
    }

    private static void Inputs(Node node, List<Node> found)
    {
        if (node.IsInput)
        {
            found.Add(node);
            return;
        }

        foreach (var child in node.Children)
        {
            Inputs(child, found);
        }
    }

    private string Evaluated(Node node)
    {
        var frame = Evaluate(node, out var value);
        return frame.HasFailed ? $"error: {frame.Error}" : CelText.Shown(value);
    }

    private bool? Bool(Node node)
    {
        var frame = Evaluate(node, out var value);
        return frame.HasFailed || value.Kind != CelKind.Bool ? null : value.AsBool;
    }

    /// <summary>Every part is evaluated anew, and all of them together get no more than a few times what one evaluation gets.</summary>
    private Frame Evaluate(Node node, out CelValue value)
    {
        var given = Math.Clamp(work, 0, Limits.Work);
        var frame = new Frame(input, null, slots) { Work = given };
        value = node.Value(ref frame);
        frame.End();
        work -= given - frame.Work;
        return frame;
    }

    private void Add(Reason reason)
    {
        if (!reasons.Contains(reason))
        {
            reasons.Add(reason);
        }
    }
}
