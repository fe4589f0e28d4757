namespace Engagement.Faults.Tests.Model;

/// <summary>A metric of the catalogue: its CEL, and the same by hand.</summary>
/// <param name="Backfill">Counts what was before it was published, too.</param>
internal sealed record CatalogueMetric(
    string Id, string On, string Where, string? Value, Func<SentEvent, bool> Counts, Func<SentEvent, decimal> Worth, bool Backfill = false)
{
    /// <summary>A metric goes on counting over a publish only where all that defines it is as it was.</summary>
    public bool IsDefinedAs(CatalogueMetric other) => (Id, On, Where, Value) == (other.Id, other.On, other.Where, other.Value);
}

/// <summary>What an event adds to the metrics of its client.</summary>
internal static class Metrics
{
    public static readonly IReadOnlyList<CatalogueMetric> OfTheCatalogue =
    [
        new("tech_trades", "trade.executed", "event.data.symbol.startsWith(\"688\")", "event.data.amount",
            e => e.Text("symbol").StartsWith("688", StringComparison.Ordinal), Sight.TradeAmount),
        new("hot_signals", "x.signal", "event.data.hot && event.data.topic in [\"bond\", \"fund\"]", "event.data.score",
            e => e.Flag("hot") && e.Text("topic") is ("bond" or "fund"), e => e.Number("score")),
        new("searches", "app.active", "has(event.data.symbol) && event.data.symbol.size() == 6", null,
            e => e.Has("symbol") && e.Text("symbol").Length == 6, _ => 1),
    ];

    /// <summary>The same id, defined anew.</summary>
    public static readonly CatalogueMetric SearchesAnew = new("searches", "app.active", "has(event.data.symbol)", null, e => e.Has("symbol"), _ => 1);

    /// <summary>The same id, defined anew, and counted from each client's first event on.</summary>
    public static readonly CatalogueMetric SearchesFromTheFirst = SearchesAnew with { Backfill = true };

    public static readonly CatalogueMetric LargeBuys = new(
        "large_buys", "trade.executed", "event.data.side == \"buy\" && event.data.quantity >= 300.0", "event.data.quantity",
        e => e.Text("side") == "buy" && e.Number("quantity") >= 300, e => e.Number("quantity"), Backfill: true);

    /// <param name="now">The engine's clock at the append: what is ahead of it counts as at the clock's.</param>
    public static void Count(Client client, SentEvent e, IReadOnlyList<CatalogueMetric> ofTheCatalogue, long now)
    {
        client.Log.Add((e, now));
        foreach (var (metric, value) in BuiltIn(e).Concat(Of(e, ofTheCatalogue)))
        {
            Add(client, metric, e, value, now);
        }
    }

    /// <summary>What the metric would hold had it always been there.</summary>
    public static void CountFromTheFirst(Client client, CatalogueMetric metric)
    {
        client.Metrics.Remove(metric.Id);
        foreach (var (e, now) in client.Log)
        {
            foreach (var (_, value) in Of(e, [metric]))
            {
                Add(client, metric.Id, e, value, now);
            }
        }
    }

    private static void Add(Client client, string metric, SentEvent e, decimal value, long now)
    {
        if (!client.Metrics.TryGetValue(metric, out var counted))
        {
            client.Metrics[metric] = counted = [];
        }

        counted.Add(new(Math.Min(e.Time, now), (long)Math.Round(value * 10_000, MidpointRounding.ToEven)));
    }

    private static IEnumerable<(string Metric, decimal Value)> Of(SentEvent e, IReadOnlyList<CatalogueMetric> ofTheCatalogue) =>
        ofTheCatalogue.Where(metric => metric.On == e.Type && metric.Counts(e)).Select(metric => (metric.Id, metric.Worth(e)));

    private static IEnumerable<(string Metric, decimal Value)> BuiltIn(SentEvent e) => e.Type switch
    {
        "trade.executed" =>
        [
            ("trades", Sight.TradeAmount(e)),
            (e.Text("side") == "buy" ? "buys" : "sells", Sight.TradeAmount(e)),
            ("commissions", e.Number("commission")),
        ],
        "cash.moved" when !e.Flag("internal") => [(e.Number("amount") > 0 ? "deposits" : "withdrawals", Math.Abs(e.Number("amount")))],
        "app.active" => [("visits", 1)],
        "contact.made" => [("contacts", 1)],
        "fee.charged" => [("fees", e.Number("amount"))],
        _ => [],
    };
}
