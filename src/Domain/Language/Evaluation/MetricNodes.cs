using Engagement.Domain.Language.Syntax;

namespace Engagement.Domain.Language.Evaluation;

/// <summary><c>m.count(w)</c></summary>
internal sealed class MetricCountNode(Span span, int metric, Window window) : IntNode(span)
{
    public override bool IsInput => true;

    public override long Int(ref Frame frame)
    {
        frame.ChangesAt(frame.Input.MetricChangesAtMs(metric, MetricFunction.Count, window));
        return frame.Input.MetricCount(metric, window);
    }
}

/// <summary><c>m.sum(w)</c> and <c>m.max(w)</c></summary>
internal sealed class MetricFigureNode(Span span, int metric, MetricFunction function, Window window) : DoubleNode(span)
{
    public override bool IsInput => true;

    public override double Double(ref Frame frame)
    {
        frame.ChangesAt(frame.Input.MetricChangesAtMs(metric, function, window));
        return function == MetricFunction.Sum ? frame.Input.MetricSum(metric, window) : frame.Input.MetricMax(metric, window);
    }
}

/// <summary><c>m.within(w)</c> and <c>m.ever()</c></summary>
internal sealed class MetricAnyNode(Span span, int metric, MetricFunction function, Window window) : BoolNode(span)
{
    public override bool IsInput => true;

    public override bool Bool(ref Frame frame)
    {
        frame.ChangesAt(frame.Input.MetricChangesAtMs(metric, function, window));
        return frame.Input.MetricCount(metric, window) > 0;
    }
}

/// <summary><c>m.last()</c></summary>
internal sealed class MetricLastNode(Span span, int metric) : Node(span)
{
    public override bool IsInput => true;

    public override CelValue Value(ref Frame frame)
    {
        frame.ChangesAt(frame.Input.MetricChangesAtMs(metric, MetricFunction.Last, Window.All));
        return CelValue.TimestampMs(frame.Input.MetricLastMs(metric));
    }
}
