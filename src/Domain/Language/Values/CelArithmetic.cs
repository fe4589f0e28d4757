using Engagement.Domain.Language.Syntax;

namespace Engagement.Domain.Language.Values;

/// <summary>Checked arithmetic. The error is null where it went well.</summary>
internal static class CelArithmetic
{
    private const int NanosASecond = 1_000_000_000;

    /// <param name="work">Lowered by the length of a string or list that is built.</param>
    public static string? Apply(BinaryOperator op, in CelValue a, in CelValue b, ref int work, out CelValue result)
    {
        switch (a.Kind, b.Kind)
        {
            case (CelKind.Int, CelKind.Int):
                var error = Apply(op, a.AsInt, b.AsInt, out var whole);
                result = CelValue.Of(whole);
                return error;
            case (CelKind.Double, CelKind.Double) when op != BinaryOperator.Remainder:
                result = CelValue.Of(Apply(op, a.AsDouble, b.AsDouble));
                return null;
            case (CelKind.String, CelKind.String) when op == BinaryOperator.Add:
                return Concat(a.AsString, b.AsString, ref work, out result);
            case (CelKind.List, CelKind.List) when op == BinaryOperator.Add:
                return Concat(a.AsList, b.AsList, ref work, out result);
            case (CelKind.Timestamp, CelKind.Duration) when op is BinaryOperator.Add or BinaryOperator.Subtract:
                return Move(a, DurationNanos(b), op == BinaryOperator.Add ? 1 : -1, out result);
            case (CelKind.Duration, CelKind.Timestamp) when op == BinaryOperator.Add:
                return Move(b, DurationNanos(a), 1, out result);
            case (CelKind.Timestamp, CelKind.Timestamp) when op == BinaryOperator.Subtract:
                return Duration(TimestampNanos(a) - TimestampNanos(b), out result);
            case (CelKind.Duration, CelKind.Duration) when op == BinaryOperator.Add:
                return Duration((Int128)DurationNanos(a) + DurationNanos(b), out result);
            case (CelKind.Duration, CelKind.Duration) when op == BinaryOperator.Subtract:
                return Duration((Int128)DurationNanos(a) - DurationNanos(b), out result);
            default:
                result = default;
                return EvaluationErrors.NoOverload;
        }
    }

    public static double Apply(BinaryOperator op, double a, double b) => op switch
    {
        BinaryOperator.Add => a + b,
        BinaryOperator.Subtract => a - b,
        BinaryOperator.Multiply => a * b,
        _ => a / b,
    };

    public static string? Apply(BinaryOperator op, long a, long b, out long result)
    {
        Int128 exact;
        result = 0;
        switch (op)
        {
            case BinaryOperator.Add:
                exact = (Int128)a + b;
                break;
            case BinaryOperator.Subtract:
                exact = (Int128)a - b;
                break;
            case BinaryOperator.Multiply:
                exact = (Int128)a * b;
                break;
            case var _ when b == 0:
                return EvaluationErrors.DivisionByZero;
            case var _ when a == long.MinValue && b == -1:
                return EvaluationErrors.Overflow;
            default:
                exact = op == BinaryOperator.Divide ? a / b : a % b;
                break;
        }

        result = unchecked((long)exact);
        return exact == result ? null : EvaluationErrors.Overflow;
    }

    public static Int128 TimestampNanos(in CelValue timestamp) => ((Int128)timestamp.Seconds * NanosASecond) + timestamp.Nanos;

    /// <summary>A duration is one int64 of nanoseconds, roughly 290 years either way.</summary>
    public static long DurationNanos(in CelValue duration) => unchecked((duration.Seconds * NanosASecond) + duration.Nanos);

    public static string? Duration(Int128 nanos, out CelValue result)
    {
        var fits = nanos >= long.MinValue && nanos <= long.MaxValue;
        var (seconds, rest) = Math.DivRem(fits ? (long)nanos : 0, NanosASecond);
        result = CelValue.Duration(seconds, (int)rest);
        return fits ? null : EvaluationErrors.Overflow;
    }

    private static string? Move(in CelValue timestamp, long nanos, int sign, out CelValue result)
    {
        var exact = TimestampNanos(timestamp) + ((Int128)nanos * sign);
        var (seconds, rest) = Int128.DivRem(exact, NanosASecond);
        if (rest < 0)
        {
            (seconds, rest) = (seconds - 1, rest + NanosASecond);
        }

        result = CelValue.Timestamp((long)seconds, (int)rest);
        return Timestamps.IsInRange((long)seconds) ? null : EvaluationErrors.Overflow;
    }

    private static string? Concat(string a, string b, ref int work, out CelValue result)
    {
        work -= a.Length + b.Length;
        result = work < 0 ? default : CelValue.Of(a + b);
        return work < 0 ? EvaluationErrors.TooMuchWork : null;
    }

    private static string? Concat(IReadOnlyList<CelValue> a, IReadOnlyList<CelValue> b, ref int work, out CelValue result)
    {
        work -= a.Count + b.Count;
        result = work < 0 ? default : CelValue.Of([.. a, .. b]);
        return work < 0 ? EvaluationErrors.TooMuchWork : null;
    }
}
