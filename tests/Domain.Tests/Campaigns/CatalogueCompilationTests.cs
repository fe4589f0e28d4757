using Engagement.Domain.Campaigns;
using Engagement.Domain.Documents;

namespace Engagement.Domain.Tests.Campaigns;

public sealed class CatalogueCompilationTests
{
    private const string Contract = """
        tiers:
          default: [ {id: tail, from: 0}, {id: mass, from: 50000}, {id: affluent, from: 100000}, {id: advised, from: 500000} ]
          overrides: { branch:hn: [ {id: tail, from: 0}, {id: mass, from: 30000}, {id: affluent, from: 100000}, {id: advised, from: 500000} ] }
        metrics:
          - { id: tech_trades, on: trade.executed, where: 'event.data.symbol.startsWith("688")', value: 'event.data.amount' }
        segments:
          - { id: dormant, name: {zh: 沉睡客户, en: Dormant}, when: 'client.assets >= 100000.0 && !trades.within("30d") && now - client.opened > duration("2160h")' }
          - { id: near-advised, when: 'client.assets >= 450000.0', stay: 'client.assets >= 420000.0' }
        campaigns:
        - id: wake-dormant
          name: { zh: 沉睡唤醒, en: Wake the dormant }
          trigger: { segment: dormant, on: enter }        # or on: leave | {event: contract.ended} | {every: "1d", at: "09:35"} (all who match)
          when: 'client.assets >= 100000.0'
          offer: { kind: call, product: wealth-1, risk: 3, licence: fund, value: 'client.assets * 0.001' }
          message: { zh: "{client.id} 已 30 天未交易", en: "{client.id} has not traded for 30 days" }
          priority: 50
          desks: [advisor, outlet, hq]
          channel: phone
          cooldown: "14d"
          expires: "48h"
          goal: { event: trade.executed, within: "7d" }
          rollout: { branches: [hn], percent: 100 }
          experiment: wake-1
        policy:
          cap: { perClient: 2, per: "1d" }
          quiet: { from: "20:00", to: "09:00" }
          tradingDaysOnly: false
        experiments:
        - id: wake-1
          unit: client
          arms: { control: 0.2, treated: 0.8 }
          seed: wake-1
          metrics:
          - { id: traded, on: trade.executed, kind: proportion, within: "30d" }
        holdout: { percent: 5, seed: holdout-2026 }
        sharing:
        - id: linked-2026
          from: 2026-01-01
          when: 'client.branch == "hn"'
          basis: all
          window: "30d"
          shares: { hq: 0.10, branch: 0.30, outlet: 0.20, advisor: 0.40 }
        """;

    [Fact]
    public void TryRead_ContractsCatalogue_Compiles()
    {
        var catalogue = Read(Contract);

        Assert.Equal("tech_trades", catalogue.Metrics[^1].Id);
        Assert.Equal(["dormant", "near-advised"], catalogue.Segments.Select(s => s.Id));
        Assert.Equal("沉睡客户", catalogue.Segments[0].Name.Zh);
        Assert.Same(catalogue.Segments[0].When, catalogue.Segments[0].Stay);
        Assert.Equal("client.assets >= 420000.0", catalogue.Segments[1].Stay.Source);
        var campaign = Assert.Single(catalogue.Campaigns);
        Assert.Equal(new Trigger(TriggerKind.Enter, 0, null, 0, "segment:dormant:enter"), campaign.Trigger);
        Assert.Equal((50, 14 * Shanghai.DayMs, 2 * Shanghai.DayMs), (campaign.Priority, campaign.CooldownMs, campaign.ExpiresMs));
        Assert.Equal(DeskKinds.Advisor | DeskKinds.Outlet | DeskKinds.Hq, campaign.Desks);
        Assert.Equal(("client.id", " 已 30 天未交易"), (campaign.MessageZh.Parts[0].Text, campaign.MessageZh.Parts[1].Text));
        Assert.Equal("wake-1", campaign.Experiment);
    }

    [Fact]
    public void TryRead_SegmentBeforeTheOneItAsksFor_IsEvaluatedAfterIt()
    {
        var catalogue = Read("""
            segments:
            - { id: b, when: inSegment("a") }
            - { id: c, when: 'client.age > 30' }
            - { id: a, when: 'client.assets > 1.0' }
            """);

        Assert.Equal(["a", "b", "c"], catalogue.Segments.Select(s => s.Id));
        Assert.Equal([0, 1, 2], catalogue.Segments.Select(s => s.Index));
        Assert.Equal([0], catalogue.Segments[1].When.Reads.Segments);
    }

    [Fact]
    public void TryRead_SegmentsInACircle_AreNamed()
    {
        var problem = Assert.Single(Problems("""
            segments:
            - { id: a, when: 'client.age > 3', stay: inSegment("b") }
            - { id: b, when: inSegment("a") }
            """));

        Assert.Equal(("segments[0].stay", 2, 42, "catalogue.cycle"), (problem.Path, problem.Line, problem.Column, problem.Code));
        Assert.Contains("a → b → a", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryRead_ErrorsInExpressions_StandAtTheirPlaceInTheDocument()
    {
        const string Text = """
            metrics:
            - { id: m, on: trade.executed, where: 'client.assets > 1.0' }
            segments:
            - { id: a, when: 'client.assets >= 1.0 && client.asets > 2.0' }
            - id: b
              when: |
                client.age > 3 &&
                  nobody.within("1d")
            campaigns:
            - id: c
              trigger: { segment: a, on: leave }
              when: 'event.type == "x"'
              offer: { kind: call, value: '"a"' }
              message: 'Hello {client.nam}'
              priority: "{"
              desks: [hq]
              expires: "1d"
            """;

        var problems = Problems(Text);

        Assert.Equal(
            [
                "metrics[0].where 2:40",
                "segments[0].when 4:50",
                "segments[1].when 8:7",
                "campaigns[0].when 12:10",
                "campaigns[0].offer.value 13:32",
                "campaigns[0].message 14:27",
                "campaigns[0].priority 15:15",
            ],
            problems.Select(p => $"{p.Path} {p.Line}:{p.Column}"));
        Assert.All(problems, p => Assert.StartsWith("expression.", p.Code, StringComparison.Ordinal));
    }

    [Fact]
    public void TryRead_JsonWithEscapes_FindsThePlaceInTheString()
    {
        const string Text = """{"segments": [{"id": "a", "when": "client.id == \"中\" && client.asets > 2.0"}]}""";

        Assert.False(CatalogueDocument.TryRead(Text, DocumentFormat.Json, 1, out _, out var problems));
        Assert.Equal(Text.IndexOf("client.asets", StringComparison.Ordinal) + "client.".Length + 1, Assert.Single(problems).Column);
    }

    [Theory]
    [InlineData("{client.id} {client.assets} {client.age} {client.riskValid} {client.opened}")]
    [InlineData("{event.data.amount} {event.type} {event.time}")]
    [InlineData("{client.name} {{no}} }}{{")]
    public void TryRead_MessagePlaceholders_AreCompiledOrKept(string message)
    {
        var campaign = Assert.Single(Read(Campaign(message)).Campaigns);

        Assert.Equal(message.Contains("client.name", StringComparison.Ordinal) ? 0 : message.Count(c => c == '{'), campaign.MessageEn.Parts.Count(p => p.Path is not null));
        Assert.Same(campaign.MessageZh, campaign.MessageEn);
        if (message.Contains("{{", StringComparison.Ordinal))
        {
            Assert.Equal("{client.name} {no} }{", Assert.Single(campaign.MessageEn.Parts).Text);
        }
    }

    [Fact]
    public void TryRead_PlaceholderOfEventData_IsCompiledWhateverItHolds() =>
        Assert.Equal(
            "event.data.amount",
            Assert.Single(Read(Campaign("{event.data.amount}")).Campaigns).MessageZh.Parts[0].Path!.Source);

    [Theory]
    [InlineData("an { open")]
    [InlineData("a closed } one")]
    [InlineData("{client.assets + 1.0}")]
    [InlineData("{}")]
    [InlineData("{client.nobody}")]
    public void TryRead_MessageThatCannotBeFilled_IsRefused(string message) =>
        Assert.All(Problems(Campaign(message)), p => Assert.Equal("campaigns[0].message", p.Path));

    [Fact]
    public void TryRead_ValuesWithoutQuotes_AreExpressionsToo()
    {
        var catalogue = Read("""
            metrics: [ { id: m, on: x.seen, where: true, value: 2.5 } ]
            segments: [ { id: everybody, when: true } ]
            campaigns:
            - { id: z, trigger: {every: 1d, at: "09:35"}, offer: {kind: call, value: 10}, message: hello, desks: [hq], expires: 90s, priority: 250 }
            - { id: a, trigger: {event: x.seen}, offer: {kind: call}, message: {en: hello}, desks: [hq], expires: 30m, priority: 'int(client.assets)' }
            - { id: b, trigger: {event: x.seen}, offer: {kind: call}, message: hello, desks: [hq], expires: 30m, priority: 'client.assets / 10000.0', rollout: {percent: 12.5} }
            """);

        Assert.Equal(["a", "b", "z"], catalogue.Campaigns.Select(c => c.Id));
        Assert.Equal((true, 12.5m), (catalogue.Campaigns[1].PriorityExpression is not null, catalogue.Campaigns[1].Rollout.Percent));
        Assert.Equal((100, 575), (catalogue.Campaigns[2].Priority, catalogue.Campaigns[2].Trigger.AtMinute));
        Assert.NotNull(catalogue.Campaigns[0].PriorityExpression);
        Assert.Equal("hello", catalogue.Campaigns[0].MessageZh.Source);
        Assert.Equal("2.5", catalogue.Metrics[^1].Value!.Source);
    }

    [Fact]
    public void Fingerprint_OfAMetric_ChangesWithItsDefinitionOnly()
    {
        static string Of(string metric) => Read($"metrics: [ {{ id: m, on: x.seen, {metric} }} ]").Metrics[^1].Fingerprint;

        Assert.Equal(Of("value: 2.5"), Of("value: '2.5', backfill: true"));
        Assert.NotEqual(Of("value: 2.5"), Of("value: 2.6"));
        Assert.NotEqual(Of("value: 2.5"), Of("where: true"));
    }

    private static string Campaign(string message) =>
        $"campaigns: [ {{ id: c, trigger: {{event: trade.executed}}, offer: {{kind: call}}, message: \"{message}\", desks: [hq], expires: 1d }} ]";

    private static Catalogue Read(string text) =>
        CatalogueDocument.TryRead(text, DocumentFormat.Yaml, 1, out var catalogue, out var problems)
            ? catalogue
            : throw new InvalidOperationException(string.Join('\n', problems));

    private static System.Collections.Immutable.ImmutableArray<DocumentProblem> Problems(string text)
    {
        Assert.False(CatalogueDocument.TryRead(text, DocumentFormat.Yaml, 1, out _, out var problems));
        Assert.NotEmpty(problems);
        return problems;
    }
}
