using Engagement.Domain.Language.Syntax;

namespace Engagement.Domain.Language.Evaluation;

/// <summary>
/// A chain of <c>&amp;&amp;</c> or <c>||</c>. One operand that decides is the whole answer, whatever failed before it; and
/// while that operand stays as it is the answer stays, so its horizon is the chain's. Without one, all operands count.
/// </summary>
internal sealed class LogicNode(Span span, bool and, Node[] operands) : BoolNode(span)
{
    public bool And => and;

    public override IReadOnlyList<Node> Children => operands;

    public override bool Bool(ref Frame frame)
    {
        var outer = frame.ChangesAtMs;
        var all = long.MaxValue;
        string? failed = null;
        foreach (var operand in operands)
        {
            frame.ChangesAtMs = long.MaxValue;
            var value = operand.Bool(ref frame);
            if (frame.HasFailed)
            {
                failed ??= frame.Error;
                frame.Error = null;
            }
            else if (value != and)
            {
                frame.ChangesAt(outer);
                return value;
            }

            all = Math.Min(all, frame.ChangesAtMs);
        }

        frame.ChangesAtMs = Math.Min(outer, all);
        frame.Error = failed;
        return and;
    }
}

internal sealed class NotNode(Span span, Node operand) : BoolNode(span)
{
    public Node Operand => operand;

    public override IReadOnlyList<Node> Children { get; } = [operand];

    public override bool Bool(ref Frame frame) => !operand.Bool(ref frame);
}

internal sealed class ConditionalNode(Span span, Node condition, Node then, Node otherwise) : Node(span)
{
    public Node Condition => condition;

    public Node Then => then;

    public Node Otherwise => otherwise;

    public override IReadOnlyList<Node> Children { get; } = [condition, then, otherwise];

    public override CelValue Value(ref Frame frame)
    {
        var holds = condition.Bool(ref frame);
        return frame.HasFailed ? default : holds ? then.Value(ref frame) : otherwise.Value(ref frame);
    }

    public override bool Bool(ref Frame frame)
    {
        var holds = condition.Bool(ref frame);
        return !frame.HasFailed && (holds ? then.Bool(ref frame) : otherwise.Bool(ref frame));
    }
}
