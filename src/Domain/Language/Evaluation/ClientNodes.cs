using Engagement.Domain.Language.Syntax;
using Engagement.Domain.Language.Values;

namespace Engagement.Domain.Language.Evaluation;

internal sealed class ClientTextNode(Span span, ClientText field) : TextNode(span)
{
    public override bool IsInput => true;

    public override string Text(ref Frame frame) => frame.Input.Text(field);
}

internal sealed class AssetsNode(Span span) : DoubleNode(span)
{
    public override bool IsInput => true;

    public override double Double(ref Frame frame) => frame.Input.Assets;
}

internal sealed class AgeNode(Span span) : IntNode(span)
{
    public override bool IsInput => true;

    public override long Int(ref Frame frame)
    {
        frame.ChangesAt(frame.Input.AgeChangesAtMs);
        return frame.Input.Age;
    }
}

/// <summary><c>client.age &gt;= 60</c>: turns on that birthday, not on each.</summary>
internal sealed class CompareAgeNode(Span span, AgeNode age, Node bound, bool flipped, bool equal, double least, double most) : BoolNode(span)
{
    public override IReadOnlyList<Node> Children { get; } = flipped ? [bound, age] : [age, bound];

    public override bool Bool(ref Frame frame)
    {
        var years = frame.Input.Age;
        var turns = years < least ? least : Math.Floor(most) + 1;
        if (years < turns && turns < int.MaxValue)
        {
            frame.ChangesAt(frame.Input.AgeReachesAtMs((long)Math.Ceiling(turns)));
        }

        return (years >= least && years <= most) == equal;
    }
}

internal sealed class RiskNode(Span span) : IntNode(span)
{
    public override bool IsInput => true;

    public override long Int(ref Frame frame) => frame.Input.Risk;
}

internal sealed class RiskValidNode(Span span) : BoolNode(span)
{
    public override bool IsInput => true;

    public override bool Bool(ref Frame frame)
    {
        frame.ChangesAt(frame.Input.RiskValidChangesAtMs);
        return frame.Input.RiskValid;
    }
}

internal sealed class OpenedNode(Span span) : Node(span)
{
    public override bool IsInput => true;

    public override CelValue Value(ref Frame frame) => CelValue.TimestampMs(frame.Input.OpenedMs);
}

internal sealed class ClientListNode(Span span, ClientList which) : Node(span)
{
    public ClientList Which => which;

    public override bool IsInput => true;

    public override CelValue Value(ref Frame frame) => CelValue.Of(new TextList(frame.Input.List(which)));
}

/// <summary><c>"vip" in client.tags</c> without a list in between.</summary>
internal sealed class InClientListNode(Span span, Node element, ClientListNode list) : BoolNode(span)
{
    public override IReadOnlyList<Node> Children { get; } = [element, list];

    public override bool Bool(ref Frame frame)
    {
        var text = element.Text(ref frame);
        return !frame.HasFailed && frame.Input.ListHolds(list.Which, text);
    }
}

/// <summary><c>size(client.tags)</c> without a list in between.</summary>
internal sealed class ClientListSizeNode(Span span, ClientListNode list) : IntNode(span)
{
    public override IReadOnlyList<Node> Children { get; } = [list];

    public override long Int(ref Frame frame) => frame.Input.ListCount(list.Which);
}

/// <summary><c>size(client.holdings)</c> without a map in between.</summary>
internal sealed class HoldingsSizeNode(Span span, HoldingsNode holdings) : IntNode(span)
{
    public override IReadOnlyList<Node> Children { get; } = [holdings];

    public override long Int(ref Frame frame) => frame.Input.Holdings.Count;
}

internal sealed class HoldingsNode(Span span) : Node(span)
{
    public override bool IsInput => true;

    public override CelValue Value(ref Frame frame) => CelValue.Of(frame.Input.Holdings);
}

/// <summary><c>"600000" in client.holdings</c> without a map in between.</summary>
internal sealed class HoldsNode(Span span, Node symbol) : BoolNode(span)
{
    public override bool IsInput => symbol is ConstantNode;

    public override IReadOnlyList<Node> Children { get; } = [symbol];

    public override bool Bool(ref Frame frame)
    {
        var text = symbol.Text(ref frame);
        return !frame.HasFailed && frame.Input.Holdings.TryGet(text, out _);
    }
}

/// <summary><c>client.holdings["600000"]</c> without a map in between.</summary>
internal sealed class HoldingNode(Span span, Node symbol) : DoubleNode(span)
{
    public override bool IsInput => symbol is ConstantNode;

    public override IReadOnlyList<Node> Children { get; } = [symbol];

    public override double Double(ref Frame frame)
    {
        var text = symbol.Text(ref frame);
        if (!frame.HasFailed && frame.Input.Holdings.TryGet(text, out var quantity))
        {
            return quantity;
        }

        if (!frame.HasFailed)
        {
            frame.Fail(EvaluationErrors.With(EvaluationErrors.NoKey, CelValue.Of(text)));
        }

        return 0;
    }
}

internal sealed class SegmentNode(Span span, int segment) : BoolNode(span)
{
    public override bool IsInput => true;

    public override bool Bool(ref Frame frame) => frame.Input.InSegment(segment);
}
