using Engagement.Domain.Language.Syntax;
using Engagement.Domain.Language.Values;

namespace Engagement.Domain.Language.Evaluation;

/// <summary>What the macros go through: the elements of a list, or the keys of a map.</summary>
internal readonly struct MacroRange
{
    private readonly IReadOnlyList<string>? texts;
    private readonly CelValue elements;

    /// <summary>Of nothing, and the evaluation has failed, where there is nothing to go through.</summary>
    public MacroRange(ref Frame frame, Node range)
    {
        if (range is ClientListNode list)
        {
            // Without a list of values in between.
            texts = frame.Input.List(list.Which);
            Count = texts.Count;
            return;
        }

        elements = range.Value(ref frame);
        if (!frame.HasFailed && elements.Kind is not (CelKind.List or CelKind.Map))
        {
            frame.Fail(EvaluationErrors.NoOverload);
        }

        Count = frame.HasFailed ? 0 : elements.Kind == CelKind.List ? elements.AsList.Count : elements.AsMap.Count;
    }

    public int Count { get; }

    public CelValue this[int index] =>
        texts is not null ? CelValue.Of(texts[index])
        : elements.Kind == CelKind.List ? elements.AsList[index]
        : elements.AsMap[index].Key;
}

/// <summary><c>all</c> and <c>exists</c>: <c>&amp;&amp;</c> and <c>||</c> over the elements, with the same rules for failures and horizons.</summary>
internal sealed class QuantifierNode(Span span, bool all, Node range, int slot, Node body) : BoolNode(span)
{
    public override IReadOnlyList<Node> Children { get; } = [range, body];

    public override bool Bool(ref Frame frame)
    {
        var elements = new MacroRange(ref frame, range);
        var outer = frame.ChangesAtMs;
        var every = long.MaxValue;
        string? failed = null;
        for (var i = 0; i < elements.Count; i++)
        {
            if (!frame.Charge(1))
            {
                return false;
            }

            frame.Locals![slot] = elements[i];
            frame.ChangesAtMs = long.MaxValue;
            var value = body.Bool(ref frame);
            if (frame.HasFailed)
            {
                failed ??= frame.Error;
                frame.Error = null;
            }
            else if (value != all)
            {
                frame.ChangesAt(outer);
                return value;
            }

            every = Math.Min(every, frame.ChangesAtMs);
        }

        frame.ChangesAtMs = Math.Min(outer, every);
        frame.Error ??= failed;
        return all;
    }
}

/// <summary><c>exists_one</c>: sees every element, and fails where one fails.</summary>
internal sealed class ExistsOneNode(Span span, Node range, int slot, Node body) : BoolNode(span)
{
    public override IReadOnlyList<Node> Children { get; } = [range, body];

    public override bool Bool(ref Frame frame)
    {
        var elements = new MacroRange(ref frame, range);
        var found = 0;
        for (var i = 0; i < elements.Count; i++)
        {
            if (!frame.Charge(1))
            {
                return false;
            }

            frame.Locals![slot] = elements[i];
            found += body.Bool(ref frame) ? 1 : 0;
            if (frame.HasFailed)
            {
                return false;
            }
        }

        return found == 1;
    }
}

/// <summary><c>map</c> and <c>filter</c>: a filter has a condition and no body, a map a body and maybe a condition.</summary>
internal sealed class TransformNode(Span span, Node range, int slot, Node? condition, Node? body) : Node(span)
{
    public override IReadOnlyList<Node> Children { get; } = [.. new[] { range, condition, body }.OfType<Node>()];

    public override CelValue Value(ref Frame frame)
    {
        var elements = new MacroRange(ref frame, range);
        var results = new List<CelValue>();
        for (var i = 0; i < elements.Count; i++)
        {
            if (!frame.Charge(1))
            {
                return default;
            }

            var element = elements[i];
            frame.Locals![slot] = element;
            var taken = condition is null || condition.Bool(ref frame);
            if (taken && !frame.HasFailed)
            {
                results.Add(body is null ? element : body.Value(ref frame));
            }

            if (frame.HasFailed)
            {
                return default;
            }
        }

        return frame.HasFailed ? default : CelValue.Of(results);
    }
}
