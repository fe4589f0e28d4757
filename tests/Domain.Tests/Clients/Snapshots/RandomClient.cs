using System.Globalization;
using System.Text;
using CsCheck;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Clients;
using Engagement.Domain.Documents;
using Engagement.Domain.Organisation;

namespace Engagement.Domain.Tests.Clients.Snapshots;

/// <summary>Random records of one client, under a catalogue that makes use of everything a state holds.</summary>
internal static class RandomClient
{
    private const long Start = 1_772_416_800_000;

    private const string Yaml = """
        metrics:
        - { id: big, on: trade.executed, where: 'event.data.amount > 5000.0', value: 'event.data.amount' }
        segments:
        - { id: trader, when: 'trades.count("3d") >= 2' }
        - { id: quick, when: 'trades.within("2h") || big.sum("30m") > 1000.0' }
        - { id: rich, when: 'client.assets >= 5000.0', stay: 'client.assets >= 4000.0' }
        - { id: senior, when: 'client.age >= 60 && client.riskValid' }
        - { id: holds, when: '"600519" in client.holdings && client.contracts.exists(c, c == "p")' }
        campaigns:
        - { id: night, trigger: {segment: quick, on: enter}, offer: {kind: call, risk: 2, value: 'client.assets * 0.01'}, message: {zh: "{client.id}", en: "{client.assets}"}, channel: phone, desks: [advisor, outlet], cooldown: "1d", expires: "48h" }
        - { id: daily, trigger: {every: "1d", at: "09:35"}, when: inSegment("rich"), offer: {kind: call}, message: {zh: "a", en: "b"}, desks: [advisor, outlet], expires: "8h" }
        policy:
          cap: { perClient: 3, per: "2d" }
          quiet: { from: "12:00", to: "09:00" }
        """;

    private const string Tree = """
        branches:
        - { id: b1, name: {zh: a, en: a}, province: 440000, mode: linked, kpi: share, outlets: [ { id: o1, advisors: [ {id: a1, name: x, capacity: 5, status: active, licences: []} ] } ] }
        defaults: { advisorFrom: 8000, intensiveBelow: 100, capacity: 5 }
        """;

    private static readonly string[] Datas =
    [
        """account.opened {"outlet":"o1","channel":"online","risk":3,"riskValidUntil":"2026-03-04","consents":["phone","app"],"tags":["vip","新"]}""",
        """profile.changed {"addTags":["x"],"removeTags":["vip"]}""",
        """assets.valued {"total":QTY00}""",
        """cash.moved {"amount":-QTY}""",
        """cash.moved {"amount":QTY00.25}""",
        """trade.executed {"symbol":"600519","side":"buy","quantity":QTY,"price":20.5,"product":"stock","commission":5}""",
        """trade.executed {"symbol":"000001","side":"sell","quantity":0.1234,"price":1.0001,"product":"fund","commission":0}""",
        """holdings.valued {"positions":{"600519":QTY,"x-1":0.5}}""",
        """contract.signed {"contract":"k1","product":"p","assets":QTY}""",
        """contract.ended {"contract":"k1"}""",
        """consent.changed {"channel":"automation","granted":false}""",
        """consent.changed {"channel":"automation","granted":true}""",
        """risk.assessed {"level":2,"validUntil":"2026-12-31"}""",
        """app.active {}""",
        """contact.made {"channel":"phone","by":"a1"}""",
        """fee.charged {"amount":12.5}""",
    ];

    /// <summary>Records that follow each other; what falls due on the way is not among them.</summary>
    public static readonly Gen<List<LogRecord>> Records =
        Gen.Select(Gen.Int[0, Datas.Length - 1], Gen.Int[1, 900], Gen.OneOf(Gen.Int[0, 60], Gen.Int[60, 2_000])).List[1, 60].Select(Make);

    public static ClientEngine New() => new(new() { Id = "c-1", CatalogueVersion = 1, OrganisationVersion = 1 }, PersonalFields.None, Documents.One);

    /// <summary>The same client as he is after a snapshot was written and read.</summary>
    public static ClientEngine Again(ClientEngine engine) => new(ClientSnapshot.Read(ClientSnapshot.Write(engine.State)), engine.Personal, Documents.One);

    private static List<LogRecord> Make(List<(int Kind, int Quantity, int Minutes)> drawn)
    {
        List<LogRecord> records = [];
        var at = Start;
        foreach (var (kind, quantity, minutes) in drawn)
        {
            at += minutes * 60_000L;
            var text = Datas[kind].Replace("QTY", quantity.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
            var (type, data) = (text[..text.IndexOf(' ')], text[(text.IndexOf(' ') + 1)..]);
            var personal = kind == 0 ? new PersonalFields("张三", null, new DateOnly(1960, 2, 29)) : null;
            var position = (records.Count * 10_000) + 1;
            records.Add(new(position, RecordKind.Event, "c-1", "s", $"e{position}", type, at - (quantity * 1_000L), at, Encoding.UTF8.GetBytes(data), personal));
        }

        return records;
    }

    private sealed class Documents : IPublishedDocuments
    {
        public static readonly Documents One = new();

        private readonly Catalogue catalogue;
        private readonly OrganisationTree organisation;

        private Documents()
        {
            Assert.True(CatalogueDocument.TryRead(Yaml, DocumentFormat.Yaml, 1, out catalogue!, out var problems), string.Join('\n', problems));
            Assert.True(OrganisationDocument.TryRead(Tree, DocumentFormat.Yaml, 1, out organisation!, out problems), string.Join('\n', problems));
        }

        public Catalogue Catalogue(int version) => catalogue;

        public OrganisationTree Organisation(int version) => organisation;
    }
}
