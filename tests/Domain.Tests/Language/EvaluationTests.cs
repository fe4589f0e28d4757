using Engagement.Domain.Language;

namespace Engagement.Domain.Tests.Language;

public sealed class EvaluationTests
{
    private static FakeInput Client() => new()
    {
        Texts = { [ClientText.Tier] = "affluent", [ClientText.Branch] = "hn" },
        Lists = { [ClientList.Tags] = ["vip", "etf"], [ClientList.Consents] = ["phone"] },
        Positions = { ["600000"] = 100, ["688111"] = 200.5 },
        Memberships = { 1 },
        Metrics = { [Scopes.Trades] = [(FakeInput.Start - (40 * FakeInput.Day), 1000), (FakeInput.Start - FakeInput.Day, 250.5)] },
    };

    [Theory]
    [InlineData("client.assets >= 100000.0", true)]
    [InlineData("client.assets >= 100000", true)]
    [InlineData("client.assets < 123456.79 && client.assets > 123456.77", true)]
    [InlineData("client.age == 29 && client.risk in [2, 3]", true)]
    [InlineData("client.tier == \"affluent\" && client.advisor == \"\"", true)]
    [InlineData("client.status != 'active'", false)]
    [InlineData("'vip' in client.tags && !('x' in client.tags)", true)]
    [InlineData("client.tags.exists(t, t.startsWith('e'))", true)]
    [InlineData("client.tags + ['x'] == ['vip', 'etf', 'x']", true)]
    [InlineData("client.consents == ['phone'] && size(client.contracts) == 0", true)]
    [InlineData("'600000' in client.holdings && client.holdings['688111'] > 200", true)]
    [InlineData("client.holdings.exists(s, s.startsWith('688') && client.holdings[s] > 200.0)", true)]
    [InlineData("client.holdings.size() == 2 && has(client.holdings.x) == false", true)]
    [InlineData("inSegment('vip') && !inSegment('dormant')", true)]
    [InlineData("trades.count('30d') == 1 && trades.count('all') == 2", true)]
    [InlineData("trades.sum('all') == 1250.5 && trades.max('all') == 1000.0 && visits.max('1d') == 0.0", true)]
    [InlineData("trades.within('5t') && trades.ever() && !visits.ever()", true)]
    [InlineData("visits.last() == timestamp('1970-01-01T00:00:00Z') && now > trades.last()", true)]
    [InlineData("now - client.opened > duration('2160h')", true)]
    [InlineData("now.getHours('Asia/Shanghai') == 10 && now.getDayOfWeek('+08:00') == 1", true)]
    [InlineData("client.opened.getFullYear('Asia/Shanghai') == 2025", true)]
    [InlineData("client.riskValid ? client.risk > 2 : false", true)]
    public void Condition_OverTheInputs_Holds(string source, bool expected) =>
        Assert.Equal((true, expected), (Scopes.Compile(source).Evaluate(Client()) is var r ? (r.Ok, r.Value) : default));

    [Theory]
    [InlineData("1 / client.risk > 5 || client.risk == 0", true, true)]
    [InlineData("client.risk == 0 || 1 / client.risk > 5", true, true)]
    [InlineData("1 / client.risk > 5 && client.risk == 1", true, false)]
    [InlineData("1 / client.risk > 5", false, false)]
    [InlineData("!(1 / client.risk > 5)", false, false)]
    [InlineData("client.holdings['none'] > 1.0", false, false)]
    [InlineData("client.tags.all(t, 1 / client.risk > 5)", true, true)]
    public void Failure_OfAnOperand_IsAbsorbedOnlyByAnAnswer(string source, bool ok, bool value)
    {
        var result = Scopes.Compile(source).Evaluate(new FakeInput { Risk = 0 });

        Assert.Equal((ok, value), (result.Ok, result.Value));
    }

    [Fact]
    public void Event_Data_IsDynamic()
    {
        var trade = new FakeEvent("trade.executed", FakeInput.Start, ("symbol", CelValue.Of("688111")), ("amount", CelValue.Of(5000.5)));
        var input = new FakeInput { Event = trade };

        Assert.True(Scopes.Compile("event.data.symbol.startsWith(\"688\") && event.data.amount > 5000", Scopes.Metric).Evaluate(input).Value);
        Assert.True(Scopes.Compile("event.type == 'trade.executed' && !has(event.data.page) && 'amount' in event.data", Scopes.Metric).Evaluate(input).Value);
        Assert.True(Scopes.Compile("event.time == now && event.data['amount'] == 5000.5", Scopes.Campaign).Evaluate(input).Value);
        Assert.False(Scopes.Compile("event.data.missing == 1", Scopes.Campaign).Evaluate(input).Ok);
        Assert.False(Scopes.Compile("event.type == 'x'", Scopes.Metric).Evaluate(new FakeInput()).Ok);

        Assert.True(Scopes.Compile("event.data.amount", Scopes.Metric, CelKind.Double).TryEvaluate(input, out CelValue amount));
        Assert.Equal(5000.5, amount.AsDouble);
        Assert.False(Scopes.Compile("event.data.symbol", Scopes.Metric, CelKind.Double).TryEvaluate(input, out _));
    }

    [Fact]
    public void Int_WhereADoubleIsExpected_IsConverted()
    {
        Assert.True(Scopes.Compile("1 + 1", expected: CelKind.Double).TryEvaluate(new FakeInput(), out CelValue value));
        Assert.Equal((CelKind.Double, 2.0), (value.Kind, value.AsDouble));
    }

    [Fact]
    public void Reads_OfAnExpression_AreAllThatItNames()
    {
        var reads = Scopes.Compile("client.assets > 1.0 && client.tags.exists(t, inSegment('vip')) || visits.ever() && event.type == 'x'", Scopes.Campaign).Reads;

        Assert.Equal([Scopes.Visits], reads.Metrics);
        Assert.Equal([1], reads.Segments);
        Assert.Equal(["assets", "tags"], reads.Fields.Order());
        Assert.Equal((false, true), (reads.Time, reads.Event));
        Assert.True(Scopes.Compile("now > client.opened").Reads.Time);
    }

    [Theory]
    [InlineData("client.assets >= 100000.0 && client.risk > 2 && client.tier == 'affluent' && now - client.opened > duration('2160h')")]
    [InlineData("size(client.holdings) > 1 && client.holdings.size() < 9 && '600000' in client.holdings && client.holdings['688111'] > 200.0")]
    [InlineData("size(client.tags) == 2 && client.tags.size() == 2 && 'vip' in client.tags && client.tier in ['mass', 'affluent']")]
    [InlineData("client.holdings.exists(s, s.startsWith('688') && client.holdings[s] > 200.0) && client.tags.exists(t, t == 'etf')")]
    [InlineData("client.holdings.all(s, client.holdings.exists(o, o >= s && s.matches('^6[0-9]{5}$') && size(s) == 6)) && !client.tags.all(t, t == 'etf')")]
    [InlineData("now.getHours('Asia/Shanghai') >= 9 && client.branch.startsWith('h') && client.tier.matches('^aff') && inSegment('vip')")]
    public void SimpleSegment_Evaluated_AllocatesNothing(string source)
    {
        var expression = Scopes.Compile(source);
        var input = Client();
        Assert.True(expression.Evaluate(input).Value);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            expression.Evaluate(input);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
