using System.Runtime.InteropServices;
using Engagement.Domain.Language;

namespace Engagement.Domain.Clients;

/// <summary>
/// What the client holds: the last valuation of holdings and the trades after it, quantities in ten-thousandths. Trades
/// are remembered like moves of money (<see cref="AssetsState"/>). A sell larger than the holding makes it negative.
/// </summary>
public sealed class HoldingsState
{
    private readonly List<TradeMove> trades = [];
    private readonly List<KeyValuePair<string, long>> quantities = [];
    private readonly Doubles doubles;
    private long? asOfMs;

    public HoldingsState() => doubles = new(this);

    /// <summary>Symbol and quantity in ten-thousandths, by symbol (ordinal), without zero entries.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Quantities => quantities;

    /// <summary>The same as doubles, for expressions. A view: it costs nothing to have.</summary>
    public HoldingMap AsDoubles => doubles;

    /// <returns>True where the holdings may have changed.</returns>
    public bool OnValued(IEnumerable<KeyValuePair<string, long>> positions, long valuedAsOfMs)
    {
        if (valuedAsOfMs < asOfMs)
        {
            return false;
        }

        asOfMs = valuedAsOfMs;
        quantities.Clear();
        foreach (var (symbol, quantity) in positions)
        {
            Set(symbol, quantity);
        }

        trades.RemoveRange(0, FirstAfter(valuedAsOfMs));
        foreach (var trade in trades)
        {
            Set(trade.Symbol, Money.AddSaturating(Quantity(trade.Symbol), trade.Quantity));
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

        trades.Insert(FirstAfter(timeMs), new(timeMs, symbol, quantity));
        if (trades.Count > AssetsState.RememberedMax)
        {
            trades.RemoveAt(0);
        }

        Set(symbol, Money.AddSaturating(Quantity(symbol), quantity));
        return true;
    }

    internal void Write(ref SnapshotWriter writer, long atMs)
    {
        // A symbol is written once, and named by its number from then on.
        List<string> symbols = [.. quantities.Select(q => q.Key), .. trades.Select(t => t.Symbol).Distinct().Where(s => IndexOf(s) < 0).Order(StringComparer.Ordinal)];
        writer.Texts(symbols);
        writer.Count(quantities.Count);
        foreach (var (_, quantity) in quantities)
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
            state.quantities.Add(new(symbols[i], reader.Four()));
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

    private long Quantity(string symbol) => IndexOf(symbol) is >= 0 and var index ? quantities[index].Value : 0;

    private void Set(string symbol, long quantity)
    {
        var index = IndexOf(symbol);
        if (quantity == 0)
        {
            if (index >= 0)
            {
                quantities.RemoveAt(index);
            }
        }
        else if (index >= 0)
        {
            quantities[index] = new(symbol, quantity);
        }
        else
        {
            quantities.Insert(~index, new(symbol, quantity));
        }
    }

    /// <summary>The symbol's index, or the complement of where it belongs.</summary>
    private int IndexOf(string symbol)
    {
        var (low, high) = (0, quantities.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = string.CompareOrdinal(quantities[middle].Key, symbol);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }

    private int FirstAfter(long ms)
    {
        var index = trades.Count;
        while (index > 0 && trades[index - 1].TimeMs > ms)
        {
            index--;
        }

        return index;
    }

    private sealed class Doubles(HoldingsState holdings) : HoldingMap
    {
        public override int Count => holdings.quantities.Count;

        public override KeyValuePair<string, double> At(int index) => new(holdings.quantities[index].Key, Double(holdings.quantities[index].Value));

        public override bool TryGet(string symbol, out double quantity)
        {
            var index = holdings.IndexOf(symbol);
            quantity = index >= 0 ? Double(holdings.quantities[index].Value) : 0;
            return index >= 0;
        }

        private static double Double(long quantity) => quantity / (double)Money.Scale4;
    }
}

/// <summary>A trade after the last valuation.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TradeMove(long TimeMs, string Symbol, long Quantity);
