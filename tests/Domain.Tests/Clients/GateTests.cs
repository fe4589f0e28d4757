using Engagement.Domain.Campaigns;

namespace Engagement.Domain.Tests.Clients;

/// <summary>
/// The gate's steps in the contract's order (page 3), one table: each refuses for each of its reasons where it is the only one,
/// and of any two that would both refuse the earlier names the decision.
/// </summary>
public sealed class GateTests
{
    /// <summary>In the gate's order; within a step each of its reasons. What is not set lets the decision pass.</summary>
    private static readonly Hindrance[] Hindrances =
    [
        new("blocked", "client.status") { Events = [("status.changed", """{"status":"frozen"}""")] },
        new("blocked", "client.status") { Events = [("status.changed", """{"status":"deceased"}""")] },
        new("blocked", "client.status") { Events = [("status.changed", """{"status":"dispute"}""")] },
        new("blocked", "client.status") { Events = [("account.closed", "{}")] },
        new("rollout", "client.branch") { Rollout = "{ branches: [hb] }" },
        new("rollout", "rollout.percent") { Rollout = "{ branches: [hn], percent: 0 }" },
        new("condition", "client.assets > 1.0") { When = "client.assets > 1.0" },
        new("condition", "1 / (client.risk - client.risk) > 0") { When = "1 / (client.risk - client.risk) > 0" },
        new("consent", "consent.phone") { Events = [("consent.changed", """{"channel":"phone","granted":false}""")] },
        new("consent", "consent.automation") { Events = [("consent.changed", """{"channel":"automation","granted":false}""")] },
        new("suitability", "offer.risk") { Risk = 4 },
        new("suitability", "offer.risk") { Events = [("risk.assessed", """{"level":2,"validUntil":"2027-01-01"}""")] },
        new("suitability", "client.riskValid") { Events = [("risk.assessed", """{"level":3,"validUntil":"2026-03-06"}""")] },
        new("holdout", "holdout.percent") { Root = "holdout: { percent: 100 }" },
        new("control", "experiment.wake-1") { Root = "experiments: [ { id: wake-1, unit: client, arms: { control: 1, treated: 0 } } ]", Experiment = "wake-1" },
        new("control", "experiment.wake-1") { Root = "experiments: [ { id: wake-1, unit: outlet, arms: { control: 1, treated: 0 } } ]", Experiment = "wake-1" },
        new("cooldown", "last raised") { Cooldown = "14d" },
        new("cap", "policy.cap.perClient") { Policy = "cap: { perClient: 1, per: 1d }" },
        new("cap", "policy.cap.perClient") { Policy = "cap: { perClient: 1, per: 2d }" },
        new("desk", "client.desk") { Desks = "[advisor, hq]" },
        new("desk", "may act") { Organisation = "- { id: hn, mandates: [ { id: m, scope: tail, channels: [wecom], until: 2027-12-31 } ], outlets: [ { id: o } ] }" },
        new("desk", "client.desk") { Organisation = "- { id: hn, outlets: [ { id: other } ] }" },
        new("desk", "offer.licence") { Licence = "fund" },
        new("quiet", "client.risk < 4") { Policy = "quiet: { from: '10:00', to: '11:00' }" },
        new("quiet", "client.risk < 4") { Policy = "tradingDaysOnly: true" },
    ];

    private static readonly string[] Order =
        ["blocked", "rollout", "condition", "consent", "suitability", "holdout", "control", "cooldown", "cap", "desk", "quiet"];

    public static TheoryData<int> Alone => [.. Enumerable.Range(0, Hindrances.Length)];

    [Fact]
    public void Gate_WithoutHindrance_Raises() => Assert.Equal("raised", Decide(new("raised", "")).Outcome);

    [Theory, MemberData(nameof(Alone))]
    public void Gate_OneStepSaysNo_NamesItAndWhatDecided(int index)
    {
        var decision = Decide(Hindrances[index]);

        Assert.Equal(Hindrances[index].Step, decision.Outcome);
        Assert.Contains(decision.Because, r => r.Expr == Hindrances[index].Names);
        Assert.Null(decision.Prompt);
    }

    [Theory, MemberData(nameof(Alone))]
    public void Gate_LaterStepsWouldSayNoToo_TheEarlierIsTheDecision(int index)
    {
        var earlier = Hindrances[index];
        foreach (var later in Hindrances[(index + 1)..].Where(h => h.Step != earlier.Step))
        {
            var decision = Decide(earlier.With(later));

            Assert.Equal((earlier.Step, later), (decision.Outcome, later));
            Assert.Contains(decision.Because, r => r.Expr == earlier.Names);
        }
    }

    /// <summary>The steps that are asked again when the window opens; what the others would say by then does not count.</summary>
    [Theory, MemberData(nameof(Alone))]
    public void Window_Opens_AsksOnlyWhatMayHaveEndedInTheSameOrder(int index)
    {
        var earlier = Hindrances[index];
        string[] again = ["blocked", "consent", "suitability", "cap", "desk"];
        foreach (var later in Hindrances[index..].Where(h => h.Step is not "quiet" && (h == earlier || h.Step != earlier.Step)))
        {
            var expected = again.FirstOrDefault(s => s == earlier.Step) ?? again.FirstOrDefault(s => s == later.Step) ?? "raised";

            Assert.Equal((expected, later), (DecideWhenOpen(earlier.With(later)).Outcome, later));
        }
    }

    [Fact]
    public void Table_HasEachStepInItsOrder() => Assert.Equal(Order, Hindrances.Select(h => h.Step).Distinct());

    /// <summary>One trigger on a Saturday, after one that was raised before anything hindered it.</summary>
    private static Decision Decide(Hindrance hindrance)
    {
        var client = Greeted(hindrance);

        return Assert.Single(client.On("2026-03-07T10:30:00+08:00", "x.hello", "{}").Decisions);
    }

    /// <summary>A decision that waited from before anything hindered it.</summary>
    private static Decision DecideWhenOpen(Hindrance hindrance)
    {
        var client = Greeted(new("quiet", "") { Policy = "quiet: { from: '10:00', to: '12:00' }" });
        Assert.Equal("quiet", Assert.Single(client.On("2026-03-07T10:30:00+08:00", "x.hello", "{}").Decisions).Outcome);
        Hinder(client, hindrance with { Policy = "quiet: { from: '10:00', to: '12:00' }," + hindrance.Policy }, "2026-03-07T10:40:00+08:00");

        return Assert.Single(client.Due("2026-03-07T12:00:00+08:00").Decisions);
    }

    private static OneClient Greeted(Hindrance hindrance)
    {
        var client = new OneClient();
        client.PublishOrganisation("2026-03-07T08:00:00+08:00", Organisation(Hindrance.Open));
        client.PublishCatalogue("2026-03-07T08:00:00+08:00", Catalogue(Hindrance.Open));
        client.On("2026-03-07T09:00:00+08:00", "account.opened", """{"outlet":"o","channel":"online","risk":3,"riskValidUntil":"2027-01-01","consents":["phone"]}""");
        Assert.Equal("raised", Assert.Single(client.On("2026-03-07T09:30:00+08:00", "x.hello", "{}").Decisions).Outcome);
        Hinder(client, hindrance, "2026-03-07T10:10:00+08:00");
        return client;
    }

    private static void Hinder(OneClient client, Hindrance hindrance, string at)
    {
        client.PublishOrganisation(at, Organisation(hindrance));
        client.PublishCatalogue(at, Catalogue(hindrance));
        foreach (var (type, data) in hindrance.Events)
        {
            client.On(at, type, data);
        }
    }

    private static string Organisation(Hindrance with) => "branches:\n" + (with.Organisation ?? "- { id: hn, outlets: [ { id: o, advisors: [ { id: a-1, licences: [advice] } ] } ] }");

    private static string Catalogue(Hindrance with) => $$"""
        campaigns:
        - id: hello
          trigger: { event: x.hello }
          when: '{{with.When ?? "client.risk < 4"}}'
          offer: { kind: call, risk: {{with.Risk ?? 3}}, licence: {{with.Licence ?? "advice"}} }
          message: { zh: 您好, en: Hello }
          desks: {{with.Desks ?? "[advisor, outlet, hq]"}}
          channel: phone
          cooldown: {{with.Cooldown ?? "0d"}}
          rollout: {{with.Rollout ?? "{}"}}
          expires: 48h
          {{(with.Experiment is { } experiment ? "experiment: " + experiment : "")}}
        policy: { {{with.Policy}} }
        {{with.Root}}
        """;

    /// <summary>What makes one step refuse.</summary>
    /// <param name="Step">The outcome.</param>
    /// <param name="Names">What <c>because</c> says about it.</param>
    private sealed record Hindrance(string Step, string Names)
    {
        public static readonly Hindrance Open = new("raised", "");

        public (string Type, string Data)[] Events { get; init; } = [];

        public string? Rollout { get; init; }

        public string? When { get; init; }

        public int? Risk { get; init; }

        public string? Root { get; init; }

        public string? Experiment { get; init; }

        public string? Cooldown { get; init; }

        public string? Policy { get; init; }

        public string? Desks { get; init; }

        public string? Licence { get; init; }

        public string? Organisation { get; init; }

        /// <summary>Both. Only those of one step set the same thing.</summary>
        public Hindrance With(Hindrance other) => this == other ? this : this with
        {
            Events = [.. Events, .. other.Events],
            Rollout = Rollout ?? other.Rollout,
            When = When ?? other.When,
            Risk = Risk ?? other.Risk,
            Root = Root + "\n" + other.Root,
            Experiment = Experiment ?? other.Experiment,
            Cooldown = Cooldown ?? other.Cooldown,
            Policy = string.Join(", ", new[] { Policy, other.Policy }.Where(p => p is not null)),
            Desks = Desks ?? other.Desks,
            Licence = Licence ?? other.Licence,
            Organisation = Organisation ?? other.Organisation,
        };
    }
}
