using System.Globalization;

namespace Engagement.Domain.Language.Values;

/// <summary>Which part of a date or time an accessor asks for, coarse to fine.</summary>
internal enum TimeField : byte { FullYear, Month, DayOfYear, DayOfMonth, Date, DayOfWeek, Hours, Minutes, Seconds, Milliseconds }

/// <summary>Instants from 0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999999Z.</summary>
internal static class Timestamps
{
    private const long MinSeconds = -62_135_596_800;
    private const long MaxSeconds = 253_402_300_799;

    public static bool IsInRange(long seconds) => seconds is >= MinSeconds and <= MaxSeconds;

    /// <summary>Reads RFC 3339; digits below the nanosecond are cut.</summary>
    public static bool TryParse(string text, out CelValue timestamp)
    {
        timestamp = default;
        if (text.Length < 20
            || !DateTime.TryParseExact(text.AsSpan(0, 19), "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var local))
        {
            return false;
        }

        var at = 19;
        var nanos = 0;
        if (text[at] == '.')
        {
            var unit = 100_000_000;
            for (at++; at < text.Length && char.IsAsciiDigit(text[at]); at++, unit /= 10)
            {
                nanos += (text[at] - '0') * unit;
            }

            if (at == 20)
            {
                return false;
            }
        }

        if (!TryOffset(text.AsSpan(at), out var offset))
        {
            return false;
        }

        var seconds = Seconds(local) - offset;
        timestamp = CelValue.Timestamp(seconds, nanos);
        return IsInRange(seconds);
    }

    /// <summary>RFC 3339 in UTC, with as many digits below the second as are needed.</summary>
    public static string Text(in CelValue timestamp)
    {
        var text = At(timestamp.Seconds).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        return timestamp.Nanos == 0 ? text + "Z" : $"{text}.{timestamp.Nanos.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0')}Z";
    }

    public static bool TryField(TimeField field, in CelValue timestamp, Zone zone, out long value)
    {
        var local = timestamp.Seconds + zone.OffsetSeconds(timestamp.Seconds);
        value = IsInRange(local) ? Field(field, At(local), timestamp.Nanos) : 0;
        return IsInRange(local);
    }

    public static DateTime At(long seconds) => DateTime.UnixEpoch.AddTicks(seconds * TimeSpan.TicksPerSecond);

    public static long Seconds(DateTime time) => (time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond;

    private static long Field(TimeField field, DateTime local, int nanos) => field switch
    {
        TimeField.FullYear => local.Year,
        TimeField.Month => local.Month - 1,
        TimeField.DayOfYear => local.DayOfYear - 1,
        TimeField.DayOfMonth => local.Day - 1,
        TimeField.Date => local.Day,
        TimeField.DayOfWeek => (int)local.DayOfWeek,
        TimeField.Hours => local.Hour,
        TimeField.Minutes => local.Minute,
        TimeField.Seconds => local.Second,
        _ => nanos / 1_000_000,
    };

    private static bool TryOffset(ReadOnlySpan<char> text, out int seconds)
    {
        seconds = 0;
        if (text is "Z" or "z")
        {
            return true;
        }

        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':'
            || !int.TryParse(text[1..3], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(text[4..], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            || hours > 23 || minutes > 59)
        {
            return false;
        }

        seconds = ((hours * 60) + minutes) * (text[0] == '-' ? -60 : 60);
        return true;
    }
}
