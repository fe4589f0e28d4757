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
    public void Script_Month_HoldsEveryTypeOfEvent()
    {
        var events = Month.Steps.OfType<SendBatch>().SelectMany(batch => batch.Events).ToList();

        Assert.InRange(events.Count, SameAsTheModelTests.Shape.Events, SameAsTheModelTests.Shape.Events * 11 / 10);
        Assert.Equal(Types, events.Select(e => e.Type).Distinct().Order(StringComparer.Ordinal));
        Assert.InRange(events.DistinctBy(e => (e.Source, e.Id, e.Client)).Count(), events.Count * 9 / 10, events.Count - 100);
    }

    [ModelFact]
    public void Script_Month_ReachesEveryStepOfTheGate()
    {
        var decisions = Month.Expected.Clients.SelectMany(client => client.Decisions).ToList();

        string[] outcomes = ["blocked", "cap", "condition", "consent", "control", "cooldown", "desk", "holdout", "quiet", "raised", "rollout", "suitability"];
        Assert.Equal(outcomes, decisions.Select(decision => decision.Made).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(
            Campaigns.All.Concat(Campaigns.OnPublish).Select(campaign => campaign.Id).Order(),
            decisions.Where(decision => decision.Outcome == "raised").Select(decision => decision.Campaign.Id).Distinct().Order());
    }

    /// <summary>A second asking ends in every way that there is, a campaign that is gone included.</summary>
    [ModelFact]
    public void Script_Month_AsksAgainInEveryWay()
    {
        var waited = Month.Expected.Clients.SelectMany(client => client.Decisions).Where(decision => decision.Made == "quiet").ToList();

        string[] outcomes = ["blocked", "cap", "consent", "desk", "raised", "rollout", "suitability"];
        Assert.Equal(outcomes, waited.Select(decision => decision.Outcome).Except(["quiet"]).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(waited, decision => decision.Outcome == "raised" && decision.Draft.RaisedAt > decision.At + (36 * ShanghaiTime.Hour));
    }

    [ModelFact]
    public void Script_Month_FillsSegmentsAndPlaces()
    {
        var model = Month.Expected;

        Assert.All(model.Catalogue.Segments, segment => Assert.Contains(model.Clients, client => client.Segments.ContainsKey(segment.Id)));
        Assert.Contains(model.Clients, client => client.Waiting);
        Assert.Contains(model.Clients, client => client.Moves.Count == 2);
    }

    [ModelFact]
    public void Script_Month_ActsInEveryWay()
    {
        var answers = Month.Steps.OfType<ActOnPrompt>().Select(step => $"{step.Action.Action} {step.Expected.What}").Distinct().ToList();

        string[] wanted =
        [
            "seen seen", "seen prompt.state", "accept accepted", "accept prompt.taken", "accept prompt.state", "accept prompt.unknown",
            "dismiss dismissed", "dismiss prompt.state", "snooze snoozed", "snooze prompt.snooze.invalid", "snooze prompt.state",
            "done done", "done prompt.state", "undo open", "undo seen", "undo accepted", "undo withdrawn", "undo prompt.state",
        ];
        Assert.Empty(wanted.Except(answers));
        Assert.Equal(
            ["accepted", "dismissed", "done", "expired", "open", "seen", "snoozed", "withdrawn"],
            Month.Expected.Clients.SelectMany(client => client.Prompts).Select(prompt => prompt.StateAt(Month.Expected.Now)).Distinct().Order(StringComparer.Ordinal));
    }

    [ModelFact]
    public void Script_Month_ChangesOrganisationAndCatalogue()
    {
        var organisations = Month.Steps.OfType<PublishOrganisation>().Select(step => step.Organisation).ToList();
        var advisors = organisations.SelectMany(each => each.Outlets).SelectMany(outlet => outlet.Advisors).ToList();

        Assert.InRange(organisations.Count, 20, 80);
        Assert.Contains(organisations, each => each.BranchOf("north-003") == "south" || each.BranchOf("south-002") == "north" || each.BranchOf("north-001") == "south");
        Assert.Contains(organisations, each => each.Find("elsewhere") is not null);
        Assert.Contains(advisors, advisor => advisor is { Status: "leave", StandIn: not null } && Organisation.Start.FindAdvisor(advisor.Id) is { Status: "active" });
        Assert.Contains(advisors, advisor => advisor.Status == "left" && Organisation.Start.FindAdvisor(advisor.Id) is { Status: "active" });
        Assert.Contains(advisors, advisor => Organisation.Start.FindAdvisor(advisor.Id) is { } before && advisor.Capacity < before.Capacity);
        Assert.Contains(advisors, advisor => Organisation.Start.FindAdvisor(advisor.Id) is null);
        Assert.InRange(Month.Steps.OfType<PublishCatalogue>().Count(), 10, 12);
    }

    [ModelFact]
    public void Script_Restless_RefusesMovesAndTriesThemAgain()
    {
        var script = Script.From(SameAsTheModelTests.Seed, StreamShape.Restless);

        Assert.Contains(script.Expected.Clients, client => client.Moves.Count > 2);
    }

    [ModelFact]
    public void Zz_Stats()
    {
        var m = Month;
        var lines = new List<string>();
        lines.Add("steps " + string.Join(", ", m.Steps.GroupBy(x => x.GetType().Name).Select(g => g.Key + "=" + g.Count())));
        lines.Add("made " + string.Join(", ", m.Expected.Clients.SelectMany(c => c.Decisions).GroupBy(x => x.Made).Select(g => g.Key + "=" + g.Count())));
        lines.Add("waited " + string.Join(", ", m.Expected.Clients.SelectMany(c => c.Decisions).Where(x => x.Made == "quiet").GroupBy(x => x.Outcome).Select(g => g.Key + "=" + g.Count())));
        lines.Add("answers " + string.Join(", ", m.Steps.OfType<ActOnPrompt>().GroupBy(x => x.Action.Action + " " + x.Expected.What).OrderBy(g => g.Key).Select(g => g.Key + "=" + g.Count())));
        lines.Add("orgs " + m.Steps.OfType<PublishOrganisation>().Count() + " waiting " + m.Expected.Clients.Count(c => c.Waiting) + " advised " + m.Expected.Clients.Count(c => c.Advisor != ""));
        var o = Organisation.Start;
        foreach (var x in m.Steps.OfType<PublishOrganisation>().Select(x => x.Organisation))
        {
            lines.Add(string.Join("; ", x.Outlets.Where(a => o.Find(a.Id)?.Branch != a.Branch).Select(a => a.Id + "->" + a.Branch)
              .Concat(x.Outlets.SelectMany(a => a.Advisors).Where(a => o.FindAdvisor(a.Id) is not { } b || (a.Status, a.StandIn, a.Capacity) != (b.Status, b.StandIn, b.Capacity)).Select(a => a.ToString()))));
            o = x;
        }
        File.WriteAllLines("/tmp/model-stats.txt", lines);
    }

    private static Script Month => SameAsTheModelTests.Month;
}
