using Engagement.Domain.Campaigns;
using Engagement.Domain.Clients;

namespace Engagement.Domain.Tests.Clients;

/// <summary>What a client who is awake makes of a document that is published.</summary>
public sealed class PublishTests
{
    private const string Night = "2026-03-02T22:00:00+08:00";
    private const string LaterThatNight = "2026-03-02T23:00:00+08:00";

    private const string Organisation = "branches: [ { id: hn, outlets: [ { id: hn-001, advisors: [ { id: a-1 } ] } ] }, { id: hb, outlets: [ { id: hb-001 } ] } ]";

    /// <summary>The first outlet has gone to the other branch.</summary>
    private const string Moved = "branches: [ { id: hn, outlets: [] }, { id: hb, outlets: [ { id: hb-001 }, { id: hn-001, advisors: [ { id: a-1 } ] } ] } ]";

    [Theory]
    [InlineData("policy: {}", "raised")]
    [InlineData("policy: { quiet: { from: '20:00', to: '22:30' } }", "raised")]
    [InlineData("policy: { quiet: { from: '20:00', to: '10:00' } }", null)]
    public void Window_OpenedByAPublish_AsksWhatWaitsAtOnce(string policy, string? outcome)
    {
        var client = Waiting();

        var effects = client.PublishCatalogue(LaterThatNight, Campaign + policy);

        Assert.Equal(outcome, effects.Decisions.SingleOrDefault()?.Outcome);
    }

    [Fact]
    public void Window_ClosedForLongerByAPublish_OpensLater()
    {
        var client = Waiting();

        client.PublishCatalogue(LaterThatNight, Campaign + "policy: { quiet: { from: '20:00', to: '10:00' } }");

        Assert.Empty(client.Due("2026-03-03T09:00:00+08:00").Decisions);
        Assert.Equal(Outcomes.Raised, Assert.Single(client.Due("2026-03-03T10:00:00+08:00").Decisions).Outcome);
    }

    [Fact]
    public void Campaign_GoneWhileItsDecisionWaits_IsRollout()
    {
        var client = Waiting();

        Assert.Equal(Outcomes.Rollout, Assert.Single(client.PublishCatalogue(LaterThatNight, "policy: {}").Decisions).Outcome);
    }

    [Fact]
    public void Advisor_WhoseOutletGoesToAnotherBranch_GivesHisPlaceBackThere()
    {
        var client = Rich();
        client.Granted(Night, "a-1", "hn", asked: Asked(client));

        client.PublishOrganisation(LaterThatNight, Moved);

        var released = Assert.IsType<PlaceReleased>(Assert.Single(client.On(LaterThatNight, "assets.valued", """{"total":1}""").Messages.OfType<PlaceMessage>()));
        Assert.Equal(("hb", 2, "a-1"), (released.Branch, released.Organisation, released.Advisor));
        Assert.Single(client.Engine.State.Assignment.MovesMs);
    }

    [Theory]
    [InlineData(0, 12)]
    [InlineData(11, 11)]
    public void Release_StoredWithoutItsAskingOrWithIt_GivesBackNothingThatWasAskedForLater(long asked, long last)
    {
        var released = new PlaceReleased(12, 0, "c-1", "hn", 1) { Asked = asked };

        Assert.Equal((true, false), (released.GivesBack(last), released.GivesBack(last + 1)));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void Asker_WhoseOutletGoesToAnotherBranch_IsJudgedByWhyHeFirstAsked(bool placedBefore, int moves)
    {
        var client = placedBefore ? Placed() : Rich();
        client.On(LaterThatNight, "assets.valued", """{"total":900000}""");

        var messages = client.PublishOrganisation(LaterThatNight, Moved).Messages.OfType<PlaceMessage>().ToList();

        Assert.Equal(["PlaceReleased hn", "PlaceAsked hb"], messages.Select(m => $"{m.GetType().Name} {m.Branch}"));
        client.Granted(LaterThatNight, "a-1", "hb", Asked(client));
        Assert.Equal("a-1", client.Engine.State.Assignment.Advisor);
        Assert.Equal(moves, client.Engine.State.Assignment.MovesMs.Count);
    }

    /// <summary>An accepted prompt does not expire; when it is done, undo may bring it back for ten seconds.</summary>
    [Theory]
    [InlineData("2026-03-06T10:00:10+08:00", 1)]
    [InlineData("2026-03-06T10:00:11+08:00", 0)]
    public void Prompt_DoneAfterItsExpiry_IsWithdrawnAsLongAsUndoCanBringItBack(string frozen, int withdrawn)
    {
        var client = Placed();
        client.PublishCatalogue("2026-03-03T10:00:00+08:00", Campaign);
        var prompt = Assert.Single(client.On("2026-03-03T10:00:00+08:00", "cash.moved", """{"amount":1}""").Decisions).Prompt!;
        client.Acted("2026-03-03T11:00:00+08:00", prompt, "accepted");
        client.Acted("2026-03-06T10:00:00+08:00", prompt, "done");

        Assert.Equal(withdrawn, client.On(frozen, "status.changed", """{"status":"frozen"}""").Messages.OfType<PromptWithdrawn>().Count());
    }

    /// <summary>The segment is entered, left and entered again by three versions of one instant, which has one decision for its campaign.</summary>
    [Theory]
    [InlineData("", Outcomes.Raised)]
    [InlineData("policy: { quiet: { from: '20:00', to: '09:00' } }", Outcomes.Quiet)]
    public void Versions_OfOneInstantThatTriggerACampaignTwice_MakeOneDecision(string policy, string outcome)
    {
        var client = Placed();

        var effects = new[] { "true", "false", "true" }
            .Select(when => client.PublishCatalogue(LaterThatNight, Entered.Replace("WHEN", when, StringComparison.Ordinal) + policy)).ToList();

        Assert.Equal(outcome, Assert.Single(effects.SelectMany(e => e.Decisions)).Outcome);
        Assert.Equal(outcome == Outcomes.Raised ? 1 : 0, effects.SelectMany(e => e.Messages).OfType<PromptRaised>().Count());
    }

    /// <summary>An evaluation error gives the default; a priority is clamped.</summary>
    [Theory]
    [InlineData("10 / client.risk", "1.0 / 3.0", 50, 0.33)]
    [InlineData("client.risk - 7", "client.holdings['x'] * 2.0", 0, 0)]
    [InlineData("client.risk + 101", "event.data.amount / 0.0", 100, 0)]
    [InlineData("int(event.data.amount) * 7", "event.data.amount * 0.005", 7, 0)]
    [InlineData("event.data.amount * 66.5", "1", 66, 1)]
    [InlineData("-0.0 / 0.0", "1.0 / 0.0", 50, 0)]
    [InlineData("int(client.id)", "event.data.amount * 0.025", 50, 0.02)]
    public void Priority_OrValueThatCannotBe_IsTheDefault(string priority, string value, int expectedPriority, decimal expectedValue)
    {
        var client = Placed();
        client.PublishCatalogue(Night, Campaign
            .Replace("offer: { kind: call }", $"priority: \"{priority}\", offer: {{ kind: call, value: \"{value}\" }}", StringComparison.Ordinal));

        var prompt = Assert.Single(client.On(LaterThatNight, "cash.moved", """{"amount":1}""").Messages.OfType<PromptRaised>()).Prompt;

        Assert.Equal((expectedPriority, expectedValue), (prompt.Priority, prompt.Value));
    }

    private const string Entered = """
        segments:
        - { id: some, when: 'WHEN' }
        campaigns:
        - { id: entered, trigger: { segment: some, on: enter }, offer: { kind: call }, message: { zh: a, en: a }, desks: [outlet], expires: 48h, onPublish: true }

        """;

    private const string Campaign = """
        campaigns:
        - { id: cash, trigger: { event: cash.moved }, offer: { kind: call }, message: { zh: a, en: a }, desks: [outlet], expires: 48h }

        """;

    private static OneClient Waiting()
    {
        var client = Placed();
        client.PublishCatalogue(Night, Campaign + "policy: { quiet: { from: '20:00', to: '09:00' } }");
        Assert.Equal(Outcomes.Quiet, Assert.Single(client.On(Night, "cash.moved", """{"amount":1}""").Decisions).Outcome);
        return client;
    }

    private static OneClient Placed()
    {
        var client = new OneClient();
        client.PublishOrganisation(Night, Organisation);
        client.On(Night, "account.opened", """{"outlet":"hn-001","channel":"online"}""");
        return client;
    }

    /// <summary>He wants an advisor from the first on, and waits for the grant.</summary>
    private static OneClient Rich()
    {
        var client = new OneClient();
        client.PublishOrganisation(Night, Organisation);
        client.On(Night, "assets.valued", """{"total":800000}""");
        client.On(Night, "account.opened", """{"outlet":"hn-001","channel":"online"}""");
        return client;
    }

    private static long Asked(OneClient client) => client.Engine.State.Assignment.AskedPosition;
}
