using CsCheck;
using Engagement.Domain.Language;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Tests.Segments;

/// <summary>The windows as page 2 of the contract has them, beside a list of events that is gone through each time.</summary>
public sealed class MetricStateTests
{
    private const long Minute = 60_000;
    private const long Day = 86_400_000;

    /// <summary>2026-02-12T16:00:00Z: midnight in Shanghai, two trading days before the Spring Festival.</summary>
    private static readonly long Start = Shanghai.StartMs(Shanghai.Day(new DateOnly(2026, 2, 13)));

    private static readonly Gen<string> Windows = Gen.OneOf(
        Gen.OneOf("1d", "2d", "7d", "30d", "399d", "400d", "1h", "48h", "1m", "2m", "61m", "2880m", "1t", "2t", "5t", "120t", "249t", "250t", "all"),
        Gen.Int[1, 400].Select(n => $"{n}d"),
        Gen.Int[1, 2_880].Select(n => $"{n}m"),
        Gen.Int[1, 250].Select(n => $"{n}t"));

    /// <summary>How long after the event before it, how far its time is behind the clock (ahead where negative), and its value.</summary>
    private static readonly Gen<(long Later, long Behind, int Value)> Event = Gen.Select(
        Gen.OneOf(Gen.Const(0L), Gen.Long[0, 3 * Minute], Gen.Long[0, 3 * Day], Gen.Int[0, 90].Select(n => n * Day), Gen.Int[0, 5].Select(n => n * Minute)),
        Gen.OneOf(Gen.Const(0L), Gen.Long[0, 3 * Minute], Gen.Long[0, 60 * Day], Gen.Long[0, 450 * Day], Gen.Long[-2 * Day, -1]),
        Gen.Int[-30_000, 30_000]);

    [Fact]
    public void Window_OverAnyEvents_HoldsThoseOfTheContract() =>
        Gen.Select(Event.Array[0, 40], Windows.Array[8], Gen.OneOf(Gen.Const(0L), Gen.Const(-1L), Gen.Long[0, 5 * Minute], Gen.Long[0, 40 * Day])).Sample(
            (events, windows, since) =>
            {
                var (state, known, now) = (new MetricState(), new List<(long AtMs, long Value)>(), Start);
                foreach (var (later, behind, value) in events)
                {
                    now += later;
                    state.Add(now - behind, now, value);
                    known.Add((Math.Min(now, now - behind), value));
                }

                // Up to the last millisecond of a day too.
                now = since < 0 ? Shanghai.StartMs(Shanghai.Day(now) + 1) - 1 : now + since;
                Assert.Equal(known.Select(e => e.AtMs).DefaultIfEmpty(0).Max(), state.LastMs);
                foreach (var text in windows)
                {
                    Assert.True(Window.TryParse(text, out var window), text);
                    var inside = known.Where(e => IsInside(e.AtMs, text, now)).Select(e => e.Value).ToList();
                    Assert.Equal((text, inside.Count, inside.Sum(), inside.DefaultIfEmpty(0).Max()), (text, (int)state.CountIn(window, now), state.SumIn(window, now), state.MaxIn(window, now)));
                    Assert.Equal((text, (double)inside.Count), (text, state.FigureIn(MetricFunction.Count, window, now, 0, 0, out _)));
                }
            },
            iter: 400,
            threads: 1);

    [Theory]
    [InlineData("0d")]
    [InlineData("401d")]
    [InlineData("251t")]
    [InlineData("49h")]
    [InlineData("2881m")]
    [InlineData("07d")]
    [InlineData("+7d")]
    [InlineData("7D")]
    [InlineData("7 d")]
    [InlineData("d")]
    [InlineData("7")]
    [InlineData("7s")]
    [InlineData("ALL")]
    [InlineData("")]
    public void Window_OutsideTheContract_IsNone(string text) => Assert.False(Window.TryParse(text, out _));

    private static bool IsInside(long atMs, string window, long nowMs)
    {
        if (window == "all")
        {
            return true;
        }

        var n = int.Parse(window.AsSpan(0, window.Length - 1));
        var (day, today) = (Shanghai.Day(atMs), Shanghai.Day(nowMs));
        switch (window[^1])
        {
            case 'd':
                return day > today - n;
            case 't':
                var start = today + 1;
                while (n > 0)
                {
                    start--;
                    n -= TradingCalendar.IsTradingDay(start) ? 1 : 0;
                }

                return day >= start;
            default:
                return (nowMs / Minute) - (atMs / Minute) < n * (window[^1] == 'h' ? 60 : 1);
        }
    }
}
