using System.Collections.Immutable;

namespace Engagement.Engage.Demo;

/// <summary>Makes one client at a time, each from dice of his own.</summary>
internal sealed class ClientMaker(ulong seed, Figures figures, DemoOrganisation organisation)
{
    private const ulong ClientStream = 2;
    private const int Lot = 100;
    private const double NewcomerShare = 0.02;
    private const double DormantShare = 0.3;

    private static readonly ImmutableArray<(string Channel, double Share)> ConsentShares =
        [("advisor", 0.9), ("phone", 0.9), ("sms", 0.8), ("wecom", 0.7), ("app", 0.95)];

    private readonly double _outletWeights = organisation.Outlets.Sum(o => o.Weight);

    /// <param name="number">Decides everything: the same number is the same client.</param>
    public DemoClient Make(int number)
    {
        var dice = Dice.For(seed, ClientStream, (ulong)number);
        var fresh = dice.Chance(NewcomerShare);
        var dormant = !fresh && dice.Chance(DormantShare);
        var activity = dormant ? 0 : Math.Min(Math.Exp(1.6 * dice.Normal()), 60);
        var client = Person(dice, number, $"c-{100_000 + number}", fresh ? dice.Between(1, 29) : dice.Between(160, 790));
        var assets = (long)(AccountSize(dice) * 100);
        var positions = fresh ? [] : Portfolio(dice, assets);
        return client with
        {
            AssetsFen = assets,
            CashFen = assets - positions.Sum(p => ValueFen(p, figures)),
            Positions = positions,
            Activity = fresh ? 0.3 : activity,
        };
    }

    /// <summary>Someone who opens his account while the demo plays: no assets, no holdings, not assessed.</summary>
    public DemoClient Newcomer(Dice dice, string id) => Person(dice, dice.Below(100_000), id, 0) with
    {
        Number = -1,
        Channel = dice.Chance(0.85) ? "online" : "referral",
        Risk = 0,
        Activity = 1,
    };

    public static long ValueFen(Position position, Figures figures)
    {
        var close = figures.Instruments.Single(i => i.Symbol == position.Symbol).Bars[0].Close;
        return (long)Math.Round(position.Quantity * close * 100);
    }

    private DemoClient Person(Dice dice, int number, string id, int openedDays)
    {
        // A fixed block of numbers, so that nobody's phone is hit by chance as made-up digits would.
        var phone = $"138000{number:D5}";
        var age = Math.Clamp(46 + (13 * dice.Normal()), 19, 88);
        var birth = figures.Days[0].AddDays(-(int)(age * 365.25));
        var risk = dice.Chance(0.04) ? 0 : Math.Clamp((int)Math.Round(3 + dice.Normal()), 1, 5);
        var riskDays = dice.Chance(0.08) ? -dice.Between(1, 60) : dice.Between(3, 700);
        var channel = dice.Chance(0.6) ? "online" : dice.Chance(0.75) ? "outlet" : "referral";
        return new(
            number, id, Names.Of(dice).Zh, phone, birth, Home(dice), channel, risk, riskDays,
            [.. ConsentShares.Where(c => dice.Chance(c.Share)).Select(c => c.Channel)], 0, 0, [], 0, openedDays);
    }

    private DemoOutlet Home(Dice dice)
    {
        var left = dice.Unit() * _outletWeights;
        foreach (var outlet in organisation.Outlets)
        {
            if ((left -= outlet.Weight) < 0)
            {
                return outlet;
            }
        }

        return organisation.Outlets[^1];
    }

    private double AccountSize(Dice dice)
    {
        var left = dice.Unit();
        foreach (var band in figures.AccountSizes)
        {
            if ((left -= band.Share) < 0)
            {
                return dice.Scale(band.From, band.To);
            }
        }

        return figures.AccountSizes[0].From;
    }

    // A few are wholly in one share; most hold one to five, and cash beside them.
    private ImmutableArray<Position> Portfolio(Dice dice, long assetsFen)
    {
        var invested = assetsFen * (dice.Chance(0.1) ? dice.Between(0, 0.1) : dice.Between(0.2, 0.9));
        var count = dice.Chance(0.3) ? 1 : dice.Between(2, 5);
        var positions = new List<Position>();
        for (var i = 0; i < count; i++)
        {
            var instrument = dice.Pick(figures.Instruments);
            var lots = (long)(invested / count / (double)(instrument.Bars[0].Close * 100 * Lot));
            if (lots > 0 && !positions.Exists(p => p.Symbol == instrument.Symbol))
            {
                positions.Add(new(instrument.Symbol, lots * Lot));
            }
        }

        return [.. positions];
    }
}
