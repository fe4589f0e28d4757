using Engagement.Domain.Clients;

namespace Engagement.Domain.Tests.Clients;

/// <summary>An event re-evaluates what depends on what it changed, and nothing else.</summary>
public sealed class IncrementalTests
{
    private const string Catalogue = """
        segments:
        - { id: rich, when: 'client.assets > 100000.0' }
        - { id: rich-vip, when: 'inSegment("rich") && "vip" in client.tags' }
        - { id: active, when: 'trades.within("30d")' }
        - { id: bought, when: 'buys.sum("30d") > 1000000.0' }
        - { id: seen, when: 'visits.count("7d") > 1' }
        - { id: grown, when: 'client.age >= 18' }
        - { id: old, when: 'now - client.opened > duration("720h")' }
        """;

    [Theory]
    [InlineData("app.active", "{}", 1, "")]
    [InlineData("trade.executed", """{"symbol":"600000","side":"buy","quantity":1,"price":1,"product":"stock","commission":0}""", 2, "active")]
    [InlineData("trade.executed", """{"symbol":"600000","side":"sell","quantity":1,"price":1,"product":"stock","commission":0}""", 1, "active")]
    [InlineData("profile.changed", """{"addTags":["vip"]}""", 1, "")]
    [InlineData("assets.valued", """{"total":50000}""", 1, "")]
    [InlineData("assets.valued", """{"total":150000}""", 2, "rich")]
    [InlineData("contact.made", """{"channel":"phone","by":"a"}""", 0, "")]
    [InlineData("risk.assessed", """{"level":3,"validUntil":"2027-01-01"}""", 0, "")]
    public void Event_ThatChangesSomething_EvaluatesWhatDependsOnIt(string type, string data, int evaluated, string entered)
    {
        var client = new OneClient();
        client.PublishCatalogue("2026-03-01T10:00:00+08:00", Catalogue);
        client.On("2026-03-01T10:00:01+08:00", "account.opened", """{"outlet":"o","channel":"online"}""");

        var effects = client.On("2026-03-02T10:00:00+08:00", type, data);

        Assert.Equal((evaluated, entered), (effects.Evaluated, string.Join(",", effects.Memberships.Select(m => m.Segment))));
    }

    /// <summary>A failure is "not a member", is counted, and says what failed until it is over.</summary>
    [Fact]
    public void Evaluation_ThatFails_IsNoMembershipAndIsShown()
    {
        var client = new OneClient();
        client.PublishCatalogue("2026-03-01T10:00:00+08:00", "segments: [ { id: s, when: '10 / client.risk > 3', stay: '10 / (client.risk - 4) < 0' }, { id: t, when: 'client.holdings[\"600519\"] > 0.0 || client.risk > 0' } ]");

        Assert.Equal((2, 2), Of(client.On("2026-03-01T10:00:01+08:00", "account.opened", """{"outlet":"o","channel":"online"}""")));
        Assert.Equal(["s: 10 / client.risk > 3 | error: division by zero", "t: client.holdings[\"600519\"] > 0.0 | error: no such key: \"600519\""], Failures());
        Assert.Equal((2, 0), Of(client.On("2026-03-01T10:00:02+08:00", "risk.assessed", """{"level":2}""")));
        Assert.Empty(Failures());
        Assert.Equal((2, 0), Of(client.On("2026-03-01T10:00:03+08:00", "risk.assessed", """{"level":3}""")));
        Assert.Equal(["s", "t"], client.Engine.State.Memberships.Select(m => m.Segment));
        Assert.Equal((2, 1), Of(client.On("2026-03-01T10:00:04+08:00", "risk.assessed", """{"level":4}""")));
        Assert.Equal(["t"], client.Engine.State.Memberships.Select(m => m.Segment));

        static (int, int) Of(ClientEffects effects) => (effects.Evaluated, effects.Failed);

        List<string> Failures() => [.. client.Engine.Failures(client.Engine.State.AtMs).Select(f => $"{f.Segment}: {string.Join(" ; ", f.Because.Select(r => $"{r.Expr} | {r.Value}"))}")];
    }

    [Fact]
    public void Time_ThatTurnsOne_EvaluatesThatOne()
    {
        var client = new OneClient();
        client.PublishCatalogue("2026-03-01T10:00:00+08:00", Catalogue);
        client.On("2026-03-01T10:00:01+08:00", "account.opened", """{"outlet":"o","channel":"online"}""");

        var effects = client.Due("2026-03-31T10:00:01.001+08:00");

        Assert.Equal(("old", 1), (Assert.Single(effects.Memberships).Segment, effects.Evaluated));
    }
}
