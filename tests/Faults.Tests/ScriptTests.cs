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

    [ModelFact]
    public void Script_Main_HoldsEveryTypeOfEvent()
    {
        var events = Main.Steps.OfType<SendBatch>().SelectMany(batch => batch.Events).ToList();

        Assert.InRange(events.Count, Streams.Shape.Events, Streams.Shape.Events * 11 / 10);
        Assert.Equal(Types, events.Select(e => e.Type).Distinct().Order(StringComparer.Ordinal));
        Assert.InRange(events.DistinctBy(e => (e.Source, e.Id, e.Client)).Count(), events.Count * 9 / 10, events.Count - 100);
    }

    [ModelFact]
    public void Script_Main_ReachesEveryStepOfTheGate()
    {
        var decisions = Main.Expected.Clients.SelectMany(client => client.Decisions).ToList();

        string[] outcomes = ["blocked", "cap", "condition", "consent", "control", "cooldown", "desk", "holdout", "quiet", "raised", "rollout", "suitability"];
        Assert.Equal(outcomes, decisions.Select(decision => decision.Made).Distinct().Order(StringComparer.Ordinal));
        var raised = decisions.Where(decision => decision.Outcome == "raised").Select(decision => decision.Campaign.Id).ToHashSet();
        Assert.Empty(Campaigns.All.Select(campaign => campaign.Id).Except(raised));
        Assert.Contains(Campaigns.OnPublish, campaign => raised.Contains(campaign.Id));
    }

    /// <summary>A second asking ends in every way that there is, a campaign that is gone included.</summary>
    [ModelFact]
    public void Script_Main_AsksAgainInEveryWay()
    {
        var waited = Main.Expected.Clients.SelectMany(client => client.Decisions).Where(decision => decision.Made == "quiet").ToList();

        string[] outcomes = ["blocked", "cap", "consent", "desk", "raised", "rollout", "suitability"];
        Assert.Equal(outcomes, waited.Select(decision => decision.Outcome).Except(["quiet"]).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(waited, decision => decision.Outcome == "raised" && decision.Draft.RaisedAt > decision.At + (16 * ShanghaiTime.Hour));
    }

    [ModelFact]
    public void Script_Main_FillsSegmentsAndPlaces()
    {
        var model = Main.Expected;

        Assert.All(model.Catalogue.Segments, segment => Assert.Contains(model.Clients, client => client.Segments.ContainsKey(segment.Id)));
        Assert.Contains(model.Clients, client => client.Waiting);
        Assert.Contains(model.Clients, client => client.Moves.Count == 2);
    }

    [ModelFact]
    public void Script_Main_ActsInEveryWay()
    {
        var answers = Main.Steps.OfType<ActOnPrompt>().Select(step => $"{step.Action.Action} {step.Expected.What}").Distinct().ToList();

        string[] wanted =
        [
            "seen seen", "seen prompt.state", "accept accepted", "accept prompt.taken", "accept prompt.state", "accept prompt.unknown",
            "dismiss dismissed", "dismiss prompt.state", "snooze snoozed", "snooze prompt.snooze.invalid", "snooze prompt.state",
            "done done", "done prompt.state", "undo open", "undo seen", "undo accepted", "undo withdrawn", "undo prompt.state",
        ];
        Assert.Empty(wanted.Except(answers));
        Assert.Equal(
            ["accepted", "dismissed", "done", "expired", "open", "seen", "snoozed", "withdrawn"],
            Main.Expected.Clients.SelectMany(client => client.Prompts).Select(prompt => prompt.StateAt(Main.Expected.Now)).Distinct().Order(StringComparer.Ordinal));
    }

    [ModelFact]
    public void Script_Main_ChangesOrganisationAndCatalogue()
    {
        var organisations = Main.Steps.OfType<PublishOrganisation>().Select(step => step.Organisation).ToList();
        var advisors = organisations.SelectMany(each => each.Outlets).SelectMany(outlet => outlet.Advisors).ToList();

        Assert.InRange(organisations.Count, 20, Streams.Shape.Organisations);
        Assert.Contains(organisations, each => Organisation.Start.Outlets.Any(outlet => each.BranchOf(outlet.Id) != outlet.Branch));
        Assert.Contains(organisations, each => each.Find("elsewhere") is not null);
        Assert.Contains(advisors, advisor => advisor is { Status: "leave", StandIn: not null } && Organisation.Start.FindAdvisor(advisor.Id) is { Status: "active" });
        Assert.Contains(advisors, advisor => advisor.Status == "left" && Organisation.Start.FindAdvisor(advisor.Id) is { Status: "active" });
        Assert.Contains(advisors, advisor => Organisation.Start.FindAdvisor(advisor.Id) is { } before && advisor.Capacity < before.Capacity);
        Assert.Contains(advisors, advisor => Organisation.Start.FindAdvisor(advisor.Id) is null);
        Assert.InRange(Main.Steps.OfType<PublishCatalogue>().Count(), 10, 12);
    }

    [ModelFact]
    public void Script_Main_MovesClientsByMandates()
    {
        var organisations = Main.Steps.OfType<PublishOrganisation>().Select(step => step.Organisation).ToList();
        Assert.Contains(organisations, each => each.Mandates.Any(mandate => mandate.Id.Length > 3));
        Assert.Contains(organisations, each => Organisation.Start.Mandates.Any(mandate => !each.Mandates.Contains(mandate)));
        Assert.Contains(Main.Expected.Clients, client => client.Desk == "hq");
        Assert.Contains(Main.Expected.Clients, client => client.FullIn != "");
        Assert.Contains(Main.Expected.Clients.SelectMany(client => client.Prompts), prompt => prompt.Desk == "hq");
        Assert.Contains(Main.Expected.Clients.SelectMany(client => client.Decisions), decision => decision.Outcome == "desk" && decision.Campaign.Desks.Contains("hq"));
    }

    [ModelFact]
    public void Script_Restless_RefusesMovesAndTriesThemAgain()
    {
        var script = Streams.Restless;

        Assert.Contains(script.Expected.Clients, client => client.Moves.Count > 2);
    }

    private static Script Main => Streams.Main;
}
