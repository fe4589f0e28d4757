namespace Engagement.Engage.Demo;

/// <summary>Commission and lots, as retail brokers have them.</summary>
internal static class Trading
{
    public const int Lot = 100;

    private const decimal CommissionRate = 0.00025m;
    private const long CommissionFenMin = 500;

    public static long AmountFen(long quantity, decimal price) => (long)Math.Round(quantity * price * 100);

    public static TradeExecuted Fact(Instrument instrument, bool buy, long quantity, decimal price) => new(
        instrument.Symbol, instrument.Product, buy, quantity, price,
        Math.Max(CommissionFenMin, (long)Math.Round(AmountFen(quantity, price) * CommissionRate)));
}
