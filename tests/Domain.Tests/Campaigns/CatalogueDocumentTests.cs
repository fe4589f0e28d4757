using Engagement.Domain.Campaigns;
using Engagement.Domain.Documents;

namespace Engagement.Domain.Tests.Campaigns;

public sealed class CatalogueDocumentTests
{
    [Theory]
    [InlineData("{}", DocumentFormat.Json)]
    [InlineData("{}", DocumentFormat.Yaml)]
    [InlineData("segments:\ncampaigns:\n", DocumentFormat.Yaml)]
    public void TryRead_NothingSaid_HasTheBuiltInsOnly(string text, DocumentFormat format)
    {
        Assert.True(CatalogueDocument.TryRead(text, format, 5, out var catalogue, out var problems), string.Join('\n', problems));
        Assert.Equal(5, catalogue.Version);
        Assert.Equal(Catalogue.BuiltInMetrics.AsEnumerable(), catalogue.Metrics.Select(m => m.Id));
        Assert.All(catalogue.Metrics, m => Assert.True(m.BuiltIn));
        Assert.Equal(Catalogue.Empty.Metrics.AsEnumerable(), catalogue.Metrics);
        Assert.Equal("", catalogue.TierOf(1, "o", "b"));
    }

    [Fact]
    public void TryRead_Tiers_ChooseByOutletThenBranch()
    {
        const string Text = """
            tiers:
              default: [ {id: tail, from: 0}, {id: mass, from: 50000}, {id: advised, from: 500000.5} ]
              overrides: { branch:hn: [ {id: tail, from: 0}, {id: mass, from: 30000} ], outlet:hn-1: [ {id: only, from: 10} ] }
            """;

        Assert.True(CatalogueDocument.TryRead(Text, DocumentFormat.Yaml, 1, out var catalogue, out var problems), string.Join('\n', problems));
        Assert.Equal("tail", catalogue.TierOf(-5, "o", "b"));
        Assert.Equal("mass", catalogue.TierOf(500_000_49, "o", "b"));
        Assert.Equal("advised", catalogue.TierOf(500_000_50, "o", "b"));
        Assert.Equal("mass", catalogue.TierOf(30_000_00, "o", "hn"));
        Assert.Equal("only", catalogue.TierOf(0, "hn-1", "hn"));
    }

    [Fact]
    public void TryRead_PolicyAndExperiments_AreKept()
    {
        const string Text = """
            policy:
              cap: { perClient: 2, per: "1d" }
              quiet: { from: "20:00", to: "09:00" }
              fourEyes: true
            experiments:
            - id: wake-1
              unit: outlet
              arms: { control: 0.2, treated: 0.8 }
              metrics:
              - { id: traded, on: trade.executed, kind: proportion, within: "30d" }
              - { id: turnover, on: trade.executed, value: amount, kind: mean, within: "30d" }
            holdout: { percent: 5, seed: holdout-2026 }
            sharing:
            - id: inc
              from: 2026-01-01
              basis: incremental
              experiment: wake-1
              metric: turnover
              shares: { hq: 0.10, branch: 0.30, outlet: 0.20, advisor: 0.40 }
            """;

        Assert.True(CatalogueDocument.TryRead(Text, DocumentFormat.Yaml, 1, out var catalogue, out var problems), string.Join('\n', problems));
        Assert.Equal(new Policy(2, 1, 1200, 540, false, true), catalogue.Policy);
        var experiment = Assert.Single(catalogue.Experiments);
        Assert.Equal(("wake-1", 10_000, "turnover"), (experiment.Seed, experiment.PlannedUnits, experiment.Metrics[1].Id));
        Assert.Equal(30 * Shanghai.DayMs, experiment.Metrics[0].WithinMs);
        Assert.Equal(5, catalogue.Holdout!.Percent);
        Assert.Equal(0.40m, Assert.Single(catalogue.Sharing).Shares.Advisor);
    }

    [Fact]
    public void TryRead_ManyErrors_NamesAllWithTheirPlaces()
    {
        const string Text = """
            tiers: { default: [ {id: mass, from: 10}, {id: tail, from: 0} ] }
            metric: []
            metrics:
            - { id: trades, on: trade.executed }
            - { id: a-b, on: trade.execute }
            campaigns:
            - id: 'two words'
              trigger: { segment: dormant, on: entering }
              offer: { kind: call, risk: 6 }
              desks: [advisor, advisor, branch]
              cooldown: 14
              expires: 2 days
              goal: { event: x., within: "7d" }
              rollout: { percent: 101 }
              experiment: none
            - trigger: { event: x.bought, every: "1d" }
            policy: { cap: { perClient: 2.5, per: "24h" }, quiet: { from: "24:00" } }
            experiments: [ { id: e, arms: { control: 0.2, treated: 0.7 }, metrics: [ { id: m, on: fee.charged, kind: mean, within: "30d" } ] } ]
            sharing: [ { id: s, from: 2026-01-01, basis: attributed, shares: { hq: 1.5 } } ]
            """;

        Assert.False(CatalogueDocument.TryRead(Text, DocumentFormat.Yaml, 1, out var catalogue, out var problems));

        Assert.Null(catalogue);
        Assert.Equal(
            [
                "tiers.default[1] 1:43 document.value",
                "metric 2:1 document.unknown.field",
                "metrics[0].id 4:9 document.duplicate",
                "metrics[1].id 5:9 document.value",
                "metrics[1].on 5:18 catalogue.unknown.event",
                "campaigns[0].message 7:3 document.missing",
                "campaigns[0].id 7:7 document.value",
                "campaigns[0].trigger.segment 8:23 catalogue.unknown.segment",
                "campaigns[0].trigger.on 8:36 document.value",
                "campaigns[0].offer.risk 9:30 document.value",
                "campaigns[0].desks[1] 10:20 document.duplicate",
                "campaigns[0].desks[2] 10:29 document.value",
                "campaigns[0].cooldown 11:13 document.type",
                "campaigns[0].expires 12:12 document.value",
                "campaigns[0].goal.event 13:18 catalogue.unknown.event",
                "campaigns[0].rollout.percent 14:23 document.value",
                "campaigns[0].experiment 15:15 catalogue.unknown.experiment",
                "campaigns[1].id 16:3 document.missing",
                "campaigns[1].message 16:3 document.missing",
                "campaigns[1].offer 16:3 document.missing",
                "campaigns[1].desks 16:3 document.missing",
                "campaigns[1].expires 16:3 document.missing",
                "campaigns[1].trigger 16:12 document.value",
                "policy.cap.perClient 17:29 document.value",
                "policy.cap.per 17:39 document.value",
                "policy.quiet.to 17:55 document.missing",
                "policy.quiet.from 17:63 document.value",
                "experiments[0].arms 18:31 document.value",
                "experiments[0].metrics[0].value 18:74 document.missing",
                "sharing[0].window 19:12 document.missing",
                "sharing[0].shares.hq 19:72 document.value",
            ],
            problems.Select(p => $"{p.Path} {p.Line}:{p.Column} {p.Code}").ToArray());
        Assert.Contains("Did you mean metrics?", problems[1].Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean trade.executed?", problems[4].Message, StringComparison.Ordinal);
    }
}
