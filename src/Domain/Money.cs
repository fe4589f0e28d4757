using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Engagement.Domain;

/// <summary>Money is a whole number of fen, quantities and prices whole ten-thousandths; never a binary float.</summary>
public static class Money
{
    /// <summary>Ten-thousandths: the unit of quantities, prices and the values of metrics.</summary>
    public const int Scale4 = 10_000;

    /// <summary>The greatest amount taken, in fen: ten trillion yuan. It keeps every sum of a client within a <see cref="long"/>.</summary>
    public const long FenMax = 1_000_000_000_000_000;

    /// <summary>Reads a JSON number with at most two decimals as fen.</summary>
    public static bool TryReadFen(JsonElement number, out long fen) => TryRead(number, 100, FenMax, out fen);

    /// <summary>Reads a JSON number with at most four decimals as ten-thousandths.</summary>
    public static bool TryRead4(JsonElement number, out long value) => TryRead(number, Scale4, FenMax, out value);

    /// <summary>Quantity times price, both in ten-thousandths, rounded half to even to the fen.</summary>
    public static long AmountFen(long quantity4, long price4) => (long)DivideHalfEven((Int128)quantity4 * price4, 1_000_000);

    /// <summary>Fen as yuan for an expression.</summary>
    public static double Yuan(long fen) => fen / 100.0;

    /// <summary>Fen as the decimal that goes into JSON, without trailing zeros.</summary>
    public static decimal Decimal(long fen) => Trim(fen, 2);

    /// <summary>Ten-thousandths as the decimal that goes into JSON, without trailing zeros.</summary>
    public static decimal Decimal4(long value) => Trim(value, 4);

    /// <summary>A double rounded half to even to ten-thousandths, bounded so that sums cannot overflow; false where it is no number.</summary>
    public static bool TryRound4(double value, out long rounded)
    {
        rounded = 0;
        if (!double.IsFinite(value))
        {
            return false;
        }

        if (Math.Abs(value) >= 1e13)
        {
            rounded = value > 0 ? (long)1e17 : (long)-1e17;
            return true;
        }

        // Through decimal, so that 0.00005 is the number that was written and not its nearest binary neighbour. The conversion
        // keeps 15 digits, which is less than four decimals of what is very large.
        var written = Math.Abs(value) < 1e10 ? (decimal)value : decimal.Parse(value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);
        rounded = (long)Math.Round(written * Scale4, 0, MidpointRounding.ToEven);
        return true;
    }

    /// <summary>A sum that stops at the ends of its range instead of turning round.</summary>
    public static long AddSaturating(long a, long b)
    {
        var sum = unchecked(a + b);
        return ((a ^ sum) & (b ^ sum)) < 0 ? (a < 0 ? long.MinValue : long.MaxValue) : sum;
    }

    private static decimal Trim(long value, byte scale)
    {
        while (scale > 0 && value % 10 == 0)
        {
            value /= 10;
            scale--;
        }

        return new decimal((int)(ulong)Math.Abs(value), (int)((ulong)Math.Abs(value) >> 32), 0, value < 0, scale);
    }

    /// <summary>Reads the text of a JSON number with at most two decimals as fen.</summary>
    public static bool TryReadFen(ReadOnlySpan<byte> utf8, out long fen) => TryRead(utf8, 100, FenMax, out fen);

    /// <summary>Reads the text of a JSON number with at most four decimals as ten-thousandths.</summary>
    public static bool TryRead4(ReadOnlySpan<byte> utf8, out long value) => TryRead(utf8, Scale4, FenMax, out value);

    private static bool TryRead(JsonElement number, int scale, long max, out long value)
    {
        value = 0;
        return number.ValueKind == JsonValueKind.Number && TryRead(JsonMarshal.GetRawUtf8Value(number), scale, max, out value);
    }

    private static bool TryRead(ReadOnlySpan<byte> utf8, int scale, long max, out long value)
    {
        value = 0;
        if (!decimal.TryParse(utf8, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed)
            || Math.Abs(parsed) > max)
        {
            return false;
        }

        var scaled = parsed * scale;
        if (scaled != decimal.Truncate(scaled) || Math.Abs(scaled) > max)
        {
            return false;
        }

        value = (long)scaled;
        return true;
    }

    private static Int128 DivideHalfEven(Int128 value, Int128 by)
    {
        var (quotient, rest) = Int128.DivRem(value, by);
        var twice = Int128.Abs(rest) * 2;
        return twice > by || (twice == by && !Int128.IsEvenInteger(quotient)) ? quotient + Int128.Sign(value) : quotient;
    }
}
