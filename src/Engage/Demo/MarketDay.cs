using System.Collections.Immutable;
using Engagement.Domain;

namespace Engagement.Engage.Demo;

/// <summary>One played day: turns what is scheduled into events, with the day's prices and the book as it stands.</summary>
/// <param name="run">Tells the ids of this start from those of earlier ones on the same data.</param>
/// <param name="day">Number of the played day in this run.</param>
/// <param name="market">Which of <see cref="Figures.Days"/> it shows.</param>
internal sealed class MarketDay(Figures figures, ClientMaker maker, Book book, int run, int day, int market)
{
    private readonly Broker _broker = new(figures, day, market);
    private int _sent;

    /// <summary>What an intent comes to: mostly one event, none where it has become impossible.</summary>
    /// <param name="nowMs">The instant at which it is played.</param>
    public void Play(in Intent intent, long nowMs, List<DemoEvent> into)
    {
        var dice = new Dice(intent.Roll);
        if (intent.Kind == IntentKind.Open)
        {
            Open(intent.Ordinal, dice, nowMs, into);
        }
        else if (intent.Client is null)
        {
            Newcomer(intent, dice, nowMs, into);
        }
        else
        {
            Known(intent, intent.Client, dice, nowMs, into);
        }
    }

    /// <summary>What everything costs at an offset into the day.</summary>
    public IReadOnlyList<DemoQuote> Quotes(int offsetMs, long nowMs)
    {
        var session = MarketClock.Session(offsetMs);
        var time = Rfc3339.Format(nowMs);
        return [.. figures.Instruments.Select(i => new DemoQuote(i.Symbol, PricePath.At(i, market, session), market == 0 ? i.Bars[0].Open : i.Bars[market - 1].Close, time))];
    }

    private void Open(int ordinal, Dice dice, long nowMs, List<DemoEvent> into)
    {
        var client = maker.Newcomer(dice, $"n-{run}-{day}-{ordinal}");
        book.Open(day, ordinal, client);
        Add(into, client, nowMs, new AccountOpened(client, default));
    }

    private void Newcomer(in Intent intent, Dice dice, long nowMs, List<DemoEvent> into)
    {
        var opened = intent.Kind == IntentKind.NewcomerTrade ? day - 1 : day;
        if (book.Newcomer(opened, intent.Ordinal) is not { } account)
        {
            return;
        }

        Fact fact = intent.Kind switch
        {
            IntentKind.NewcomerAssess => Assess(dice, nowMs),
            IntentKind.NewcomerFund => Broker.Deposit(account, (long)(dice.Scale(5_000, 900_000) * 100)),
            _ => _broker.Trade(account, intent.OffsetMs, dice),
        };
        Add(into, account.Client, nowMs, fact);
    }

    private void Known(in Intent intent, DemoClient client, Dice dice, long nowMs, List<DemoEvent> into)
    {
        switch (intent.Kind)
        {
            case IntentKind.Visit or IntentKind.Wake:
                Add(into, client, nowMs, Broker.Visit(dice));
                return;
            case IntentKind.Contact:
                Add(into, client, nowMs, new ContactMade(dice.Pick(Talk.Channels), dice.Pick(client.Home.Advisors).Id, dice.Pick(Talk.Outcomes)));
                return;
            case IntentKind.Assess:
                Add(into, client, nowMs, Assess(dice, nowMs));
                return;
        }

        var account = book.Of(client, out var first);
        if (first || intent.Kind == IntentKind.Settle)
        {
            // A moment earlier: what follows must count as later than the valuation.
            Add(into, client, nowMs - 1, new HoldingsValued(account.Positions));
            Add(into, client, nowMs - 1, new AssetsValued(_broker.TotalFen(account, intent.OffsetMs)));
        }

        switch (intent.Kind)
        {
            case IntentKind.Settle:
                break;
            case IntentKind.Cash:
                Add(into, client, nowMs, _broker.SmallMove(account, intent.OffsetMs, dice));
                break;
            case IntentKind.LargeCash:
                Add(into, client, nowMs, _broker.LargeMove(account, intent.OffsetMs, dice));
                break;
            case IntentKind.AllIn:
                Add(into, client, nowMs, _broker.AllIn(account, intent.OffsetMs, dice));
                break;
            case IntentKind.Sign:
                Sign(account, intent.OffsetMs, dice, nowMs, into);
                break;
            default:
                Add(into, client, nowMs, _broker.Trade(account, intent.OffsetMs, dice));
                break;
        }
    }

    private void Sign(Account account, int offsetMs, Dice dice, long nowMs, List<DemoEvent> into)
    {
        var contract = $"k-{run}-{day}-{_sent}";
        var assets = _broker.TotalFen(account, offsetMs) / 3;
        Add(into, account.Client, nowMs, new ContractSigned(contract, dice.Pick(Talk.Products), assets));
        Add(into, account.Client, nowMs, new FeeCharged(contract, Math.Max(assets / 1000, 100)));
    }

    private static RiskAssessed Assess(Dice dice, long nowMs) =>
        new(Math.Clamp((int)Math.Round(3 + dice.Normal()), 1, 5), Shanghai.Date(Shanghai.Day(nowMs)).AddYears(2));

    private void Add(List<DemoEvent> into, DemoClient client, long timeMs, Fact fact) =>
        into.Add(new($"d-{run}-{day}-{_sent++}", client.Id, timeMs, fact));
}
