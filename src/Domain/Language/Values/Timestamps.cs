using System.Globalization;

namespace Engagement.Domain.Language.Values;

/// <summary>Which part of a date or time an accessor asks for, coarse to fine.</summary>
internal enum TimeField : byte { FullYear, Month, DayOfYear, DayOfMonth, Date, DayOfWeek, Hours, Minutes, Seconds, Milliseconds }

/// <summary>Instants from 0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999999Z.</summary>
internal static class Timestamps
{
    private const long MinSeconds = -62_135_596_800;
    private const long MaxSeconds = 253_402_300_799;
    private const int CycleYears = 400;
    private const long CycleSeconds = 146_097L * 86_400;

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

    /// <summary>A part of the date or time that it is in a zone. The first and the last hours of the range may lie in the years 0 and 10000 there.</summary>
    public static long Field(TimeField field, in CelValue timestamp, Zone zone)
    {
        var local = timestamp.Seconds + zone.OffsetSeconds(timestamp.Seconds);
        if (IsInRange(local))
        {
            return Field(field, At(local), timestamp.Nanos);
        }

        // The calendar repeats, weekdays included.
        var (cycle, years) = local < MinSeconds ? (CycleSeconds, -CycleYears) : (-CycleSeconds, CycleYears);
        return Field(field, At(local + cycle), timestamp.Nanos) + (field == TimeField.FullYear ? years : 0);
    }

    /// <summary>Beyond the range: its end.</summary>
    public static DateTime At(long seconds) => DateTime.UnixEpoch.AddTicks(Math.Clamp(seconds, MinSeconds, MaxSeconds) * TimeSpan.TicksPerSecond);

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
            || !Digits.TryParse(text[1..3], out var hours) || !Digits.TryParse(text[4..], out var minutes)
            || hours > 23 || minutes > 59)
        {
            return false;
        }

        seconds = ((hours * 60) + minutes) * (text[0] == '-' ? -60 : 60);
        return true;
    }
}
