using Engagement.Domain.Segments;

namespace Engagement.Domain.Campaigns;

/// <summary>When a policy lets prompts out.</summary>
internal static class PolicyWindow
{
    /// <summary>The first instant from <paramref name="nowMs"/> on at which the window is open: now itself where it is.</summary>
    public static long OpensMs(Policy policy, long nowMs)
    {
        var at = nowMs;
        // Each turn passes at least the rest of a quiet span or of a day; a year without a trading day does not exist.
        for (var turn = 0; turn < 1_000; turn++)
        {
            var day = Shanghai.Day(at);
            if (policy.TradingDaysOnly && !TradingCalendar.IsTradingDay(day))
            {
                at = Shanghai.StartMs(day + 1);
                continue;
            }

            var (from, to, minute) = (policy.QuietFromMinute, policy.QuietToMinute, Shanghai.MinuteOfDay(at));
            if (from < 0 || from == to)
            {
                return at;
            }

            if (from < to ? minute >= from && minute < to : minute >= from || minute < to)
            {
                // [from, to): the span that began today after `from` ends tomorrow where it goes over midnight.
                var ends = from > to && minute >= from ? day + 1 : day;
                at = Shanghai.StartMs(ends) + (to * Shanghai.MinuteMs);
                continue;
            }

            return at;
        }

        return at;
    }
}
