namespace Engagement.Domain.Clients;

/// <summary>
/// What the client holds: the last valuation of holdings and the trades after it, quantities in ten-thousandths. Trades
/// are remembered like moves of money (<see cref="AssetsState"/>). A sell larger than the holding makes it negative.
/// </summary>
[Orleans.GenerateSerializer, Orleans.Alias("holdings-state")]
public sealed class HoldingsState
{
    [Orleans.Id(0)]
    private long? asOfMs;

    [Orleans.Id(1)]
    private readonly List<TradeMove> trades = [];

    [Orleans.Id(2)]
    private readonly SortedDictionary<string, long> quantities = new(StringComparer.Ordinal);

    [NonSerialized]
    private Dictionary<string, double>? asDoubles;

    /// <summary>Symbol to quantity in ten-thousandths, by symbol, without zero entries.</summary>
    public IReadOnlyDictionary<string, long> Quantities => quantities;

    /// <summary>The same as doubles, for expressions.</summary>
    public IReadOnlyDictionary<string, double> AsDoubles =>
        asDoubles ??= quantities.ToDictionary(q => q.Key, q => q.Value / (double)Money.Scale4, StringComparer.Ordinal);

    /// <returns>True where the holdings may have changed.</returns>
    public bool OnValued(IEnumerable<KeyValuePair<string, long>> positions, long valuedAsOfMs)
    {
        if (valuedAsOfMs < asOfMs)
        {
            return false;
        }

        asOfMs = valuedAsOfMs;
        asDoubles = null;
        quantities.Clear();
        foreach (var (symbol, quantity) in positions)
        {
            quantities[symbol] = quantity;
        }

        trades.RemoveRange(0, FirstAfter(valuedAsOfMs));
        foreach (var trade in trades)
        {
            Add(trade.Symbol, trade.Quantity);
        }

        foreach (var empty in quantities.Where(q => q.Value == 0).Select(q => q.Key).ToList())
        {
            quantities.Remove(empty);
        }

        return true;
    }

    /// <param name="symbol">What was traded.</param>
    /// <param name="quantity">Ten-thousandths; negative for a sell.</param>
    /// <param name="timeMs">The trade's time; one up to the valuation is covered by it.</param>
    /// <returns>True where the holdings changed.</returns>
    public bool OnTraded(string symbol, long quantity, long timeMs)
    {
        if (timeMs <= asOfMs)
        {
            return false;
        }

        asDoubles = null;
        trades.Insert(FirstAfter(timeMs), new(timeMs, symbol, quantity));
        if (trades.Count > AssetsState.RememberedMax)
        {
            trades.RemoveAt(0);
        }

        Add(symbol, quantity);
        if (quantities[symbol] == 0)
        {
            quantities.Remove(symbol);
        }

        return true;
    }

    internal void Write(ref SnapshotWriter writer, long atMs)
    {
        // A symbol is written once, and named by its number from then on.
        List<string> symbols = [.. quantities.Keys, .. trades.Select(t => t.Symbol).Distinct().Where(s => !quantities.ContainsKey(s)).Order(StringComparer.Ordinal)];
        writer.Texts(symbols);
        writer.Count(quantities.Count);
        foreach (var quantity in quantities.Values)
        {
            writer.Four(quantity);
        }

        writer.Byte(asOfMs is null ? (byte)0 : (byte)1);
        if (asOfMs is { } asOf)
        {
            writer.Signed(atMs - asOf);
        }

        writer.Count(trades.Count);
        var before = atMs;
        foreach (var trade in trades)
        {
            writer.Signed(trade.TimeMs - before);
            writer.Count(symbols.IndexOf(trade.Symbol));
            writer.Four(trade.Quantity);
            before = trade.TimeMs;
        }
    }

    internal static HoldingsState Read(ref SnapshotReader reader, long atMs)
    {
        var (state, symbols) = (new HoldingsState(), reader.Texts());
        var count = reader.Count();
        for (var i = 0; i < count; i++)
        {
            state.quantities.Add(symbols[i], reader.Four());
        }

        state.asOfMs = reader.Byte() == 1 ? atMs - reader.Signed() : null;
        var before = atMs;
        for (var left = reader.Count(); left > 0; left--)
        {
            before += reader.Signed();
            state.trades.Add(new(before, symbols[reader.Count()], reader.Four()));
        }

        return state;
    }

    private void Add(string symbol, long quantity) =>
        quantities[symbol] = Money.AddSaturating(quantities.GetValueOrDefault(symbol), quantity);

    private int FirstAfter(long ms)
    {
        var index = trades.Count;
        while (index > 0 && trades[index - 1].TimeMs > ms)
        {
            index--;
        }

        return index;
    }
}

[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("trade-move")]
public readonly record struct TradeMove([property: Orleans.Id(0)] long TimeMs, [property: Orleans.Id(1)] string Symbol, [property: Orleans.Id(2)] long Quantity);
