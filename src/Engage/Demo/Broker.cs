namespace Engagement.Engage.Demo;

/// <summary>What accounts do in a day, at the day's prices: never more than their cash buys or their positions hold.</summary>
internal sealed class Broker(Figures figures, int day, int market)
{
    private const ulong SideStream = 5;
    private const long ThousandYuanFen = 100_000;

    private readonly Dictionary<string, Instrument> _instruments = figures.Instruments.ToDictionary(i => i.Symbol);

    public long TotalFen(Account account, int offsetMs)
    {
        var session = MarketClock.Session(offsetMs);
        var held = account.Positions.Sum(p => Trading.AmountFen(p.Quantity, PricePath.At(_instruments[p.Symbol], market, session)));
        return Math.Max(account.CashFen + held, 0);
    }

    public static AppActive Visit(Dice dice)
    {
        var page = dice.Pick(Talk.Pages);
        return new(page, page is "quote" or "trade" ? dice.Pick(Figures.Default.Instruments).Symbol : null);
    }

    public static CashMoved Deposit(Account account, long fen)
    {
        account.Move(fen);
        return new(fen);
    }

    /// <summary>A trade like most: a part of the account, in something held or new. A visit where nothing can be traded.</summary>
    public Fact Trade(Account account, int offsetMs, Dice dice)
    {
        var held = account.Positions;
        var instrument = !held.IsEmpty && dice.Chance(0.65) ? _instruments[dice.Pick(held).Symbol] : dice.Pick(figures.Instruments);
        var price = PricePath.At(instrument, market, MarketClock.Session(offsetMs));
        var budget = Math.Max((long)(TotalFen(account, offsetMs) * dice.Scale(0.02, 0.25)), Trading.AmountFen(Trading.Lot, price));
        return (Buys(account, instrument) ? null : Sell(account, instrument, price, Lots(budget, price)))
            ?? Buy(account, instrument, price, budget)
            ?? Sell(account, instrument, price, Lots(budget, price))
            ?? (Fact)Visit(dice);
    }

    /// <summary>Everything into one share; or, where that has happened, out of it again.</summary>
    public Fact AllIn(Account account, int offsetMs, Dice dice)
    {
        var held = account.Positions;
        var session = MarketClock.Session(offsetMs);
        if (held.Length <= 1 && account.CashFen > TotalFen(account, offsetMs) * 0.45)
        {
            var instrument = held.IsEmpty ? dice.Pick(figures.Instruments) : _instruments[held[0].Symbol];
            var bought = Buy(account, instrument, PricePath.At(instrument, market, session), account.CashFen / 100 * 98);
            return bought ?? (Fact)Visit(dice);
        }

        var largest = held.MaxBy(p => p.Quantity * _instruments[p.Symbol].Bars[market].Close);
        return largest.Quantity > 0
            ? Sell(account, _instruments[largest.Symbol], PricePath.At(_instruments[largest.Symbol], market, session), largest.Quantity) ?? (Fact)Visit(dice)
            : Visit(dice);
    }

    public CashMoved SmallMove(Account account, int offsetMs, Dice dice)
    {
        var amount = Math.Max((long)(TotalFen(account, offsetMs) * dice.Scale(0.005, 0.05)) / 10_000 * 10_000, 10_000);
        return Move(account, amount, outward: dice.Chance(account.NetFlowFen > 0 ? 0.6 : 0.35));
    }

    public CashMoved LargeMove(Account account, int offsetMs, Dice dice)
    {
        var total = TotalFen(account, offsetMs);
        var outward = account.NetFlowFen > total / 5 || (account.NetFlowFen > -total / 5 && dice.Chance(0.6));
        var amount = (long)(total * dice.Between(0.2, 0.5)) / ThousandYuanFen * ThousandYuanFen;
        return Move(account, Math.Max(amount, ThousandYuanFen), outward);
    }

    // What cannot go out comes in instead.
    private static CashMoved Move(Account account, long fen, bool outward) =>
        Deposit(account, outward && account.CashFen > fen ? -fen : fen);

    // A client prefers one side of a security all day: shares bought today cannot be sold today (T+1).
    private bool Buys(Account account, Instrument instrument)
    {
        var key = 0UL;
        foreach (var c in account.Client.Id + instrument.Symbol)
        {
            key = (key * 31) + c;
        }

        return Dice.For(SideStream, (ulong)day, key).Chance(0.5);
    }

    private static TradeExecuted? Buy(Account account, Instrument instrument, decimal price, long budgetFen)
    {
        var lots = Lots(Math.Min(budgetFen, (account.CashFen / 1_000 * 999) - 1_000), price);
        return lots > 0 ? Book(account, instrument, price, lots) : null;
    }

    private static TradeExecuted? Sell(Account account, Instrument instrument, decimal price, long quantity)
    {
        var sold = Math.Min(account.Quantity(instrument.Symbol), Math.Max(quantity, Trading.Lot));
        return sold > 0 ? Book(account, instrument, price, -sold) : null;
    }

    private static TradeExecuted Book(Account account, Instrument instrument, decimal price, long quantity)
    {
        var fact = Trading.Fact(instrument, quantity > 0, Math.Abs(quantity), price);
        account.Trade(instrument.Symbol, quantity, Trading.AmountFen(fact.Quantity, price), fact.CommissionFen);
        return fact;
    }

    private static long Lots(long budgetFen, decimal price) =>
        Math.Max((long)(budgetFen / (price * 100 * Trading.Lot)), 0) * Trading.Lot;
}
