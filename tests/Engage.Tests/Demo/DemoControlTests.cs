using Engagement.Engage.Demo;

namespace Engagement.Engage.Tests.Demo;

public sealed class DemoControlTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly DemoControl _control = new();

    [Fact]
    public void Turn_Running_PlaysAtTheSpeed()
    {
        _control.Speed(2);

        Assert.Equal(200, _control.Turn(Tick));
    }

    [Fact]
    public void Turn_AfterALongGap_StretchesTheDay() => Assert.Equal(1_000, _control.Turn(TimeSpan.FromMinutes(5)));

    [Fact]
    public void Turn_Paused_PlaysStepsOnly()
    {
        _control.Pause();
        Assert.Equal(0, _control.Turn(Tick));

        _control.Step();
        Assert.Equal(MarketClock.StepMs, _control.Turn(Tick));
        Assert.Equal(0, _control.Turn(Tick));

        _control.Resume();
        Assert.Equal(100, _control.Turn(Tick));
    }

    [Theory]
    [InlineData(0, DemoControl.SpeedMin)]
    [InlineData(1e9, DemoControl.SpeedMax)]
    public void Speed_OutOfRange_IsTheNearestAllowed(double asked, double given)
    {
        _control.Speed(asked);

        Assert.Equal(given, _control.Status.Speed);
    }
}
