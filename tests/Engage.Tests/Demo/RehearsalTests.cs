using Engagement.Domain;
using Engagement.Engage.Demo;

namespace Engagement.Engage.Tests.Demo;

public sealed class RehearsalTests
{
    private static readonly long StartMs = new DateTimeOffset(2026, 6, 1, 2, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    [Fact]
    public void FirstDay_FirstSliceOfClients_EveryEventIsGoodAndEveryDeskGetsAHandful()
    {
        var rehearsal = new Rehearsal(2026);
        Load(rehearsal);
        Assert.DoesNotContain(rehearsal.Decisions.Keys, d => d.StartsWith("large-", StringComparison.Ordinal) || d.StartsWith("wake-", StringComparison.Ordinal));
        rehearsal.Prompts.Clear();

        PlayFirstDay(rehearsal);

        var desks = rehearsal.Prompts.CountBy(p => p.Prompt.Desk).ToDictionary();
        Assert.All(DemoPeople.All.Where(p => p.Role is "advisor" or "outlet-manager"), p => Assert.InRange(desks.GetValueOrDefault(p.Desk!), 1, 200));
        Assert.InRange(rehearsal.Load.Keys.Average(a => desks.GetValueOrDefault($"advisor:{a}")), 2, 15);
        Assert.Superset(
            new HashSet<string> { "wake-dormant", "large-outflow", "put-to-work", "concentrated" },
            rehearsal.Prompts.Select(p => p.Prompt.Campaign).ToHashSet());
    }

    [Fact]
    public void Load_Histories_FillTheSegmentsAndRaiseOnlyWhatIsTrueNow()
    {
        var rehearsal = new Rehearsal(2026);

        Load(rehearsal);

        Assert.Equal(["near-advised", "risk-expired"], rehearsal.Prompts.Select(p => p.Prompt.Campaign).Distinct().Order());
        Assert.Superset(new HashSet<string> { "dormant", "uncontacted", "private", "new-account" }, rehearsal.Entered.Keys.ToHashSet());
    }

    private static void Load(Rehearsal rehearsal)
    {
        var history = new DemoHistory(Figures.Default);
        foreach (var one in DemoClients.Default.All.Take(DemoClients.Default.FirstSlice).SelectMany(c => history.Of(c, Shanghai.Day(StartMs))))
        {
            rehearsal.Send(one, StartMs);
        }
    }

    private static void PlayFirstDay(Rehearsal rehearsal)
    {
        var maker = new ClientMaker(DemoSeed.Value, Figures.Default, DemoOrganisation.Default);
        var day = new MarketDay(Figures.Default, maker, new Book(aligns: false), 1, 0, 0);
        var events = new List<DemoEvent>();
        foreach (var intent in new DaySchedule(Figures.Default, DemoClients.Default).Of(0))
        {
            if (intent.Client is { } client && client.Number >= DemoClients.Default.FirstSlice)
            {
                continue;
            }

            events.Clear();
            day.Play(intent, StartMs + intent.OffsetMs, events);
            events.ForEach(e => rehearsal.Send(e, StartMs + intent.OffsetMs));
        }
    }
}
