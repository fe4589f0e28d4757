using Engagement.Domain.Clients;
using Engagement.Domain.Map;
using Engagement.Domain.Tests.Clients;

namespace Engagement.Domain.Tests.Map;

/// <summary>What a record of a client adds to the map.</summary>
public sealed class MapCountsTests
{
    private const string Organisation = "branches: [ { id: hn, outlets: [ { id: o-1, advisorFrom: 1000, intensiveBelow: 10, advisors: [ { id: a-1 } ] }, { id: o-2 } ] } ]";

    private const string Campaign =
        "campaigns: [ { id: hello, trigger: {event: x.hello}, offer: {kind: call}, message: {zh: 您好, en: Hello}, desks: [outlet], expires: 1h, goal: { event: trade.executed, within: 2h } } ]";

    private const string Trade = """{"symbol":"600000","side":"buy","quantity":1,"price":10,"product":"stock","commission":0}""";

    private readonly OneClient client = new();

    [Fact]
    public void Event_OfAnotherDay_CountsInTheMinuteOfItsTime()
    {
        var counts = On("2026-03-02T02:00:00Z", "account.opened", """{"outlet":"o-1","channel":"online"}""").Counts;
        Assert.Equal((1, 1, new Leaf("o-1", "")), (counts.Events, counts.AccountsOpened, counts.Leaf));
        Assert.Equal((0, 1), (counts.Gauges!.Before.Clients, counts.Gauges.After.Clients));
        var again = On("2026-03-02T02:01:00Z", "account.opened", """{"outlet":"o-1","channel":"online"}""").Counts;
        Assert.Equal((1, 0), (again.Events, again.AccountsOpened));
        Assert.Null(again.Gauges);
    }

    [Fact]
    public void Cash_InOutAndBetweenOwnAccounts_IsInflowButForTheLast()
    {
        Assert.Equal(1_050, On("2026-03-02T02:00:00Z", "cash.moved", """{"amount":10.5}""").Counts.NetInflowFen);
        Assert.Equal(-100, On("2026-03-02T02:00:00Z", "cash.moved", """{"amount":-1}""").Counts.NetInflowFen);
        Assert.Equal(0, On("2026-03-02T02:00:00Z", "cash.moved", """{"amount":7,"internal":true}""").Counts.NetInflowFen);
    }

    [Fact]
    public void Contract_ThatWaitsForItsConfirmation_CountsWhenItRuns()
    {
        Assert.Equal((0, 0), Contracts(On("2026-03-02T02:00:00Z", "contract.signed", """{"contract":"k","product":"p","assets":100,"confirm":true}""")));
        Assert.Equal((1, 10_000), Contracts(On("2026-03-02T02:00:01Z", "contract.effective", """{"contract":"k"}""")));
        Assert.Equal((1, 25_000), Contracts(On("2026-03-02T02:00:02Z", "contract.renewed", """{"contract":"k","assets":250}""")));
        Assert.Equal((0, 0), Contracts(On("2026-03-02T02:00:03Z", "contract.ended", """{"contract":"k"}""")));

        static (int, long) Contracts(ClientEffects effects) => (effects.Counts.Gauges!.After.Contracts, effects.Counts.Gauges.After.SignedFen);
    }

    [Fact]
    public void Advisor_WhoIsGranted_GetsTheGaugesOfTheClient()
    {
        client.PublishOrganisation("2026-03-02T02:00:00Z", Organisation);
        On("2026-03-02T02:00:00Z", "account.opened", """{"outlet":"o-1","channel":"online"}""");
        On("2026-03-02T02:00:01Z", "assets.valued", """{"total":5000}""");
        var gauges = client.Granted("2026-03-02T02:00:02Z", "a-1", "hn", 3).Counts.Gauges!;
        Assert.Equal((new Leaf("o-1", ""), new Leaf("o-1", "a-1")), (gauges.Before.Leaf, gauges.After.Leaf));
        Assert.Equal((1, 1), (gauges.Before.Clients, gauges.After.Clients));
    }

    [Fact]
    public void Prompt_ThroughItsLife_IsOpenWhileItWaitsForSomebody()
    {
        var prompt = Raise("2026-03-02T02:00:00Z", out var raised);
        Assert.Equal((1, 1), (raised.Counts.PromptsRaised, raised.Counts.Gauges!.After.OpenUntilMs.Length));
        Assert.Null(Acted("2026-03-02T02:01:00Z", prompt, "seen", "seen").Gauges);
        var accepted = Acted("2026-03-02T02:02:00Z", prompt, "accepted", "accept");
        Assert.Equal((1, 0), (accepted.Accepted, accepted.Gauges!.After.OpenUntilMs.Length));
        var undone = Acted("2026-03-02T02:02:05Z", prompt, "seen", "undo");
        Assert.Equal((-1, 1), (undone.Accepted, undone.Gauges!.After.OpenUntilMs.Length));
        var dismissed = Acted("2026-03-02T02:03:00Z", prompt, "dismissed", "dismiss");
        Assert.Equal((0, 0), (dismissed.Accepted, dismissed.Gauges!.After.OpenUntilMs.Length));
        var back = Acted("2026-03-02T02:03:05Z", prompt, "seen", "undo");
        Assert.Equal((0, 1), (back.Accepted, back.Gauges!.After.OpenUntilMs.Length));
    }

    [Fact]
    public void Goal_WithinItsTime_IsAConversionAndLaterNone()
    {
        Raise("2026-03-02T02:00:00Z", out _);
        Assert.Equal(0, On("2026-03-02T02:30:00Z", "app.active", "{}").Counts.Conversions);
        Assert.Equal(1, On("2026-03-02T03:59:59Z", "trade.executed", Trade).Counts.Conversions);
        // The state is the same after it was stored.
        var kept = ClientSnapshot.Read(ClientSnapshot.Write(client.Engine.State));
        Assert.Equal(client.Engine.State.Contacts.Goals, kept.Contacts.Goals);
        Assert.Equal(0, On("2026-03-02T04:00:01Z", "trade.executed", Trade).Counts.Conversions);
    }

    [Fact]
    public void Goal_OfAPromptThatWasWithdrawn_IsNoConversion()
    {
        Raise("2026-03-02T02:00:00Z", out _);
        var withdrawn = On("2026-03-02T02:01:00Z", "status.changed", """{"status":"frozen"}""");
        Assert.Empty(withdrawn.Counts.Gauges!.After.OpenUntilMs);
        Assert.Equal(0, On("2026-03-02T02:02:00Z", "trade.executed", Trade).Counts.Conversions);
    }

    [Fact]
    public void Goal_OfAPromptThatWasDismissedBeforeThePermissionEnded_IsAConversion()
    {
        var prompt = Raise("2026-03-02T02:00:00Z", out _);
        Acted("2026-03-02T02:01:00Z", prompt, "dismissed", "dismiss");
        On("2026-03-02T02:02:00Z", "status.changed", """{"status":"frozen"}""");
        Assert.Equal(1, On("2026-03-02T02:03:00Z", "trade.executed", Trade).Counts.Conversions);
    }

    private string Raise(string at, out ClientEffects raised)
    {
        client.PublishOrganisation("2026-03-02T01:00:00Z", Organisation);
        client.PublishCatalogue("2026-03-02T01:00:00Z", Campaign);
        On("2026-03-02T01:00:00Z", "account.opened", """{"outlet":"o-1","channel":"online"}""");
        raised = On(at, "x.hello", "{}");
        return Assert.Single(raised.Decisions).Prompt!;
    }

    private ClientEffects On(string at, string type, string data) => client.On(at, type, data);

    private ClientCounts Acted(string at, string prompt, string state, string action) => client.Acted(at, prompt, state, action).Counts;
}
