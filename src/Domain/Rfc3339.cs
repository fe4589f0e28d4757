using System.Globalization;

namespace Engagement.Domain;

/// <summary>Instants as RFC 3339 text. Inside they are milliseconds since 1970-01-01T00:00:00Z; finer digits are cut.</summary>
public static class Rfc3339
{
    /// <summary>Parses <c>2024-10-08T09:31:24.5+08:00</c>. A zone is required; a leap second is refused.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long ms)
    {
        ms = 0;
        if (text.Length < 20 || text[4] != '-' || text[7] != '-' || (text[10] | 0x20) != 't' || text[13] != ':' || text[16] != ':'
            || !Digits.TryParse(text[..4], out var year) || !Digits.TryParse(text[5..7], out var month) || !Digits.TryParse(text[8..10], out var day)
            || !Digits.TryParse(text[11..13], out var hour) || !Digits.TryParse(text[14..16], out var minute) || !Digits.TryParse(text[17..19], out var second)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        var rest = text[19..];
        var fraction = 0;
        if (rest[0] == '.')
        {
            var digits = 1;
            while (digits < rest.Length && char.IsAsciiDigit(rest[digits]))
            {
                fraction = digits <= 3 ? (fraction * 10) + (rest[digits] - '0') : fraction;
                digits++;
            }

            if (digits == 1)
            {
                return false;
            }

            for (var i = digits; i <= 3; i++)
            {
                fraction *= 10;
            }

            rest = rest[digits..];
        }

        var offsetMinutes = 0;
        if (rest.Length == 6 && rest[0] is '+' or '-')
        {
            if (rest.Length != 6 || rest[3] != ':' || !Digits.TryParse(rest[1..3], out var h) || !Digits.TryParse(rest[4..6], out var m) || h > 23 || m > 59)
            {
                return false;
            }

            offsetMinutes = ((h * 60) + m) * (rest[0] == '-' ? -1 : 1);
        }
        else if (rest.Length != 1 || (rest[0] | 0x20) != 'z')
        {
            return false;
        }

        var ticks = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks;
        ms = ((ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond) + fraction - (offsetMinutes * 60_000L);
        return true;
    }

    /// <summary>Formats an instant in UTC; the fraction is left out where it is zero.</summary>
    public static string Format(long ms)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(ms);
        return time.ToString(time.Millisecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    }

    /// <summary>Parses <c>2024-10-08</c>.</summary>
    public static bool TryParseDate(ReadOnlySpan<char> text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
}
