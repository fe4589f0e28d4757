using Engagement.Domain.Language.Syntax;
using Engagement.Domain.Language.Values;

namespace Engagement.Domain.Language.Evaluation;

/// <summary>
/// One step of a compiled expression. Immutable and shared between threads; all that changes is in the <see cref="Frame"/>.
/// The typed members spare the hot path the boxing into a <see cref="CelValue"/>; <see cref="Int"/>, <see cref="Double"/>
/// and <see cref="Text"/> are only asked where the checker has proven the type. After a failure the answer means nothing.
/// </summary>
internal abstract class Node(Span span)
{
    public Span Span { get; } = span;

    /// <summary>Is it one of the inputs that an explanation shows with its value?</summary>
    public virtual bool IsInput => false;

    public virtual IReadOnlyList<Node> Children => [];

    public abstract CelValue Value(ref Frame frame);

    public virtual bool Bool(ref Frame frame)
    {
        var value = Value(ref frame);
        if (!frame.HasFailed && value.Kind != CelKind.Bool)
        {
            frame.Fail(EvaluationErrors.NoOverload);
        }

        return !frame.HasFailed && value.AsBool;
    }

    public virtual long Int(ref Frame frame) => Value(ref frame).AsInt;

    public virtual double Double(ref Frame frame) => Value(ref frame).AsDouble;

    public virtual string Text(ref Frame frame)
    {
        var value = Value(ref frame);
        return frame.HasFailed ? "" : value.AsString;
    }
}

internal abstract class BoolNode(Span span) : Node(span)
{
    public sealed override CelValue Value(ref Frame frame) => CelValue.Of(Bool(ref frame));

    public abstract override bool Bool(ref Frame frame);
}

internal abstract class IntNode(Span span) : Node(span)
{
    public sealed override CelValue Value(ref Frame frame) => CelValue.Of(Int(ref frame));

    public abstract override long Int(ref Frame frame);
}

internal abstract class DoubleNode(Span span) : Node(span)
{
    public sealed override CelValue Value(ref Frame frame) => CelValue.Of(Double(ref frame));

    public abstract override double Double(ref Frame frame);
}

internal abstract class TextNode(Span span) : Node(span)
{
    public sealed override CelValue Value(ref Frame frame) => CelValue.Of(Text(ref frame));

    public abstract override string Text(ref Frame frame);
}

internal sealed class ConstantNode(Span span, CelValue value) : Node(span)
{
    private readonly CelValue value = value;

    public CelValue Constant => value;

    public override CelValue Value(ref Frame frame) => value;

    public override double Double(ref Frame frame) => value.AsDouble;

    public override long Int(ref Frame frame) => value.AsInt;
}

/// <summary>What cannot be evaluated: an unknown name or function, where an expression runs without the check.</summary>
internal sealed class FailingNode(Span span, string error) : Node(span)
{
    public override CelValue Value(ref Frame frame) => frame.Fail(error);
}

internal sealed class LocalNode(Span span, int slot) : Node(span)
{
    public override CelValue Value(ref Frame frame) => frame.Locals![slot];
}

internal sealed class FreeNode(Span span, string name) : Node(span)
{
    public override CelValue Value(ref Frame frame) =>
        frame.Bindings!.TryGetValue(name, out var value) ? value : frame.Fail($"the name {name} has no value");
}
