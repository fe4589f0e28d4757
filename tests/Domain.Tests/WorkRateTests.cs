namespace Engagement.Domain.Tests;

public sealed class WorkRateTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(500, 1)]
    [InlineData(1_001, 2)]
    [InlineData(12_000, 12)]
    [InlineData(1_000_000, 30)]
    public void SecondsFor_AtAThousandASecond_IsWhatItTakes(long waiting, int seconds)
    {
        var rate = new WorkRate();
        for (var i = 0; i < 100; i++)
        {
            rate.Worked(100, TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(seconds, rate.SecondsFor(waiting));
    }

    [Fact]
    public void SecondsFor_AfterTheWorkHasSlowedDown_FollowsIt()
    {
        var rate = new WorkRate();
        rate.Worked(100_000, TimeSpan.FromSeconds(10));
        Assert.Equal(1, rate.SecondsFor(10_000));
        for (var i = 0; i < 60; i++)
        {
            rate.Worked(1_000, TimeSpan.FromSeconds(1));
        }

        Assert.InRange(rate.SecondsFor(10_000), 9, 10);
    }

    [Fact]
    public void SecondsFor_WhileNothingMoves_IsAsLongAgain()
    {
        var rate = new WorkRate();
        Assert.Equal(WorkRate.SecondsMin, rate.SecondsFor(1_000));
        rate.Worked(0, TimeSpan.FromSeconds(5));
        Assert.Equal(5, rate.SecondsFor(1));
    }
}
