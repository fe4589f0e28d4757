using Engagement.Domain.Language.Syntax;

namespace Engagement.Domain.Language.Evaluation;

/// <summary><c>m.count(w)</c></summary>
internal sealed class MetricCountNode(Span span, int metric, Window window) : IntNode(span), IMetricFigure
{
    public int Metric => metric;

    public MetricFunction Function => MetricFunction.Count;

    public Window Window => window;

    public override bool IsInput => true;

    public override long Int(ref Frame frame)
    {
        frame.ChangesAt(frame.Input.MetricChangesAtMs(metric, MetricFunction.Count, window));
        return frame.Input.MetricCount(metric, window);
    }
}

/// <summary><c>m.sum(w)</c> and <c>m.max(w)</c></summary>
internal sealed class MetricFigureNode(Span span, int metric, MetricFunction function, Window window) : DoubleNode(span), IMetricFigure
{
    public override bool IsInput => true;

    public int Metric => metric;

    public MetricFunction Function => function;

    public Window Window => window;

    public override double Double(ref Frame frame)
    {
        frame.ChangesAt(frame.Input.MetricChangesAtMs(metric, function, window));
        return function == MetricFunction.Sum ? frame.Input.MetricSum(metric, window) : frame.Input.MetricMax(metric, window);
    }
}

/// <summary>A figure over a window.</summary>
internal interface IMetricFigure
{
    int Metric { get; }

    MetricFunction Function { get; }

    Window Window { get; }
}

/// <summary><c>m.count(w) &gt; 3</c>: turns when enough has left, not whenever something leaves.</summary>
internal sealed class CompareMetricNode(Span span, Node metric, Node bound, bool flipped, bool equal, double least, double most) : BoolNode(span)
{
    private readonly IMetricFigure figure = (IMetricFigure)metric;

    public override IReadOnlyList<Node> Children { get; } = flipped ? [bound, metric] : [metric, bound];

    public override bool Bool(ref Frame frame)
    {
        var value = frame.Input.MetricFigure(figure.Metric, figure.Function, figure.Window, least, most, out var turnsAtMs);
        frame.ChangesAt(turnsAtMs);
        return (value >= least && value <= most) == equal;
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
