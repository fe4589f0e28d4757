namespace Engagement.Faults.Tests.Model;

/// <summary>When prompts may come out. Hours of the Shanghai day, [from, to); equal: no quiet hours.</summary>
internal sealed record Policy(int CapPerClient, int CapDays, int QuietFromHour, int QuietToHour, bool TradingDaysOnly)
{
    public bool ClosedAt(long now) =>
        (TradingDaysOnly && !TradingDays.IsOne(ShanghaiTime.DayOf(now)))
        || (QuietFromHour < QuietToHour
            ? ShanghaiTime.HourOfDay(now) >= QuietFromHour && ShanghaiTime.HourOfDay(now) < QuietToHour
            : QuietFromHour > QuietToHour && (ShanghaiTime.HourOfDay(now) >= QuietFromHour || ShanghaiTime.HourOfDay(now) < QuietToHour));
}

/// <summary>A catalogue as it is published; the segments in the order of evaluation.</summary>
internal sealed record Catalogue(IReadOnlyList<CatalogueMetric> Metrics, IReadOnlyList<Segment> Segments, IReadOnlyList<Campaign> Campaigns, Policy Policy)
{
    public static Catalogue Start { get; } = new(Model.Metrics.OfTheCatalogue, Rules.Segments, Model.Campaigns.All, new(2, 1, 20, 9, TradingDaysOnly: false));

    /// <summary>
    /// Those that follow one another in a stream: each takes from the first what it does not change. Metrics are defined
    /// anew, some counted from the first event on, segments change, come and go, campaigns go while their decisions wait, and the window moves.
    /// </summary>
    public static IReadOnlyList<Catalogue> Versions { get; } =
    [
        Start,
        Start with
        {
            Metrics = [.. Start.Metrics.Where(metric => metric.Id != "searches"), Model.Metrics.SearchesFromTheFirst],
            Segments = Replaced(Rules.Changed, without: ["moving"]),
            Campaigns = [.. Start.Campaigns.Where(campaign => campaign.Id != "leaving"), .. Model.Campaigns.OnPublish],
            Policy = new(2, 1, 19, 10, TradingDaysOnly: true),
        },
        Start with
        {
            Metrics = [.. Start.Metrics.Where(metric => metric.Id != "searches"), Model.Metrics.SearchesAnew, Model.Metrics.LargeBuys],
            Segments = [.. Start.Segments, .. Rules.Added],
            Campaigns = [.. Start.Campaigns.Where(campaign => campaign.Id is not ("daily" or "big-cash")), .. Model.Campaigns.OnPublish],
            Policy = new(1, 2, 0, 0, TradingDaysOnly: true),
        },
        Start with
        {
            Segments = Replaced(Rules.Changed, without: []),
            Campaigns = [.. Start.Campaigns.Select(campaign => campaign.Id == "daily" ? campaign with { Risk = 4, ExpiresHours = 30 } : campaign)],
            Policy = new(3, 1, 22, 7, TradingDaysOnly: false),
        },
        Start with { Policy = new(2, 1, 12, 14, TradingDaysOnly: true) },
    ];

    public Campaign? Find(string campaign) => Campaigns.FirstOrDefault(each => each.Id == campaign);

    private static List<Segment> Replaced(IReadOnlyList<Segment> changed, string[] without) =>
        [.. Start.Segments.Where(segment => !without.Contains(segment.Id)).Select(segment => changed.FirstOrDefault(each => each.Id == segment.Id) ?? segment)];
}
