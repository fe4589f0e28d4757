using System.Text;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Clients;
using Engagement.Domain.Documents;
using Engagement.Domain.Language;
using Engagement.Domain.Organisation;

namespace Engagement.Domain.Tests.Clients;

/// <summary>A metric that is computed over the records of a log, beside the same one that counted them as they came.</summary>
public sealed class MetricBackfillTests : IPublishedDocuments
{
    private const long Start = 1_772_416_800_000;

    private static readonly Catalogue Since = Read(1, backfill: false);
    private static readonly Catalogue Later = Read(2, backfill: true);

    public Catalogue Catalogue(int version) => version == 1 ? Since : version == 2 ? Later : Domain.Campaigns.Catalogue.Empty;

    public OrganisationTree Organisation(int version) => OrganisationTree.Empty;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Metric_ComputedInAnyOrder_IsAsIfItHadAlwaysBeenThere(int seed)
    {
        var random = new Random(seed);
        var records = Records(random).ToList();
        var counted = new ClientEngine(new() { Id = "c-1", CatalogueVersion = 1 }, PersonalFields.None, this);
        records.ForEach(r => counted.Apply(r));

        var backfill = new MetricBackfill(Later.BackfilledOver(Since));
        foreach (var record in records.OrderBy(_ => random.Next()))
        {
            backfill.Add(record);
        }

        var filled = new ClientEngine(new() { Id = "c-1" }, PersonalFields.None, this);
        records.ForEach(r => filled.Apply(r));
        var publish = Publish(records[^1].Position + 1);
        filled.Apply(publish with { Backfilled = backfill.Result(publish.AtMs) });
        counted.Apply(Publish(records[^1].Position + 1));

        Assert.NotEmpty(counted.State.Memberships);
        Assert.Equal(counted.State.Memberships.Select(m => m.Segment), filled.State.Memberships.Select(m => m.Segment));
        var more = Records(random, from: records[^1].Position + 1).ToList();
        more.ForEach(r => (counted.Apply(r), filled.Apply(r)).ToString());
        Assert.Equal(Metrics(counted), Metrics(filled));
    }

    [Fact]
    public void Metric_ThatCountsAlready_IsComputedOnlyWhereItWasNotBefore()
    {
        Assert.Equal(["bought", "sold"], Later.BackfilledOver(Domain.Campaigns.Catalogue.Empty).Select(m => m.Id));
        Assert.Equal(["bought", "sold"], Later.BackfilledOver(Since).Select(m => m.Id));
        Assert.Empty(Later.BackfilledOver(Later));
        Assert.Empty(Since.BackfilledOver(Later));
    }

    private static string Metrics(ClientEngine client)
    {
        // Both write the same: what no window reaches is left out, whenever it was.
        var state = ClientSnapshot.Read(ClientSnapshot.Write(client.State));
        return string.Join('\n', state.Metrics.Select(m => $"{m.Id} {m.Count} {m.Sum} {m.Max} {m.LastMs} {m.CountIn(Window("400d"), state.AtMs)} {m.SumIn(Window("30d"), state.AtMs)} {m.MaxIn(Window("24h"), state.AtMs)}"));
    }

    private static Window Window(string text) => Domain.Language.Window.TryParse(text, out var window) ? window : throw new ArgumentException(text);

    private static LogRecord Publish(long position) =>
        new(position, RecordKind.Catalogue, "", "", "v2", LogRecord.CatalogueType, Start, Start + (position * 3_600_000), "{\"version\":2}"u8.ToArray(), null);

    private static IEnumerable<LogRecord> Records(Random random, long from = 0) => Enumerable.Range(1, 120).Select(i =>
    {
        var at = Start + ((from + i) * 3_600_000);
        var data = $$"""{"symbol":"600519","side":"{{(random.Next(2) == 0 ? "buy" : "sell")}}","quantity":100,"price":{{random.Next(1, 50)}},"product":"stock","commission":5}""";
        return new LogRecord(from + i, RecordKind.Event, "c-1", "t", $"e-{from + i}", EventTypes.TradeExecuted, at - (random.Next(3) * 86_400_000L * random.Next(300)), at, Encoding.UTF8.GetBytes(data), null);
    });

    private static Catalogue Read(int version, bool backfill)
    {
        var flag = backfill ? ", backfill: true" : "";
        var yaml = $$"""
            metrics:
            - { id: bought, on: trade.executed, where: 'event.data.side == "buy"', value: 'event.data.amount'{{flag}} }
            - { id: sold, on: trade.executed, where: 'event.data.side == "sell"'{{flag}} }
            segments:
            - { id: buyer, when: 'bought.sum("60d") >= 1000.0' }
            - { id: seller, when: 'sold.count("all") > 10' }
            """;
        Assert.True(CatalogueDocument.TryRead(yaml, DocumentFormat.Yaml, version, out var catalogue, out var problems), string.Join('\n', problems));
        return catalogue!;
    }
}
