using System.Collections.Immutable;

namespace Engagement.Engage.Demo;

/// <summary>Who does what when, in one played day: a pure function of the seed and the day's number.</summary>
internal sealed class DaySchedule
{
    private const ulong DayStream = 4;
    private const int NewcomersBase = 30;
    private const int SettleUntilMs = 10_000;

    /// <summary>Bounds the busiest day; 8 October 2024 had 5.1 times the first day's volume.</summary>
    private const double VolumeMultipleMax = 4;

    private readonly Figures _figures;
    private readonly VolumeCurve _curve;
    private readonly ImmutableArray<Line> _lines;

    public DaySchedule(Figures figures, DemoClients clients)
    {
        _figures = figures;
        _curve = new(figures.VolumeCurve);
        var all = clients.All;
        var everyone = new Crowd(all, _ => 1);
        var visitors = new Crowd(all, c => c.Dormant ? 0.02 : 0.3 + Math.Min(c.Activity, 5));
        var traders = new Crowd(all.Where(c => !c.Dormant), c => c.Activity);
        var sleepers = new Crowd(all.Where(c => c.Dormant && c.AssetsFen >= 5_000_000), c => c.AssetsFen >= 50_000_000 ? 6 : 1);

        // Who has come back stays awake for 60 real days: most must sleep on, or after some hours there is nobody to wake.
        var returners = new Crowd(all.Where(c => c.Dormant && c.AssetsFen >= 5_000_000 && c.Number % 5 < 2), _ => 1);
        var wealthy = new Crowd(all.Where(c => c.AssetsFen >= 20_000_000), c => c.AssetsFen >= 50_000_000 ? 3 : 1);
        var single = new Crowd(all.Where(c => !c.Dormant && c.AssetsFen >= 20_000_000 && c.Positions.Length <= 1), c => c.AssetsFen >= 50_000_000 ? 3 : 1);
        _lines =
        [
            new(IntentKind.Trade, 9_000, Scale.Volume, traders, When.Market),
            new(IntentKind.Visit, 9_000, Scale.Interest, visitors, When.AllDay),
            new(IntentKind.Settle, 1_200, Scale.Same, visitors, When.BeforeOpen),
            new(IntentKind.Cash, 900, Scale.Interest, visitors, When.AllDay),
            new(IntentKind.Wake, 320, Scale.Interest, sleepers, When.AllDay),
            new(IntentKind.Return, 6, Scale.Openings, returners, When.Market),
            new(IntentKind.LargeCash, 220, Scale.Interest, wealthy, When.AllDay),
            new(IntentKind.AllIn, 160, Scale.Interest, single, When.Market),
            new(IntentKind.Contact, 300, Scale.Same, everyone, When.AllDay),
            new(IntentKind.Assess, 80, Scale.Interest, everyone, When.AllDay),
            new(IntentKind.Sign, 20, Scale.Same, wealthy, When.AllDay),
        ];
    }

    private enum Scale { Same, Volume, Interest, Openings }

    private enum When { BeforeOpen, Market, AllDay }

    /// <summary>Which of <see cref="Figures.Days"/> a played day shows.</summary>
    public int Market(int day) => day % _figures.Days.Length;

    /// <returns>In order of time.</returns>
    public ImmutableArray<Intent> Of(int day)
    {
        var dice = Dice.For(DemoSeed.Value, DayStream, (ulong)day);
        var intents = new List<Intent>();
        foreach (var line in _lines)
        {
            for (var left = Times(line.Count, line.Scale, Market(day)); left > 0; left--)
            {
                intents.Add(new(At(line.When, dice), line.Kind, line.Crowd.Draw(dice), 0, dice.Next()));
            }
        }

        Newcomers(day, dice, intents);
        return [.. intents.OrderBy(i => i.OffsetMs)];
    }

    // Who opens an account today is assessed and brings money within the half hour, and may trade tomorrow.
    private void Newcomers(int day, Dice dice, List<Intent> intents)
    {
        for (var i = 0; i < Times(NewcomersBase, Scale.Openings, Market(day)); i++)
        {
            var at = dice.Below(MarketClock.DayMs - 40_000);
            intents.Add(new(at, IntentKind.Open, null, i, dice.Next()));
            intents.Add(new(at + dice.Between(2_000, 6_000), IntentKind.NewcomerAssess, null, i, dice.Next()));
            if (dice.Chance(0.7))
            {
                intents.Add(new(at + dice.Between(8_000, 30_000), IntentKind.NewcomerFund, null, i, dice.Next()));
            }
        }

        for (var i = 0; day > 0 && i < Times(NewcomersBase, Scale.Openings, Market(day - 1)); i++)
        {
            intents.Add(new(_curve.Sample(dice), IntentKind.NewcomerTrade, null, i, dice.Next()));
        }
    }

    private int Times(int count, Scale scale, int market)
    {
        var volume = Math.Min(_figures.VolumeMultiple(market), VolumeMultipleMax);
        return (int)(count * scale switch
        {
            Scale.Volume => volume,
            Scale.Interest => Math.Sqrt(volume),
            Scale.Openings => _figures.NewAccounts[market],
            _ => 1,
        });
    }

    private int At(When when, Dice dice) => when switch
    {
        When.BeforeOpen => dice.Below(SettleUntilMs),
        When.Market => _curve.Sample(dice),
        _ => dice.Chance(0.4) ? _curve.Sample(dice) : dice.Below(MarketClock.DayMs),
    };

    private sealed record Line(IntentKind Kind, int Count, Scale Scale, Crowd Crowd, When When);
}
