using Engagement.Domain.Campaigns;

namespace Engagement.Domain.Tests.Clients;

public sealed class PlacesAndTimesTests
{
    [Theory]
    [InlineData("2026-03-02T20:59:59+08:00", "2026-03-02T12:59:59Z")]
    [InlineData("2026-03-02T21:00:00+08:00", "2026-03-03T01:00:00Z")]
    [InlineData("2026-03-03T08:59:59+08:00", "2026-03-03T01:00:00Z")]
    [InlineData("2026-03-03T09:00:00+08:00", "2026-03-03T01:00:00Z")]
    public void Quiet_OverMidnight_OpensAtItsEnd(string now, string opens)
    {
        Assert.True(Rfc3339.TryParse(now, out var ms));
        Assert.Equal(opens, Rfc3339.Format(PolicyWindow.OpensMs(Policy.None with { QuietFromMinute = 21 * 60, QuietToMinute = 9 * 60 }, ms)));
    }

    [Theory]
    [InlineData(5_000, 1, 0)]
    [InlineData(15_000, 100, 2)]
    [InlineData(25_000, 100, 2)]
    [InlineData(25_001, 100, 3)]
    public void Amount_AtHalfAFen_GoesToTheEven(long quantity4, long price4, long fen) => Assert.Equal(fen, Money.AmountFen(quantity4, price4));

    [Theory]
    [InlineData("2026-03-02T10:00:00.1239+08:00", "2026-03-02T02:00:00.123Z")]
    [InlineData("2026-03-02T10:00:00", null)]
    [InlineData("2026-02-29T10:00:00Z", null)]
    [InlineData("2026-03-02T10:00:60Z", null)]
    public void Time_AsText_IsReadToTheMillisecond(string text, string? expected) =>
        Assert.Equal(expected, Rfc3339.TryParse(text, out var ms) ? Rfc3339.Format(ms) : null);
}
