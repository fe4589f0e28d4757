using Engagement.Domain.Language.Patterns;
using Engagement.Domain.Language.Syntax;
using Engagement.Domain.Language.Values;

namespace Engagement.Domain.Language.Evaluation;

internal sealed class ArithmeticDoublesNode(Span span, BinaryOperator op, Node left, Node right) : DoubleNode(span)
{
    public override IReadOnlyList<Node> Children { get; } = [left, right];

    public override double Double(ref Frame frame)
    {
        var a = left.Double(ref frame);
        return frame.HasFailed ? 0 : CelArithmetic.Apply(op, a, right.Double(ref frame));
    }
}

internal sealed class ArithmeticNode(Span span, BinaryOperator op, Node left, Node right) : Node(span)
{
    public override IReadOnlyList<Node> Children { get; } = [left, right];

    public override CelValue Value(ref Frame frame)
    {
        var a = left.Value(ref frame);
        var b = frame.HasFailed ? default : right.Value(ref frame);
        if (frame.HasFailed)
        {
            return default;
        }

        return CelArithmetic.Apply(op, a, b, ref frame.Work, out var result) is { } error ? frame.Fail(error) : result;
    }
}

internal sealed class NegateNode(Span span, Node operand) : Node(span)
{
    public override IReadOnlyList<Node> Children { get; } = [operand];

    public override CelValue Value(ref Frame frame)
    {
        var value = operand.Value(ref frame);
        return frame.HasFailed ? default
            : value.Kind == CelKind.Double ? CelValue.Of(-value.AsDouble)
            : value.Kind != CelKind.Int ? frame.Fail(EvaluationErrors.NoOverload)
            : value.AsInt == long.MinValue ? frame.Fail(EvaluationErrors.Overflow)
            : CelValue.Of(-value.AsInt);
    }
}

internal sealed class UnaryCallNode(Span span, Unary function, Node argument) : Node(span)
{
    public override IReadOnlyList<Node> Children { get; } = [argument];

    public override CelValue Value(ref Frame frame)
    {
        var value = argument.Value(ref frame);
        return frame.HasFailed ? default : function(ref frame, value);
    }
}

internal sealed class BinaryCallNode(Span span, Binary function, Node first, Node second) : Node(span)
{
    public override IReadOnlyList<Node> Children { get; } = [first, second];

    public override CelValue Value(ref Frame frame)
    {
        var a = first.Value(ref frame);
        var b = frame.HasFailed ? default : second.Value(ref frame);
        return frame.HasFailed ? default : function(ref frame, a, b);
    }
}

/// <summary><c>text.matches("…")</c> with the pattern prepared.</summary>
internal sealed class MatchesNode(Span span, Node text, LinearRegex pattern) : BoolNode(span)
{
    public override IReadOnlyList<Node> Children { get; } = [text];

    public override bool Bool(ref Frame frame)
    {
        var value = text.Value(ref frame);
        if (frame.HasFailed)
        {
            return false;
        }

        if (value.Kind != CelKind.String)
        {
            frame.Fail(EvaluationErrors.NoOverload);
            return false;
        }

        return frame.Charge(pattern.Work(value.AsString)) && pattern.IsMatch(value.AsString);
    }
}
