using CsCheck;
using Engagement.Domain.Language;

namespace Engagement.Domain.Tests.Language;

public sealed class TimeHorizonTests
{
    private const long Hour = 3_600_000;

    [Theory]
    [InlineData("now - client.opened > duration('1h')", Hour + 1)]
    [InlineData("now - client.opened >= duration('1h')", Hour)]
    [InlineData("now - client.opened < duration('1h')", Hour)]
    [InlineData("now - client.opened <= duration('1h')", Hour + 1)]
    [InlineData("now - client.opened == duration('1h')", Hour)]
    [InlineData("duration('1h') < now - client.opened", Hour + 1)]
    [InlineData("client.opened - now <= duration('-1h')", Hour)]
    [InlineData("now > client.opened + duration('1h')", Hour + 1)]
    [InlineData("client.opened + duration('1h') <= now", Hour)]
    [InlineData("now - duration('1h') >= client.opened", Hour)]
    [InlineData("now - client.opened - duration('30m') >= duration('30m')", Hour)]
    [InlineData("now - client.opened >= duration('1.5ns')", 1)]
    [InlineData("now - client.opened == duration('1us')", long.MaxValue)]
    [InlineData("now == client.opened", 1)]
    [InlineData("now >= client.opened", long.MaxValue)]
    [InlineData("now - client.opened > duration('-1h')", long.MaxValue)]
    [InlineData("client.risk > 9 && now - client.opened > duration('1h')", long.MaxValue)]
    [InlineData("now - client.opened <= duration('1h') && client.risk > 9", long.MaxValue)]
    [InlineData("now - client.opened > duration('1h') && client.risk == 3", Hour + 1)]
    [InlineData("client.risk == 3 || now - client.opened > duration('1h')", long.MaxValue)]
    [InlineData("now - client.opened > duration('1h') && now - client.opened > duration('2h')", Hour + 1)]
    [InlineData("now - client.opened > duration('1h') || now - client.opened > duration('2h')", Hour + 1)]
    [InlineData("1 / (client.risk - 3) > 0 && now - client.opened > duration('1h')", Hour + 1)]
    [InlineData("now - client.opened < duration('1h') || 1 / (client.risk - 3) > 0", Hour)]
    [InlineData("client.risk == 3 ? now >= client.opened + duration('3h') : now >= client.opened + duration('1h')", 3 * Hour)]
    [InlineData("client.tags.exists(t, now - client.opened >= duration(t))", Hour)]
    [InlineData("client.tags.all(t, now - client.opened < duration(t))", Hour)]
    [InlineData("now.getHours('Asia/Shanghai') >= 9", 14 * Hour)]
    [InlineData("now.getHours('Asia/Shanghai') in [9, 10]", Hour)]
    [InlineData("9 > now.getHours('Asia/Shanghai')", 14 * Hour)]
    [InlineData("now.getHours('Asia/Shanghai') != 12", 2 * Hour)]
    [InlineData("now.getFullYear('Asia/Shanghai') == 2027", 7310 * Hour)]
    [InlineData("now.getDayOfWeek('Asia/Shanghai') > 5", 110 * Hour)]
    [InlineData("trades.count('4h') > 1", 2 * Hour)]
    [InlineData("trades.count('4h') > 2", Hour)]
    [InlineData("trades.count('4h') >= 1", 3 * Hour)]
    [InlineData("3 == trades.count('4h')", Hour)]
    [InlineData("trades.count('4h') > 3", long.MaxValue)]
    [InlineData("trades.count('4h') >= 0", long.MaxValue)]
    [InlineData("trades.count('4h') < 1.5", 2 * Hour)]
    [InlineData("trades.sum('4h') > 25.0", 3 * Hour)]
    [InlineData("trades.sum('4h') <= 30.0 && trades.within('4h')", 2 * Hour)]
    [InlineData("trades.sum('4h') != 60.0", Hour)]
    [InlineData("trades.max('4h') >= 30.0", 3 * Hour)]
    [InlineData("trades.count('4h') > visits.count('4h')", Hour)]
    [InlineData("now.getDate() == 2", 22 * Hour)]
    [InlineData("now.getDayOfWeek('Asia/Shanghai') == 1", 14 * Hour)]
    [InlineData("(now + duration('30m')).getHours() == 2", Hour / 2)]
    [InlineData("client.assets > 5.0", long.MaxValue)]
    public void Horizon_OfACondition_IsTheFirstInstantAtWhichItCanTurn(string source, long afterMs)
    {
        var input = new FakeInput
        {
            OpenedMs = FakeInput.Start,
            Lists = { [ClientList.Tags] = ["3h", "1h", "2h"] },
            Metrics = { [Scopes.Trades] = [(FakeInput.Start - (3 * Hour), 10), (FakeInput.Start - (2 * Hour), 20), (FakeInput.Start - Hour, 30)] },
        };

        var changesAtMs = Scopes.Compile(source).Evaluate(input).ChangesAtMs;

        Assert.Equal(afterMs == long.MaxValue ? long.MaxValue : FakeInput.Start + afterMs, changesAtMs);
    }

    [Fact]
    public void Horizon_InAZoneWithSummerTime_MeetsTheShift()
    {
        // On 29 March 2026 Berlin goes from 02:00 to 03:00 at 01:00Z: no hour 2 that day.
        var input = new FakeInput { NowMs = new DateTimeOffset(2026, 3, 29, 0, 10, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() };
        var hour = Scopes.Compile("now.getHours('Europe/Berlin') == 3");
        Assert.Equal(input.NowMs + (50 * FakeInput.Minute), hour.Evaluate(input).ChangesAtMs);

        // On 25 October 2026 the hour from 02:00 to 03:00 comes twice.
        input.NowMs = new DateTimeOffset(2026, 10, 25, 0, 10, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        Assert.Equal(input.NowMs + (110 * FakeInput.Minute), hour.Evaluate(input).ChangesAtMs);
    }

    [Fact]
    public void Horizon_OfADurationOutsideItsRange_IsWhenItComesBack()
    {
        var input = new FakeInput();
        var expression = Scopes.Compile("timestamp('2330-01-01T00:00:00Z') - now > duration('1h')");

        var (ok, _, changesAtMs) = expression.Evaluate(input);

        Assert.False(ok);
        input.NowMs = changesAtMs - 1;
        Assert.False(expression.Evaluate(input).Ok);
        input.NowMs = changesAtMs;
        Assert.True(expression.Evaluate(input).Ok);
    }

    /// <summary>Steps finely through the hours ahead: the answer never turns before the horizon, and horizons do not crawl.</summary>
    [Fact]
    public void Horizon_OfAnyCondition_IsNeverLaterThanTheTrueChange() =>
        Gen.Select(Conditions, Clients).Sample(
            (source, client) =>
            {
                var expression = Scopes.Compile(source);
                var wake = long.MinValue;
                (bool, bool) held = default;
                var wakes = 0;
                for (var at = FakeInput.Start; at < FakeInput.Start + (30 * FakeInput.Minute); at += 5_000)
                {
                    client.NowMs = at;
                    var (ok, value, changesAtMs) = expression.Evaluate(client);
                    Assert.True(changesAtMs > at, $"{source} at {at}: the horizon {changesAtMs} is not ahead");
                    if (at >= wake)
                    {
                        (held, wake) = ((ok, value), changesAtMs);
                        wakes++;
                    }

                    Assert.True(held == (ok, value), $"{source} turned at {at}, before its horizon {wake}");
                }

                Assert.InRange(wakes, 1, 64);
            },
            iter: 500);

    /// <summary>At its horizon a single comparison turns, and not a millisecond before.</summary>
    [Fact]
    public void Horizon_OfASingleComparison_IsExact() =>
        Gen.Select(Gen.OneOf("<", "<=", ">", ">="), Gen.OneOf("now - client.opened {0} duration('{1}ms')", "client.opened - now {0} duration('-{1}ms')", "duration('{1}ms') {0} now - client.opened", "now - duration('{1}ms') {0} client.opened", "client.opened {0} now - duration('{1}ms')"), Gen.Int[-5, 2_000], Gen.Int[0, 999])
            .Sample(
                (op, form, ms, nanos) =>
                {
                    var source = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, op, ms);
                    source = source.Replace("ms')", $"ms{nanos}ns')", StringComparison.Ordinal).Replace("--", "", StringComparison.Ordinal);
                    var expression = Scopes.Compile(source);
                    var input = new FakeInput { OpenedMs = FakeInput.Start };
                    var (_, value, changesAtMs) = expression.Evaluate(input);
                    if (changesAtMs == long.MaxValue)
                    {
                        input.NowMs += 1_000_000;
                        Assert.Equal(value, expression.Evaluate(input).Value);
                        return;
                    }

                    input.NowMs = changesAtMs - 1;
                    Assert.Equal(value, expression.Evaluate(input).Value);
                    input.NowMs = changesAtMs;
                    Assert.NotEqual(value, expression.Evaluate(input).Value);
                },
                iter: 2_000);

    private static readonly Gen<string> Leaf = Gen.Select(
        Gen.OneOf(
            "now - client.opened {0} duration('{1}s')",
            "client.opened + duration('{1}s') {0} now",
            "now {0} trades.last() + duration('{1}s')",
            "client.opened - now {0} duration('-{1}s')",
            "trades.count('{2}m') {0} {3}",
            "trades.sum('{2}m') {0} {3}.5",
            "now.getHours() {0} 2",
            "now.getDayOfMonth('+22:0{3}') {0} 2",
            "client.age {0} 29",
            "client.riskValid",
            "trades.within('{2}m')",
            "1 / (trades.count('{2}m') - {3}) {0} 0",
            "client.tags.exists(t, now - client.opened {0} duration(t))",
            "client.tags.all(t, now - client.opened {0} duration(t) || t == '300s')",
            "client.tags.exists_one(t, now >= client.opened + duration(t))",
            "client.tags.filter(t, now >= client.opened + duration(t)).size() {0} {3}",
            "client.risk {0} 3"),
        Gen.OneOf("<", "<=", ">", ">=", "==", "!="),
        Gen.Int[0, 1_800],
        Gen.Int[1, 25],
        Gen.Int[0, 3],
        (form, op, seconds, minutes, count) => string.Format(System.Globalization.CultureInfo.InvariantCulture, form, op, seconds, minutes, count));

    private static readonly Gen<string> Conditions = Tree(2);

    private static readonly Gen<FakeInput> Clients = Gen.Select(
        Gen.Int[-600, 1_200],
        Gen.Int[0, 1_500].Array[0, 4],
        Gen.Int[-300, 1_800],
        Gen.Int[-300, 1_800],
        (opened, trades, birthday, risk) => new FakeInput
        {
            OpenedMs = FakeInput.Start - (opened * 1_000L),
            BirthdayMs = FakeInput.Start + (birthday * 1_000L),
            RiskUntilMs = FakeInput.Start + (risk * 1_000L),
            Lists = { [ClientList.Tags] = ["300s", "601.5s", "x"] },
            Metrics = { [Scopes.Trades] = [.. trades.Select((t, i) => (FakeInput.Start - (t * 1_000L), (double)i))] },
        });

    private static Gen<string> Tree(int depth) => depth == 0 ? Leaf : Gen.Select(
        Gen.OneOf("{0}", "({0} && {1})", "({0} || {1})", "!({0})", "({0} ? {1} : {2})", "({0} && {1} && {2})", "({0} || {1} || {2})"),
        Tree(depth - 1),
        Tree(depth - 1),
        Tree(depth - 1),
        (form, a, b, c) => string.Format(System.Globalization.CultureInfo.InvariantCulture, form, a, b, c));
}
