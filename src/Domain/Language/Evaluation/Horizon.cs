using Engagement.Domain.Language.Syntax;
using Engagement.Domain.Language.Values;

namespace Engagement.Domain.Language.Evaluation;

/// <summary>When time alone changes an answer. Engine instants are whole milliseconds; <see cref="long.MaxValue"/> is never.</summary>
internal static class Horizon
{
    private const long NanosAMs = 1_000_000;
    private const long DaySeconds = 86_400;
    private const long HourSeconds = 3_600;

    /// <summary>An edge beyond a century is as good as never: it only keeps the due times short.</summary>
    private const long CenturyMs = 100L * 366 * DaySeconds * 1000;

    /// <summary>Nanoseconds, some 146 years: whole milliseconds, so that nothing far away seems to be never equal.</summary>
    private const long Farthest = 4_600_000_000_000 * NanosAMs;

    /// <summary>Zones change their offset for at least this long, so that samples this far apart miss no change.</summary>
    private const long SampleSeconds = 5 * DaySeconds;

    /// <summary>Changes of a part looked through for the one that matters: every day of a year. Beyond, a wake-up that is too early.</summary>
    private const int FieldSteps = 400;

    /// <summary>When <c>difference op 0</c> turns, where the difference moves by a millisecond each millisecond.</summary>
    /// <param name="factor">+1: it grows; -1: it shrinks.</param>
    /// <param name="nanos">The difference now.</param>
    public static long Turn(long nowMs, BinaryOperator op, int factor, Int128 nanos) =>
        Turn(nowMs, op, factor, nanos > Farthest ? Farthest : nanos < -Farthest ? -Farthest : (long)nanos);

    /// <summary>The same in 64 bits, which is much faster; what turns further away than a century is looked at again after one.</summary>
    private static long Turn(long nowMs, BinaryOperator op, int factor, long nanos)
    {
        // A shrinking difference is a growing one seen from the other side.
        var growing = factor > 0 ? nanos : -nanos;
        var mirrored = factor > 0 ? op : op switch
        {
            BinaryOperator.Less => BinaryOperator.Greater,
            BinaryOperator.LessEqual => BinaryOperator.GreaterEqual,
            BinaryOperator.Greater => BinaryOperator.Less,
            BinaryOperator.GreaterEqual => BinaryOperator.LessEqual,
            _ => op,
        };
        switch (mirrored)
        {
            case BinaryOperator.Greater or BinaryOperator.LessEqual:
                return growing > 0 ? long.MaxValue : Later(nowMs, WholeMs(-growing) + 1);
            case BinaryOperator.GreaterEqual or BinaryOperator.Less:
                return growing >= 0 ? long.MaxValue : Later(nowMs, WholeMs(-growing + NanosAMs - 1));
            default:
                return growing == 0 ? nowMs + 1
                    : growing < 0 && growing % NanosAMs == 0 ? Later(nowMs, WholeMs(-growing))
                    : long.MaxValue;
        }
    }

    /// <summary>When a moving duration leaves the range of 64 bits of nanoseconds, or comes back into it.</summary>
    public static long RangeEdge(long nowMs, int factor, Int128 nanos)
    {
        if (factor == 0)
        {
            return long.MaxValue;
        }

        // Growing towards the upper edge; shrinking is the same seen from the other side.
        var (growing, low, high) = factor > 0 ? (nanos, (Int128)long.MinValue, (Int128)long.MaxValue) : (-nanos, -(Int128)long.MaxValue, -(Int128)long.MinValue);
        var edge = growing < low ? Later(nowMs, WholeMs(low - growing + NanosAMs - 1))
            : growing <= high ? Later(nowMs, WholeMs(high - growing) + 1)
            : long.MaxValue;
        return edge - nowMs > CenturyMs ? long.MaxValue : edge;
    }

    /// <summary>When a part of a date or time, coarser than a minute, next comes into a range or goes out of it.</summary>
    /// <param name="instant">The instant that is asked now; it moves with <c>now</c>.</param>
    /// <param name="range">Ends included.</param>
    public static long FieldChange(long nowMs, TimeField field, in CelValue instant, Zone zone, (double Least, double Most) range)
    {
        if (NeverTurns(field, range))
        {
            return long.MaxValue;
        }

        var before = Timestamps.Field(field, instant, zone);
        var seconds = instant.Seconds;
        for (var step = 1; ; step++)
        {
            var offset = zone.OffsetSeconds(seconds);
            var boundary = Boundary(field, seconds + offset);
            if (boundary == long.MaxValue)
            {
                return long.MaxValue;
            }

            boundary -= offset;
            var next = FirstShift(zone, seconds, boundary) ?? boundary;
            if (Inside(Timestamps.Field(field, CelValue.Timestamp(next, 0), zone)) != Inside(before) || step == FieldSteps)
            {
                var ahead = ((Int128)next * 1_000_000_000) - CelArithmetic.TimestampNanos(instant);
                return Later(nowMs, WholeMs(ahead + NanosAMs - 1));
            }

            seconds = next;
        }

        bool Inside(long part) => part >= range.Least && part <= range.Most;
    }

    /// <summary>All that the part can be lies on one side.</summary>
    private static bool NeverTurns(TimeField field, (double Least, double Most) range)
    {
        var (low, high) = field switch
        {
            TimeField.FullYear => (1, 9999),
            TimeField.Month => (0, 11),
            TimeField.DayOfYear => (0, 365),
            TimeField.DayOfMonth => (0, 30),
            TimeField.Date => (1, 31),
            TimeField.DayOfWeek => (0, 6),
            _ => (0, 23),
        };
        var (least, most) = (Math.Ceiling(range.Least), Math.Floor(range.Most));
        return least > most || least > high || most < low || (least <= low && most >= high);
    }

    /// <summary>The first local second of the next year, month, day or hour.</summary>
    private static long Boundary(TimeField field, long local)
    {
        var length = field == TimeField.Hours ? HourSeconds : DaySeconds;
        if (!Timestamps.IsInRange(local) || !Timestamps.IsInRange(local + length))
        {
            return long.MaxValue;
        }

        if (field is not (TimeField.FullYear or TimeField.Month))
        {
            return (Shanghai.FloorDiv(local, length) + 1) * length;
        }

        var time = Timestamps.At(local);
        return time.Year == 9999 ? long.MaxValue
            : field == TimeField.FullYear ? Timestamps.Seconds(new DateTime(time.Year + 1, 1, 1, 0, 0, 0, DateTimeKind.Utc))
            : Timestamps.Seconds(new DateTime(time.Year, time.Month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(1));
    }

    /// <summary>The first second after <paramref name="from"/>, up to <paramref name="to"/>, at which the zone's offset changes.</summary>
    private static long? FirstShift(Zone zone, long from, long to)
    {
        if (zone.IsFixedFrom(from))
        {
            return null;
        }

        var offset = zone.OffsetSeconds(from);
        for (var low = from; low < to; low += SampleSeconds)
        {
            var high = Math.Min(low + SampleSeconds, to);
            if (zone.OffsetSeconds(high) == offset)
            {
                continue;
            }

            while (high - low > 1)
            {
                var middle = low + ((high - low) / 2);
                (low, high) = zone.OffsetSeconds(middle) == offset ? (middle, high) : (low, middle);
            }

            return high;
        }

        return null;
    }

    /// <summary>A division of 128 bits takes as long as all the rest, and is seldom needed.</summary>
    private static Int128 WholeMs(Int128 nanos) => nanos <= long.MaxValue ? (long)nanos / NanosAMs : nanos / NanosAMs;

    private static long Later(long nowMs, Int128 ms) => ms > long.MaxValue - nowMs ? long.MaxValue : nowMs + (long)ms;
}
