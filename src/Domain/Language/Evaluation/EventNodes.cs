using Engagement.Domain.Language.Syntax;
using Engagement.Domain.Language.Values;

namespace Engagement.Domain.Language.Evaluation;

internal sealed class EventTypeNode(Span span) : Node(span)
{
    public override bool IsInput => true;

    public override CelValue Value(ref Frame frame) => frame.Input.Event is { } read ? CelValue.Of(read.Type) : frame.Fail(EvaluationErrors.NoEvent);
}

internal sealed class EventTimeNode(Span span) : Node(span)
{
    public override bool IsInput => true;

    public override CelValue Value(ref Frame frame) => frame.Input.Event is { } read ? CelValue.TimestampMs(read.TimeMs) : frame.Fail(EvaluationErrors.NoEvent);
}

internal sealed class EventDataNode(Span span) : Node(span)
{
    public override bool IsInput => true;

    public override CelValue Value(ref Frame frame) => frame.Input.Event is { } read ? read.Data : frame.Fail(EvaluationErrors.NoEvent);
}

/// <summary><c>event.data.NAME</c> without a map in between.</summary>
/// <param name="kind">What the event's type promises, so that others count on it: an optional field may be null all the same.</param>
internal sealed class EventFieldNode(Span span, string name, CelKind? kind) : Node(span)
{
    public override bool IsInput => true;

    public override CelValue Value(ref Frame frame)
    {
        if (frame.Input.Event is not { } read)
        {
            return frame.Fail(EvaluationErrors.NoEvent);
        }

        return !read.TryGetData(name, out var value) ? frame.Fail(EvaluationErrors.With(EvaluationErrors.NoKey, CelValue.Of(name)))
            : kind is not null && value.Kind != kind ? frame.Fail(EvaluationErrors.NoOverload)
            : value;
    }
}

/// <summary><c>has(event.data.NAME)</c></summary>
internal sealed class HasEventFieldNode(Span span, string name) : BoolNode(span)
{
    public override bool IsInput => true;

    public override bool Bool(ref Frame frame)
    {
        if (frame.Input.Event is { } read)
        {
            return read.TryGetData(name, out _);
        }

        frame.Fail(EvaluationErrors.NoEvent);
        return false;
    }
}
