using Engagement.Domain.Language.Syntax;
using Engagement.Domain.Language.Values;

namespace Engagement.Domain.Language.Evaluation;

internal sealed class NowNode(Span span) : Node(span)
{
    public override bool IsInput => true;

    public override CelValue Value(ref Frame frame) => CelValue.TimestampMs(frame.Input.NowMs);
}

/// <summary>A comparison with a side that moves with <c>now</c>: it knows when it will turn.</summary>
/// <param name="factor">How left minus right moves: +1 grows as time passes, -1 shrinks.</param>
internal sealed class CompareWithNowNode(Span span, BinaryOperator op, int factor, Node left, Node right) : BoolNode(span)
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

        if (a.Kind != b.Kind || a.Kind is not (CelKind.Timestamp or CelKind.Duration))
        {
            // Different kinds stay different, whatever the time.
            if (op is not (BinaryOperator.Equal or BinaryOperator.NotEqual))
            {
                frame.Fail(EvaluationErrors.NoOverload);
            }

            return op == BinaryOperator.NotEqual;
        }

        frame.ChangesAt(Horizon.Turn(frame.Input.NowMs, op, factor, Nanos(a) - Nanos(b)));
        CelOrdering.TryCompare(a, b, out var order);
        return CelOrdering.Holds(op, order);
    }

    private static Int128 Nanos(in CelValue time) => time.Kind == CelKind.Timestamp ? CelArithmetic.TimestampNanos(time) : CelArithmetic.DurationNanos(time);
}

/// <summary>A sum or difference that is a duration and moves with <c>now</c>: it can leave its range, or come back into it.</summary>
internal sealed class DurationFromNowNode(Span span, BinaryOperator op, int factor, Node left, Node right) : Node(span)
{
    private const long NearSeconds = 6_000_000_000;

    public override IReadOnlyList<Node> Children { get; } = [left, right];

    public override CelValue Value(ref Frame frame)
    {
        var a = left.Value(ref frame);
        if (frame.HasFailed)
        {
            return default;
        }

        var b = right.Value(ref frame);
        if (frame.HasFailed)
        {
            return default;
        }

        // Nearer than 190 years, no edge of the range is within a century.
        if (a.Kind == CelKind.Timestamp && Math.Abs(a.Seconds - b.Seconds) < NearSeconds)
        {
            var nanos = ((a.Seconds - b.Seconds) * 1_000_000_000) + (a.Nanos - b.Nanos);
            return CelValue.Duration(nanos / 1_000_000_000, (int)(nanos % 1_000_000_000));
        }

        var (x, y) = a.Kind == CelKind.Timestamp
            ? (CelArithmetic.TimestampNanos(a), CelArithmetic.TimestampNanos(b))
            : (CelArithmetic.DurationNanos(a), CelArithmetic.DurationNanos(b));
        var exact = op == BinaryOperator.Subtract ? x - y : x + y;
        frame.ChangesAt(Horizon.RangeEdge(frame.Input.NowMs, factor, exact));
        return CelArithmetic.Duration(exact, out var result) is { } error ? frame.Fail(error) : result;
    }
}

/// <summary><c>t.getHours("Asia/Shanghai")</c> and its like, with the zone prepared.</summary>
/// <param name="moves">Does the instant move with <c>now</c>?</param>
internal sealed class TimeFieldNode(Span span, TimeField field, Node instant, Zone zone, bool moves) : IntNode(span)
{
    public override IReadOnlyList<Node> Children { get; } = [instant];

    public bool Moves => moves;

    public override long Int(ref Frame frame) => Part(ref frame, null);

    /// <param name="range">Where only this range matters: when the part next comes into it or goes out of it is when it next changes.</param>
    public long Part(ref Frame frame, (double Least, double Most)? range)
    {
        var value = instant.Value(ref frame);
        if (frame.HasFailed)
        {
            return 0;
        }

        if (value.Kind != CelKind.Timestamp)
        {
            frame.Fail(EvaluationErrors.NoOverload);
            return 0;
        }

        var part = Timestamps.Field(field, value, zone);
        if (moves)
        {
            frame.ChangesAt(Horizon.FieldChange(frame.Input.NowMs, field, value, zone, range ?? (part, part)));
        }

        return part;
    }
}

/// <summary><c>now.getHours("Asia/Shanghai") &gt;= 9</c>: turns twice a day, not every hour.</summary>
internal sealed class CompareFieldNode(Span span, TimeFieldNode field, Node bound, bool flipped, bool equal, double least, double most) : BoolNode(span)
{
    public override IReadOnlyList<Node> Children { get; } = flipped ? [bound, field] : [field, bound];

    public override bool Bool(ref Frame frame)
    {
        double part = field.Part(ref frame, (least, most));
        return !frame.HasFailed && (part >= least && part <= most) == equal;
    }
}

/// <summary>The same with a zone that is computed, which only free expressions may do.</summary>
internal sealed class TimeFieldInZoneNode(Span span, TimeField field, Node instant, Node zone) : Node(span)
{
    public override IReadOnlyList<Node> Children { get; } = [instant, zone];

    public override CelValue Value(ref Frame frame)
    {
        var time = instant.Value(ref frame);
        var name = frame.HasFailed ? default : zone.Value(ref frame);
        if (frame.HasFailed)
        {
            return default;
        }

        if (time.Kind != CelKind.Timestamp || name.Kind != CelKind.String)
        {
            return frame.Fail(EvaluationErrors.NoOverload);
        }

        return Zone.TryParse(name.AsString, out var known)
            ? CelValue.Of(Timestamps.Field(field, time, known))
            : frame.Fail(EvaluationErrors.With(EvaluationErrors.NoZone, name));
    }
}
