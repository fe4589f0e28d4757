using Engagement.Engage.Surge;

namespace Engagement.Engage.Tests.Surge;

public sealed class ProfileTests
{
    private static Profile Read(string yaml)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, yaml);
            return Profile.Read(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Surge_ThatIsBuiltIn_OpensAccountsTenTimesAsOftenForFiveMinutes()
    {
        var profile = Profile.Read("surge");
        Assert.Equal([3.3, 33, 33, 3.3], new[] { 119, 120, 419, 420 }.Select(s => Math.Round(profile.Rate("account.opened", s), 3)));
        Assert.Equal(profile.Rate("trade.executed", 0), profile.Rate("trade.executed", 200));
    }

    [Fact]
    public void OpeningHalfHour_ThatIsBuiltIn_HasOneSecondAMinuteOfFiveTimes()
    {
        var profile = Profile.Read("opening-half-hour");
        Assert.Equal(1_800, profile.Seconds);
        Assert.Equal(30, Enumerable.Range(0, 1_800).Count(s => profile.Rate("trade.executed", s) == 75_000));
        Assert.Equal(1_770, Enumerable.Range(0, 1_800).Count(s => profile.Rate("trade.executed", s) == 15_000));
    }

    [Theory]
    [InlineData("seconds: 0\nrates: { app.active: 1 }", "seconds must be")]
    [InlineData("seconds: 1", "rates is missing")]
    [InlineData("seconds: 1\nrates: { app.opened: 1 }", "'app.opened' is none of")]
    [InlineData("seconds: 1\nrates: { app.active: -1 }", "below 0")]
    [InlineData("seconds: 2\nrates: { app.active: 500000 }\nchanges: [ { from: 1, seconds: 1, times: 2 } ]", "all rates together")]
    [InlineData("seconds: 2\nrates: { app.active: 5 }\nchanges: [ { from: 1, seconds: 10, every: 5, times: 2 } ]", "every not below seconds")]
    [InlineData("seconds: 2\nrate: { app.active: 5 }", "'rate' not found")]
    public void Profile_ThatCannotBe_IsRefused(string yaml, string said) =>
        Assert.Contains(said, Assert.Throws<CommandException>(() => Read(yaml)).Message, StringComparison.Ordinal);
}
