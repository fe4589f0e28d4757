using Engagement.Domain.Language.Syntax;
using Engagement.Domain.Language.Values;

namespace Engagement.Domain.Language.Evaluation;

internal sealed class CompareDoublesNode(Span span, BinaryOperator op, Node left, Node right) : BoolNode(span)
{
    public override IReadOnlyList<Node> Children { get; } = [left, right];

    public override bool Bool(ref Frame frame)
    {
        var a = left.Double(ref frame);
        if (frame.HasFailed)
        {
            return false;
        }

        var b = right.Double(ref frame);
        return op switch
        {
            BinaryOperator.Less => a < b,
            BinaryOperator.LessEqual => a <= b,
            BinaryOperator.Greater => a > b,
            BinaryOperator.GreaterEqual => a >= b,
            BinaryOperator.Equal => a == b,
            _ => a != b,
        };
    }
}

internal sealed class CompareIntsNode(Span span, BinaryOperator op, Node left, Node right) : BoolNode(span)
{
    public override IReadOnlyList<Node> Children { get; } = [left, right];

    public override bool Bool(ref Frame frame)
    {
        var a = left.Int(ref frame);
        if (frame.HasFailed)
        {
            return false;
        }

        var b = right.Int(ref frame);
        return op switch
        {
            BinaryOperator.Less => a < b,
            BinaryOperator.LessEqual => a <= b,
            BinaryOperator.Greater => a > b,
            BinaryOperator.GreaterEqual => a >= b,
            BinaryOperator.Equal => a == b,
            _ => a != b,
        };
    }
}

internal sealed class EqualTextsNode(Span span, bool equal, Node left, Node right) : BoolNode(span)
{
    public override IReadOnlyList<Node> Children { get; } = [left, right];

    public override bool Bool(ref Frame frame)
    {
        var a = left.Text(ref frame);
        if (frame.HasFailed)
        {
            return false;
        }

        return string.Equals(a, right.Text(ref frame)) == equal;
    }
}

/// <summary>Equality and order of values whose types are known at run time only, or are rarely compared.</summary>
internal sealed class CompareNode(Span span, BinaryOperator op, Node left, Node right) : BoolNode(span)
{
    public override IReadOnlyList<Node> Children { get; } = [left, right];

    public override bool Bool(ref Frame frame)
    {
        var a = left.Value(ref frame);
        if (frame.HasFailed)
        {
            return false;
        }

        var b = right.Value(ref frame);
        if (frame.HasFailed)
        {
            return false;
        }

        if (op is BinaryOperator.Equal or BinaryOperator.NotEqual)
        {
            var equal = CelEquality.Equal(a, b, ref frame.Work);
            return !frame.OutOfWork() && equal == (op == BinaryOperator.Equal);
        }

        if (CelOrdering.TryCompare(a, b, out var order))
        {
            return CelOrdering.Holds(op, order);
        }

        frame.Fail(EvaluationErrors.NoOverload);
        return false;
    }
}
