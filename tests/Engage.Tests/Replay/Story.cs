using Engagement.Contracts.Catalogue;
using Engagement.Domain.Clients;

namespace Engagement.Engage.Tests.Replay;

/// <summary>A seeded run of an engine in which everything happens that a log can hold: every type of event, publishes, due instants, grants, erasures, a restart.</summary>
internal static class Story
{
    public const int Clients = 60;

    public const string Erased = "c-7";

    private const string Organisation = """
        branches:
        - id: hn
          outlets:
          - { id: hn-001, advisorFrom: 500000, intensiveBelow: 50000, advisors: [ { id: a-1, name: 张三, capacity: 3, licences: [advice] }, { id: a-2, name: 李四, capacity: 3 } ] }
          - { id: hn-002, advisors: [ { id: a-3, name: 王五, capacity: 2 } ] }
        """;

    private const string Catalogue = """
        metrics:
        - { id: tech, on: trade.executed, where: 'event.data.symbol.startsWith("688")', value: 'event.data.amount' }
        segments:
        - { id: rich, when: 'client.assets >= 100000.0', stay: 'client.assets >= 80000.0' }
        - { id: senior, when: 'client.age >= 60' }
        - { id: active, when: 'trades.count("2d") >= 2' }
        - { id: watched, when: 'inSegment("rich") && !visits.within("36h")' }
        campaigns:
        - { id: wake, trigger: {segment: watched, on: enter}, offer: {kind: call, value: 'client.assets * 0.001'}, message: {zh: "{client.id}", en: "{client.name}"}, desks: [advisor, outlet], cooldown: "1d", expires: "48h" }
        - { id: daily, trigger: {every: "1d", at: "09:35"}, when: 'inSegment("rich")', offer: {kind: call, risk: 2}, message: {zh: "x", en: "x"}, channel: phone, desks: [advisor, outlet], expires: "6h" }
        - { id: trade, trigger: {event: trade.executed}, offer: {kind: call}, message: {zh: "x", en: "x"}, desks: [advisor, outlet], expires: "6h", priority: 'client.risk * 10' }
        policy: { cap: { perClient: 2, per: "1d" }, quiet: { from: "20:00", to: "09:00" } }
        """;

    public static async Task Play(RunningEngine engine, int seed)
    {
        var random = new Random(seed);
        await engine.Publish(DocumentKind.Organisation, Organisation);
        await engine.Append(Enumerable.Range(0, Clients / 2).Select(i => Open(engine, i)));
        await engine.Publish(DocumentKind.Catalogue, Catalogue);
        await engine.Append(Enumerable.Range(Clients / 2, Clients / 2).Select(i => Open(engine, i)));
        for (var round = 0; round < 12; round++)
        {
            await engine.Append(Enumerable.Range(0, 40).Select(_ => Any(engine, random)));
            await engine.Settle();
            await engine.Advance(TimeSpan.FromHours(random.Next(1, 20)));
            switch (round)
            {
                case 3:
                    await engine.Publish(DocumentKind.Catalogue, Catalogue.Replace(">= 60", ">= 50", StringComparison.Ordinal));
                    break;
                case 5:
                    await engine.Erase(Erased);
                    await engine.Erase("c-8");
                    break;
                case 6:
                    await engine.Append(engine.Event("c-8", EventTypes.ProfileChanged, "{}", new("新名", null, new DateOnly(1950, 5, 5))));
                    await engine.Restart();
                    break;
                case 8:
                    await engine.Publish(DocumentKind.Organisation, Organisation.Replace("name: 张三,", "name: 张三, status: left,", StringComparison.Ordinal));
                    break;
                case 9:
                    await engine.Erase("c-8");
                    break;
                default:
                    break;
            }
        }

        // The last publish reaches everybody by the roll-over alone.
        await engine.Publish(DocumentKind.Catalogue, Catalogue.Replace("100000.0", "120000.0", StringComparison.Ordinal));
        await engine.Settle();
    }

    private static IncomingEvent Open(RunningEngine engine, int i) => engine.Event(
        $"c-{i}", EventTypes.AccountOpened, $$"""{"outlet":"hn-00{{1 + (i % 2)}}","channel":"online","risk":3,"riskValidUntil":"2026-03-05","consents":["phone"]}""",
        i % 3 == 0 ? null : new($"客户{i}", $"139{i:00000000}", new DateOnly(1940 + i, 3, 4)));

    private static IncomingEvent Any(RunningEngine engine, Random random)
    {
        var client = $"c-{random.Next(Clients + 4)}";
        var (type, data) = random.Next(20) switch
        {
            0 => (EventTypes.ProfileChanged, """{"addTags":["vip"],"outlet":"hn-002"}"""),
            1 => (EventTypes.StatusChanged, """{"status":"frozen"}"""),
            2 => (EventTypes.StatusChanged, """{"status":"active"}"""),
            3 => (EventTypes.RiskAssessed, """{"level":2,"validUntil":"2026-03-06"}"""),
            4 => (EventTypes.ConsentChanged, """{"channel":"phone","granted":false}"""),
            5 => (EventTypes.ConsentChanged, """{"channel":"phone","granted":true}"""),
            6 => (EventTypes.HoldingsValued, """{"positions":{"688001":100,"600000":5}}"""),
            7 or 8 => (EventTypes.CashMoved, $$"""{"amount":{{random.Next(-40_000, 90_000)}}}"""),
            9 => (EventTypes.AppActive, """{"page":"home"}"""),
            10 => (EventTypes.ContactMade, """{"channel":"phone","by":"a-1"}"""),
            11 => (EventTypes.ContractSigned, $$"""{"contract":"k-{{random.Next(3)}}","product":"wealth","assets":1000,"confirm":true}"""),
            12 => (EventTypes.ContractEffective, $$"""{"contract":"k-{{random.Next(3)}}"}"""),
            13 => (EventTypes.ContractEnded, $$"""{"contract":"k-{{random.Next(3)}}"}"""),
            14 => (EventTypes.FeeCharged, """{"amount":12.5}"""),
            15 => ("x.note", """{"kind":"call","score":3}"""),
            16 or 17 => (EventTypes.AssetsValued, $$"""{"total":{{random.Next(0, 900_000)}}}"""),
            _ => (EventTypes.TradeExecuted, $$"""{"symbol":"688001","side":"{{(random.Next(2) == 0 ? "buy" : "sell")}}","quantity":100,"price":{{random.Next(1, 90)}},"product":"stock","commission":5}"""),
        };
        return engine.Event(client, type, data, agoMs: random.Next(4) == 0 ? random.Next(200_000_000) : 0);
    }
}
