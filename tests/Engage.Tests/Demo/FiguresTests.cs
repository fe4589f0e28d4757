using Engagement.Engage.Demo;

namespace Engagement.Engage.Tests.Demo;

public sealed class FiguresTests
{
    [Fact]
    public void Figures_FirstDayOfTrading_AreThePublishedBars()
    {
        var bank = Figures.Default.Instruments.Single(i => i.Symbol == "000001");
        var day = Figures.Default.Days.IndexOf(new(2024, 10, 8));

        Assert.Equal(new Bar(12.09m, 12.09m, 11.11m, 11.59m, 588_897_778), bank.Bars[day]);
        Assert.False(bank.Made);
    }

    [Fact]
    public void Figures_Shares_AddUpToOne()
    {
        Assert.Equal(1.0, Figures.Default.VolumeCurve.Sum(p => p.Share), 9);
        Assert.Equal(1.0, Figures.Default.AccountSizes.Sum(b => b.Share), 2);
        Assert.Equal(Figures.Default.Days.Length, Figures.Default.NewAccounts.Length);
    }

    [Fact]
    public void Figures_EveryBar_HoldsItsOpenAndClose()
    {
        Assert.All(Figures.Default.Instruments, instrument =>
        {
            Assert.Equal(Figures.Default.Days.Length, instrument.Bars.Length);
            Assert.All(instrument.Bars, bar =>
            {
                Assert.InRange(bar.Open, bar.Low, bar.High);
                Assert.InRange(bar.Close, bar.Low, bar.High);
            });
        });
    }

    [Fact]
    public void PricePath_WholeDay_StaysWithinTheBarAndMeetsItsEnds()
    {
        foreach (var instrument in Figures.Default.Instruments)
        {
            for (var day = 0; day < instrument.Bars.Length; day++)
            {
                var bar = instrument.Bars[day];
                Assert.Equal(bar.Open, PricePath.At(instrument, day, 0));
                Assert.Equal(bar.Close, PricePath.At(instrument, day, 1));
                for (var session = 0.0; session <= 1; session += 0.01)
                {
                    Assert.InRange(PricePath.At(instrument, day, session), bar.Low, bar.High);
                }
            }
        }
    }

    [Theory]
    [InlineData(9, 15)]
    [InlineData(9, 30)]
    [InlineData(11, 30)]
    [InlineData(13, 0)]
    [InlineData(15, 0)]
    public void MarketClock_ThereAndBack_IsTheSameMinute(int hour, int minute)
    {
        var time = MarketClock.Time(MarketClock.Offset(MarketClock.Minute(hour, minute)));

        Assert.InRange(time.ToTimeSpan().TotalMinutes, MarketClock.Minute(hour, minute) - 0.05, MarketClock.Minute(hour, minute) + 0.05);
    }
}
