using System.Globalization;
using System.Text;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Clients;
using Engagement.Domain.Documents;
using Engagement.Domain.Organisation;

namespace Engagement.Bench.Fold;

/// <summary>A client under the catalogue that the engine's own benchmark has: 20 segments, 5 campaigns.</summary>
internal sealed class Sample : IPublishedDocuments
{
    public const long Now = 1_772_416_800_000;

    private readonly Catalogue catalogue;

    public Sample()
    {
        using var reader = new StreamReader(typeof(Sample).Assembly.GetManifestResourceStream("catalogue.yaml")!);
        catalogue = CatalogueDocument.TryRead(reader.ReadToEnd(), DocumentFormat.Yaml, 1, out var read, out var problems)
            ? read
            : throw new InvalidOperationException(string.Join('\n', problems));
    }

    public Catalogue Catalogue(int version) => catalogue;

    public OrganisationTree Organisation(int version) => OrganisationTree.Empty;

    /// <summary>A client with a number of trades of the last two days, ten a symbol.</summary>
    public ClientEngine Client(int trades)
    {
        var engine = new ClientEngine(new() { Id = "c-000001", CatalogueVersion = 1 }, PersonalFields.None, this);
        engine.Apply(Record(1, "account.opened", """{"outlet":"o-1","channel":"online","risk":3,"riskValidUntil":"2099-01-01","consents":["phone","advisor","app"]}""", Now - 172_800_000));
        engine.Apply(Record(2, "assets.valued", """{"total":120000}""", Now - 172_800_000));
        for (var i = 0; i < trades; i++)
        {
            engine.Apply(Record(3 + i, "trade.executed", Trade(i), Now - 172_000_000 + (i * 3_000_000L)));
        }

        return engine;
    }

    public static string Trade(int i) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"symbol":"{{600_000 + (i / 10)}}","side":"{{(i % 2 == 0 ? "buy" : "sell")}}","quantity":{{100 * (1 + (i % 9))}},"price":{{20 + (i % 7)}}.5,"product":"stock","commission":5}""");

    public static LogRecord Record(long position, string type, string data, long at) =>
        new(position, RecordKind.Event, "c-000001", "/bench", $"e-{position}", type, at, at, Encoding.UTF8.GetBytes(data), null);
}
