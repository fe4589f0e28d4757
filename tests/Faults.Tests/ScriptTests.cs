using Engagement.Faults.Tests.Model;

namespace Engagement.Faults.Tests;

/// <summary>The stream is worth its time only while it reaches what it is for.</summary>
public sealed class ScriptTests
{
    private static readonly string[] Types =
    [
        "account.closed", "account.opened", "app.active", "assets.valued", "cash.moved", "consent.changed", "contact.made",
        "contract.cancelled", "contract.effective", "contract.ended", "contract.renewed", "contract.signed", "fee.charged",
        "holdings.valued", "profile.changed", "revenue.reversed", "risk.assessed", "status.changed", "trade.executed", "x.other", "x.signal",
    ];

    [Fact]
    public void Script_Broad_HoldsEveryTypeOfEvent()
    {
        var events = SameAsTheModelTests.Broad.Steps.OfType<SendBatch>().SelectMany(batch => batch.Events).ToList();

        Assert.Equal(StreamShape.Broad.Events, events.Count);
        Assert.Equal(Types, events.Select(e => e.Type).Distinct().Order(StringComparer.Ordinal));
        Assert.InRange(events.DistinctBy(e => (e.Source, e.Id, e.Client)).Count(), StreamShape.Broad.Events * 9 / 10, StreamShape.Broad.Events - 100);
    }

    [Fact]
    public void Script_Broad_ReachesEveryStepOfTheGate()
    {
        var decisions = SameAsTheModelTests.Broad.Expected.Clients.SelectMany(client => client.Decisions).ToList();

        string[] outcomes = ["blocked", "cap", "condition", "consent", "control", "cooldown", "desk", "holdout", "quiet", "raised", "rollout", "suitability"];
        Assert.Equal(outcomes, decisions.Select(decision => decision.Made).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(Campaigns.All.Select(campaign => campaign.Id).Order(), decisions.Where(decision => decision.Outcome == "raised").Select(decision => decision.Campaign.Id).Distinct().Order());
    }

    [Fact]
    public void Script_Broad_FillsSegmentsAndPlaces()
    {
        var model = SameAsTheModelTests.Broad.Expected;

        Assert.All(Rules.Segments, segment => Assert.Contains(model.Clients, client => client.Segments.ContainsKey(segment.Id)));
        Assert.Contains(model.Clients, client => client.Waiting);
        Assert.Contains(model.Clients, client => client.Moves.Count == 2);
        Assert.All(
            model.Organisation.Outlets.SelectMany(outlet => outlet.Advisors),
            advisor => Assert.InRange(model.Clients.Count(client => client.Advisor == advisor.Id), 0, advisor.Capacity));
    }

    [Fact]
    public void Script_Restless_RefusesMovesAndTriesThemAgain()
    {
        var script = Script.From(SameAsTheModelTests.Seed, StreamShape.Restless);

        Assert.Contains(script.Expected.Clients, client => client.Moves.Count > 2);
    }
}
