namespace Engagement.Domain.Language.Values;

/// <summary>A time zone: an IANA name such as <c>Asia/Shanghai</c>, or a fixed offset such as <c>+08:00</c>.</summary>
internal sealed class Zone
{
    public static readonly Zone Utc = new(null, 0, long.MinValue);

    private const string BusinessZone = "Asia/Shanghai";

    /// <summary>1992-01-01: the last summer time of China was that of 1991.</summary>
    private const long BusinessZoneFixedFrom = 694_224_000;

    private readonly TimeZoneInfo? rules;
    private readonly int offsetSeconds;
    private readonly long fixedFrom;

    private Zone(TimeZoneInfo? rules, int offsetSeconds, long fixedFrom) => (this.rules, this.offsetSeconds, this.fixedFrom) = (rules, offsetSeconds, fixedFrom);

    /// <summary>Does the offset stay the same from an instant on?</summary>
    public bool IsFixedFrom(long seconds) => seconds >= fixedFrom;

    public static bool TryParse(string text, out Zone zone)
    {
        zone = Utc;
        if (text is "UTC" or "")
        {
            return true;
        }

        if (!text.Contains(':'))
        {
            // A path such as ../x would be looked up on the disk, and right/… counts leap seconds.
            var named = text.Length <= 64 && !text.Contains("..", StringComparison.Ordinal) && char.IsAsciiLetter(text[0])
                && !text.StartsWith("right/", StringComparison.Ordinal) && !text.StartsWith("posix/", StringComparison.Ordinal);
            TimeZoneInfo? found = null;
            if (!named || (!(TimeZoneInfo.TryFindSystemTimeZoneById(text, out found) && found.HasIanaId) && text != BusinessZone))
            {
                return false;
            }

            // The business zone works on a machine without zone data too.
            zone = text != BusinessZone ? new(found, 0, long.MaxValue)
                : new(found, 8 * 3600, found is null ? long.MinValue : BusinessZoneFixedFrom);
            return true;
        }

        var negative = text[0] == '-';
        var parts = (text[0] is '+' or '-' ? text[1..] : text).Split(':');
        if (parts.Length != 2 || !TryDigits(parts[0], 23, out var hours) || !TryDigits(parts[1], 59, out var minutes))
        {
            return false;
        }

        var seconds = ((hours * 60) + minutes) * 60;
        zone = new(null, negative ? -seconds : seconds, long.MinValue);
        return true;
    }

    /// <summary>How far local time is ahead of UTC at an instant, in seconds.</summary>
    public int OffsetSeconds(long seconds) =>
        IsFixedFrom(seconds) ? offsetSeconds : (int)rules!.GetUtcOffset(Timestamps.At(seconds)).TotalSeconds;

    private static bool TryDigits(string text, int max, out int value) => Digits.TryParse(text, out value) && text.Length <= 2 && value <= max;
}
