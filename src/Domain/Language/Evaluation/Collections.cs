using Engagement.Domain.Language.Syntax;
using Engagement.Domain.Language.Values;

namespace Engagement.Domain.Language.Evaluation;

internal sealed class ListNode(Span span, Node[] elements) : Node(span)
{
    public override IReadOnlyList<Node> Children => elements;

    public override CelValue Value(ref Frame frame)
    {
        if (!frame.Charge(elements.Length))
        {
            return default;
        }

        var values = new CelValue[elements.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = elements[i].Value(ref frame);
            if (frame.HasFailed)
            {
                return default;
            }
        }

        return CelValue.Of(values);
    }
}

internal sealed class MapNode(Span span, Node[] keys, Node[] values) : Node(span)
{
    public override IReadOnlyList<Node> Children { get; } = [.. keys, .. values];

    public override CelValue Value(ref Frame frame)
    {
        if (!frame.Charge(keys.Length))
        {
            return default;
        }

        var map = new CelMap(keys.Length);
        for (var i = 0; i < keys.Length; i++)
        {
            var key = keys[i].Value(ref frame);
            var value = frame.HasFailed ? default : values[i].Value(ref frame);
            if (frame.HasFailed)
            {
                return default;
            }

            if (key.Kind is not (CelKind.Bool or CelKind.Int or CelKind.String))
            {
                return frame.Fail(EvaluationErrors.KeyType);
            }

            if (!map.TryAdd(key, value))
            {
                return frame.Fail(EvaluationErrors.With(EvaluationErrors.RepeatedKey, key));
            }
        }

        return CelValue.Of(map);
    }
}

/// <summary><c>list[i]</c> and <c>map[key]</c></summary>
internal sealed class IndexNode(Span span, Node operand, Node index) : Node(span)
{
    public override IReadOnlyList<Node> Children { get; } = [operand, index];

    public override CelValue Value(ref Frame frame)
    {
        var holder = operand.Value(ref frame);
        var key = frame.HasFailed ? default : index.Value(ref frame);
        if (frame.HasFailed)
        {
            return default;
        }

        if (holder.Kind == CelKind.List)
        {
            // A number of event data is a double: a whole one is as good as an int.
            var whole = key.Kind == CelKind.Double && CelConversions.ToInt(key, out var converted) is null && converted.AsInt == key.AsDouble ? converted : key;
            return whole.Kind != CelKind.Int ? frame.Fail(EvaluationErrors.NoOverload)
                : whole.AsInt >= 0 && whole.AsInt < holder.AsList.Count ? holder.AsList[(int)whole.AsInt]
                : frame.Fail(EvaluationErrors.With(EvaluationErrors.NoIndex, whole));
        }

        return holder.Kind != CelKind.Map ? frame.Fail(EvaluationErrors.NoOverload) : Lookup(ref frame, holder, key);
    }

    public static CelValue Lookup(ref Frame frame, in CelValue map, in CelValue key)
    {
        var found = CelMap.TryGet(map, key, ref frame.Work, out var value);
        return frame.OutOfWork() || found ? value : frame.Fail(EvaluationErrors.With(EvaluationErrors.NoKey, key));
    }
}

/// <summary><c>map.key</c></summary>
internal sealed class SelectNode(Span span, Node operand, string key) : Node(span)
{
    private readonly CelValue key = CelValue.Of(key);

    public override IReadOnlyList<Node> Children { get; } = [operand];

    public override CelValue Value(ref Frame frame)
    {
        var holder = operand.Value(ref frame);
        return frame.HasFailed ? default
            : holder.Kind == CelKind.Map ? IndexNode.Lookup(ref frame, holder, key)
            : frame.Fail(EvaluationErrors.NoOverload);
    }
}

/// <summary><c>has(map.key)</c></summary>
internal sealed class HasNode(Span span, Node operand, string key) : BoolNode(span)
{
    private readonly CelValue key = CelValue.Of(key);

    public override IReadOnlyList<Node> Children { get; } = [operand];

    public override bool Bool(ref Frame frame)
    {
        var holder = operand.Value(ref frame);
        if (frame.HasFailed)
        {
            return false;
        }

        if (holder.Kind != CelKind.Map)
        {
            frame.Fail(EvaluationErrors.NoOverload);
            return false;
        }

        return CelMap.TryGet(holder, key, ref frame.Work, out _) && !frame.OutOfWork();
    }
}

/// <summary><c>x in list</c> and <c>key in map</c></summary>
internal sealed class InNode(Span span, Node element, Node holder) : BoolNode(span)
{
    public override IReadOnlyList<Node> Children { get; } = [element, holder];

    public override bool Bool(ref Frame frame)
    {
        var wanted = element.Value(ref frame);
        var place = frame.HasFailed ? default : holder.Value(ref frame);
        if (frame.HasFailed)
        {
            return false;
        }

        var found = place.Kind switch
        {
            CelKind.Map => CelMap.TryGet(place, wanted, ref frame.Work, out _),
            CelKind.List => Holds(place.AsList, wanted, ref frame.Work),
            _ => frame.Fail(EvaluationErrors.NoOverload).AsBool,
        };
        return found && !frame.HasFailed && !frame.OutOfWork();
    }

    private static bool Holds(IReadOnlyList<CelValue> list, in CelValue wanted, ref int work)
    {
        for (var i = 0; i < list.Count && work >= 0; i++)
        {
            if (CelEquality.Equal(list[i], wanted, ref work))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary><c>client.tier in ["mass", "affluent"]</c>: a text among literals.</summary>
internal sealed class InTextsNode(Span span, Node element, string[] texts) : BoolNode(span)
{
    public override IReadOnlyList<Node> Children { get; } = [element];

    public override bool Bool(ref Frame frame)
    {
        var wanted = element.Text(ref frame);
        if (frame.HasFailed)
        {
            return false;
        }

        foreach (var text in texts)
        {
            if (string.Equals(text, wanted))
            {
                return true;
            }
        }

        return false;
    }
}
