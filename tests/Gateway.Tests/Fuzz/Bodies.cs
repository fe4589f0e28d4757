using System.Text;

namespace Engagement.Gateway.Tests.Fuzz;

/// <summary>Good bodies to begin with.</summary>
internal static class Bodies
{
    private static readonly string[] Events =
    [
        Event("account.opened", """{"outlet":"hn-001","channel":"online","name":"王五","phone":"13900000000","birthDate":"1990-02-28","risk":3,"riskValidUntil":"2027-01-01","consents":["phone","app"],"tags":["vip"]}"""),
        Event("profile.changed", """{"outlet":"hn-001","addTags":["a"],"removeTags":["b"],"tags":["c"],"name":"赵六"}"""),
        Event("status.changed", """{"status":"active"}"""),
        Event("risk.assessed", """{"level":4,"validUntil":"2026-12-31"}"""),
        Event("consent.changed", """{"channel":"phone","granted":true}"""),
        Event("assets.valued", """{"total":612345.67,"asOf":"2026-03-02T01:00:00Z"}"""),
        Event("cash.moved", """{"amount":-1200.5,"internal":false,"account":"a"}"""),
        Event("trade.executed", """{"symbol":"600519","side":"buy","quantity":100.0001,"price":12.3456,"product":"stock","commission":5}"""),
        Event("holdings.valued", """{"positions":{"600519":100,"000001":2.5},"asOf":"2026-03-01T00:00:00Z"}"""),
        Event("contract.signed", """{"contract":"k-1","product":"wealth-1","assets":10000,"fee":1.5,"confirm":true}"""),
        Event("fee.charged", """{"amount":88.8,"contract":"k-1"}"""),
        Event("x.hello", """{"hot":true,"score":0.25,"topic":"债券"}"""),
    ];

    public static readonly IReadOnlyList<(string Type, byte[] Body)> OfEvents =
    [
        .. Events.Select(e => ("application/cloudevents+json", Encoding.UTF8.GetBytes(e))),
        ("application/cloudevents-batch+json", Encoding.UTF8.GetBytes($"[{string.Join(',', Events)}]")),
        ("application/x-ndjson", Encoding.UTF8.GetBytes(string.Join('\n', Events))),
    ];

    public static readonly byte[] CatalogueYaml = Encoding.UTF8.GetBytes(
        """
        tiers: { default: [ { id: tail, from: 0 }, { id: top, from: 500000 } ] }
        metrics:
        - { id: visits, on: app.active, where: 'event.data.page == "home"' }
        - { id: paid, on: fee.charged, value: 'event.data.amount' }
        segments:
        - { id: rich, name: { zh: 富, en: Rich }, when: 'client.assets >= 500000.0 && count(visits, "30d") > 0', stay: 'client.assets >= 400000.0' }
        - { id: young, when: 'client.age < 30 && now - client.opened > duration("12h")' }
        campaigns:
        - { id: hello, trigger: {event: x.hello}, when: 'event.data.hot', offer: {kind: call, risk: 2, value: 'client.assets * 0.001'}, message: {zh: "{client.id} 您好", en: "Hello {client.id}"}, priority: '10 + client.risk', desks: [advisor, outlet, hq], channel: phone, cooldown: "1d", expires: "48h" }
        - { id: in, trigger: {segment: rich, on: enter}, offer: {kind: call}, message: {zh: a, en: b}, desks: [advisor, outlet], expires: "2h", experiment: e-1 }
        experiments:
        - { id: e-1, unit: client, arms: {control: 0.5, treated: 0.5}, metrics: [ { id: m, on: trade.executed, kind: proportion, within: 30d } ] }
        policy: { cap: {perClient: 2, per: "1d"}, quiet: {from: "20:00", to: "09:00"}, tradingDaysOnly: false }
        holdout: { percent: 5, seed: s }
        """);

    public static readonly byte[] CatalogueJson = Encoding.UTF8.GetBytes(
        """{"segments":[{"id":"rich","name":{"zh":"富","en":"Rich"},"when":"client.assets >= 500000.0"}],"campaigns":[{"id":"hello","trigger":{"event":"x.hello"},"offer":{"kind":"call"},"message":{"zh":"您好","en":"Hello"},"desks":["advisor","outlet"],"expires":"48h","rollout":{"branches":["hn"],"percent":50}}]}""");

    public static readonly byte[] OrganisationYaml = Encoding.UTF8.GetBytes(
        """
        branches:
        - id: hn
          name: {zh: 华南, en: South}
          province: 440000
          mode: linked
          mandates:
          - { id: m1, scope: tail, channels: [desk], from: 2026-01-01, until: 2027-12-31 }
          outlets:
          - id: hn-001
            advisorFrom: 500000
            intensiveBelow: 50000
            advisors: [ { id: a-1, name: 张三, capacity: 300, status: active, licences: [fund] }, { id: a-2, name: 李四, status: leave, standIn: a-1 } ]
        defaults: { advisorFrom: 500000, intensiveBelow: 50000, capacity: 300 }
        """);

    public static readonly byte[] OrganisationJson = Encoding.UTF8.GetBytes(
        """{"branches":[{"id":"hn","outlets":[{"id":"hn-001","advisors":[{"id":"a-1","name":"张三"},{"id":"a-2","name":"李四"}]}]}]}""");

    /// <summary>A moment that has passed: the clock itself goes nowhere.</summary>
    public static readonly byte[] Clock = Encoding.UTF8.GetBytes("""{"now":"2001-01-01T00:00:00Z"}""");

    public static readonly byte[] Action = Encoding.UTF8.GetBytes("""{"actionId":"act-1","action":"snooze","until":"2026-03-02T04:00:00Z","reason":"later","outcome":"none"}""");

    public static readonly byte[] Session = Encoding.UTF8.GetBytes("""{"token":"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.AAAA","person":null}""");

    private static string Event(string type, string data) =>
        $$"""{"specversion":"1.0","id":"f-{{type}}","source":"fuzz","type":"{{type}}","subject":"c-{{type}}","time":"{{Engine.Now}}","data":{{data}},"traceparent":"00-1"}""";
}
