using System.Collections.Immutable;
using Engagement.Domain;

namespace Engagement.Engage.Demo;

/// <summary>
/// The events that a client brings along: how he opened, traded, was spoken to and valued before the demo's start, in
/// order of time. Nothing in it is younger than the last midnight, so no history looks like live business.
/// </summary>
internal sealed class DemoHistory(Figures figures)
{
    private const ulong HistoryStream = 3;

    /// <param name="startDay">The day of the demo's first start, as a Shanghai day number.</param>
    public ImmutableArray<DemoEvent> Of(DemoClient client, int startDay)
    {
        var dice = Dice.For(DemoSeed.Value, HistoryStream, (ulong)client.Number);
        var story = new Story(dice, startDay);
        story.Add(client.OpenedDays, new AccountOpened(client, Shanghai.Date(startDay + client.RiskDays)));
        if (!client.Fresh)
        {
            Trades(story, dice, client);
            Visits(story, dice, client);
            Contracts(story, dice, client);
            story.Add(1, new HoldingsValued(client.Positions));
        }

        Valuations(story, dice, client);
        return story.Tell(client.Id);
    }

    private void Trades(Story story, Dice dice, DemoClient client)
    {
        // A first trade before any valuation: else he would be taken for dormant while his history is read.
        var (from, to) = client.Dormant ? (65, 120) : (2, 50);
        var count = client.Dormant ? dice.Between(1, 2) : dice.Between(1, 3);
        for (var i = 0; i < count && !client.Positions.IsEmpty; i++)
        {
            var position = dice.Pick(client.Positions);
            var instrument = figures.Instruments.First(f => f.Symbol == position.Symbol);
            var price = Math.Round(instrument.Bars[0].Close * (decimal)dice.Between(0.92, 1.04), instrument.Decimals);
            var quantity = Math.Max(100, position.Quantity / dice.Between(2, 5) / 100 * 100);
            story.Add(i == 0 && !client.Dormant ? 55 : dice.Between(from, to), Trading.Fact(instrument, buy: i == 0 || dice.Chance(0.6), quantity, price));
        }
    }

    private static void Visits(Story story, Dice dice, DemoClient client)
    {
        if (!client.Dormant || dice.Chance(0.2))
        {
            story.Add(dice.Between(1, 40), new AppActive("home", null));
        }

        if (dice.Chance(0.45))
        {
            story.Add(dice.Between(3, 80), new ContactMade(dice.Pick(Talk.Channels), dice.Pick(client.Home.Advisors).Id, dice.Pick(Talk.Outcomes)));
        }
    }

    private static void Contracts(Story story, Dice dice, DemoClient client)
    {
        if (client.AssetsFen < 50_000_000 || client.OpenedDays < 200 || !dice.Chance(0.3))
        {
            return;
        }

        var assets = client.AssetsFen / 2 / 100 * 100;
        story.Add(dice.Between(62, 180), new ContractSigned("k-1", dice.Pick(Talk.Products), assets));
        story.Add(dice.Between(2, 60), new FeeCharged("k-1", assets / 1000));
    }

    private static void Valuations(Story story, Dice dice, DemoClient client)
    {
        if (client.OpenedDays > 45)
        {
            story.Add(45, new AssetsValued(Near(dice, client.AssetsFen)));
            story.Add(20, new AssetsValued(Near(dice, client.AssetsFen)));
        }

        story.Add(1, new AssetsValued(client.AssetsFen));
    }

    private static long Near(Dice dice, long fen) => (long)(fen * dice.Between(0.93, 0.99));

    private sealed class Story(Dice dice, int startDay)
    {
        private const int Open = (9 * 60) + 30;
        private const int Close = (15 * 60) + 30;

        private readonly List<(long TimeMs, Fact Fact)> _facts = [];

        public void Add(int daysAgo, Fact fact)
        {
            // Valuations are made after the close, everything else during the day.
            var minute = fact is AssetsValued or HoldingsValued ? Close : dice.Between(Open, Close - 1);
            _facts.Add((Shanghai.StartMs(startDay - daysAgo) + (minute * Shanghai.MinuteMs), fact));
        }

        public ImmutableArray<DemoEvent> Tell(string client) =>
            [.. _facts.OrderBy(f => f.TimeMs).Select((f, i) => new DemoEvent($"h-{client}-{i}", client, f.TimeMs, f.Fact))];
    }
}
