using Engagement.Contracts.Storage;
using Engagement.Domain;
using Engagement.Domain.Map;
using Engagement.Domain.Segments;

namespace Engagement.Gateway.Map;

/// <summary>What was counted minute by minute: of today as it is stored now, and of the same minutes of the last trading days, which are kept.</summary>
public sealed class MapMinutes(IMapQueries queries)
{
    /// <summary>Minutes of a day whose past is kept in memory.</summary>
    private const int PastMax = 512;

    private SemaphoreSlim Gate { get; } = new(1, 1);
    private readonly Dictionary<int, IReadOnlyList<MapTally>> past = [];
    private int pastOfDay;

    /// <summary>The last minutes up to now, in order.</summary>
    public async Task<IReadOnlyList<MapTally>> Last(long nowMs, int minutes)
    {
        var now = MapTurn.MinuteOf(nowMs);
        var found = await Read([new(now - minutes + 1, now)]);
        return [.. Enumerable.Range(now - minutes + 1, minutes).Select(m => found.GetValueOrDefault(m) ?? new())];
    }

    /// <summary>A minute, and the same of the last trading days before its day, as far as anything was counted then; empty: no day is known.</summary>
    public async Task<IReadOnlyList<MapTally>> Past(int minute)
    {
        await Gate.WaitAsync();
        try
        {
            var day = Shanghai.Day(minute * Shanghai.MinuteMs);
            if (day != pastOfDay || past.Count >= PastMax)
            {
                past.Clear();
                pastOfDay = day;
            }

            if (!past.TryGetValue(minute, out var tallies))
            {
                past.Add(minute, tallies = await ReadPast(minute, day));
            }

            return tallies;
        }
        finally
        {
            Gate.Release();
        }
    }

    private async Task<IReadOnlyList<MapTally>> ReadPast(int minute, int day)
    {
        var first = await queries.FirstMinute() is { } counted ? Shanghai.Day(counted * Shanghai.MinuteMs) : int.MaxValue;
        var from = Math.Max(first, TradingCalendar.StartOfLast(Surge.Days, day - 1));
        List<int> days = [.. Enumerable.Range(from, Math.Max(0, day - from)).Where(TradingCalendar.IsTradingDay)];
        List<int> minutes = days.ConvertAll(d => minute - ((day - d) * (int)(Shanghai.DayMs / Shanghai.MinuteMs)));
        var found = minutes.Count == 0 ? [] : await Read(minutes.ConvertAll(m => new MinuteSpan(m, m)));
        return minutes.ConvertAll(m => found.GetValueOrDefault(m) ?? new());
    }

    private async Task<Dictionary<int, MapTally>> Read(IReadOnlyCollection<MinuteSpan> spans)
    {
        Dictionary<int, MapTally> tallies = [];
        foreach (var (minute, written) in await queries.ReadMinutes(spans))
        {
            if (!tallies.TryGetValue(minute, out var tally))
            {
                tallies.Add(minute, tally = new());
            }

            tally.Read(written);
        }

        return tallies;
    }
}
