namespace Engagement.Domain.Tests.Segments;

public sealed class ShanghaiTests
{
    private static readonly DateOnly LeapBirth = new(2000, 2, 29);

    [Theory]
    [InlineData(2023, 2, 28, 22)]
    [InlineData(2023, 3, 1, 23)]
    [InlineData(2024, 2, 28, 23)]
    [InlineData(2024, 2, 29, 24)]
    [InlineData(2000, 2, 29, 0)]
    public void Age_BornOn29February_ChangesOn1MarchInOtherYears(int year, int month, int day, int expected) =>
        Assert.Equal(expected, Shanghai.Age(LeapBirth, Shanghai.Day(new DateOnly(year, month, day))));

    [Fact]
    public void NextBirthday_AnyDayOfFiveYears_IsWhenTheAgeChanges()
    {
        for (var day = Shanghai.Day(new DateOnly(2023, 1, 1)); day < Shanghai.Day(new DateOnly(2028, 1, 1)); day++)
        {
            var next = Shanghai.Day(Shanghai.NextBirthdayMs(LeapBirth, day));
            Assert.True(next > day);
            Assert.Equal(Shanghai.Age(LeapBirth, day), Shanghai.Age(LeapBirth, next - 1));
            Assert.Equal(Shanghai.Age(LeapBirth, day) + 1, Shanghai.Age(LeapBirth, next));
        }
    }

    [Fact]
    public void Day_AroundMidnight_ChangesAtSixteenHoursUtc()
    {
        var midnight = new DateTimeOffset(2026, 6, 15, 16, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        Assert.Equal(new DateOnly(2026, 6, 15), Shanghai.Date(Shanghai.Day(midnight - 1)));
        Assert.Equal(new DateOnly(2026, 6, 16), Shanghai.Date(Shanghai.Day(midnight)));
        Assert.Equal(0, Shanghai.MinuteOfDay(midnight));
        Assert.Equal(midnight, Shanghai.StartMs(Shanghai.Day(midnight)));
    }

    [Theory]
    [InlineData("2000-02-29", 25, "2025-03-01")]
    [InlineData("2000-02-29", 28, "2028-02-29")]
    [InlineData("1990-10-01", 60, "2050-10-01")]
    public void Birthday_OfSoManyYears_IsTheFirstDayOfThatAge(string birth, int years, string expected)
    {
        var born = DateOnly.ParseExact(birth, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var day = Shanghai.Day(DateOnly.ParseExact(expected, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(Shanghai.StartMs(day), Shanghai.BirthdayMs(born, years));
        Assert.Equal((years, years - 1), (Shanghai.Age(born, day), Shanghai.Age(born, day - 1)));
        Assert.Null(Shanghai.BirthdayMs(born, 100_000));
    }
}
