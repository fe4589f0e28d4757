namespace Engagement.Domain.Tests;

public sealed class MoneyTests
{
    [Theory]
    [InlineData(0.00005, 0)]
    [InlineData(0.00015, 2)]
    [InlineData(-0.00025, -2)]
    [InlineData(1.1 * 1.1, 12_100)]
    [InlineData(12_345_678_901.00005, 123_456_789_010_000)]
    [InlineData(123_456_789_012.3456, 1_234_567_890_123_456)]
    [InlineData(-9_999_999_999_999.125, -99_999_999_999_991_250)]
    [InlineData(1e300, 100_000_000_000_000_000)]
    public void Double_OfAMetric_IsRoundedHalfToEvenAsItIsWritten(double value, long expected)
    {
        Assert.True(Money.TryRound4(value, out var rounded));
        Assert.Equal(expected, rounded);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void Double_ThatIsNoNumber_IsNotRounded(double value) => Assert.False(Money.TryRound4(value, out _));
}
