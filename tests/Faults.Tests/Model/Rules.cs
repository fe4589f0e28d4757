namespace Engagement.Faults.Tests.Model;

/// <summary>A segment: its CEL, and the same by hand. Without <paramref name="Stay"/> a member stays while <paramref name="When"/> holds.</summary>
internal sealed record Segment(string Id, string When, Func<Sight, bool> Holds, string? Stay = null, Func<Sight, bool>? Stays = null);

/// <summary>The segments in the order of evaluation (those asked for by <c>inSegment</c> first), and the tiers.</summary>
internal static class Rules
{
    public static readonly (string Id, int From)[] Tiers = [("tail", 0), ("mass", 50_000), ("affluent", 100_000), ("advised", 500_000)];

    public static readonly (string Id, int From)[] TiersOfSouth = [("tail", 1_000), ("mass", 30_000), ("affluent", 150_000), ("advised", 500_000)];

    public static readonly IReadOnlyList<Segment> Segments =
    [
        new("wealthy", "client.assets >= 450000.0", s => s.Assets >= 450_000, "client.assets >= 420000.0", s => s.Assets >= 420_000),
        new("busy", "trades.count(\"2d\") >= 3 && buys.sum(\"all\") > sells.sum(\"all\")",
            s => s.Trades.Count("2d") >= 3 && s.Buys.Sum("all") > s.Sells.Sum("all")),
        new("rolling", "visits.count(\"90m\") >= 2 || contacts.within(\"24h\")",
            s => s.Visits.Count("90m") >= 2 || s.Contacts.Within("24h"),
            "visits.within(\"6h\")", s => s.Visits.Within("6h")),
        new("dormant", "client.assets >= 100000.0 && !trades.within(\"1d\") && now - client.opened > duration(\"12h\")",
            s => s.Assets >= 100_000 && !s.Trades.Within("1d") && s.Now - s.Opened > 12 * ShanghaiTime.Hour),
        new("tagged", "\"vip\" in client.tags || client.tags.exists(t, t.startsWith(\"src-\"))",
            s => s.Tags.Contains("vip") || s.Tags.Any(tag => tag.StartsWith("src-", StringComparison.Ordinal))),
        new("contracted", "client.contracts.size() > 1 || client.contracts.exists_one(c, c == \"wealth-1\")",
            s => s.Contracts.Count > 1 || s.Contracts.Count(product => product == "wealth-1") == 1),
        new("holder", "(\"600519\" in client.holdings && client.holdings[\"600519\"] >= 200.0) || client.holdings.exists(h, h.startsWith(\"688\") && client.holdings[h] < 0.0)",
            s => (s.Holdings.ContainsKey("600519") && s.Holdings["600519"] >= 200) || s.Holdings.Any(held => held.Key.StartsWith("688", StringComparison.Ordinal) && held.Value < 0)),
        new("tiered", "client.tier == \"affluent\" || (client.tier == \"mass\" ? client.age >= 62 : client.risk == 5)",
            s => s.Tier == "affluent" || (s.Tier == "mass" ? s.Age >= 62 : s.Risk == 5)),
        new("assessed", "client.riskValid && client.risk >= 3 && client.status == \"active\"",
            s => s.RiskValid && s.Risk >= 3 && s.Status == "active"),
        new("recent", "inSegment(\"tagged\") && trades.ever() && now < trades.last() + duration(\"5h\")",
            s => s.InSegment("tagged") && s.Trades.Ever() && s.Now < s.Trades.Last() + (5 * ShanghaiTime.Hour)),
        new("moving", "deposits.max(\"all\") >= 50000.0 || withdrawals.sum(\"3d\") > 80000.0",
            s => s.Deposits.Max("all") >= 50_000 || s.Withdrawals.Sum("3d") > 80_000),
        new("morning", "now.getHours(\"Asia/Shanghai\") < 12 && visits.within(\"1d\")",
            s => ShanghaiTime.HourOfDay(s.Now) < 12 && s.Visits.Within("1d")),
        // Where the risk is unknown the division fails, and who fails is no member.
        new("guarded", "client.age > 70 || 10 / client.risk >= 3", s => s.Age > 70 || (s.Risk != 0 && 10 / s.Risk >= 3)),
        new("reachable", "\"phone\" in client.consents && !(client.channel in [\"outlet\", \"\"]) && \"automation\" in client.consents",
            s => s.Consents.Contains("phone") && s.Channel is not ("outlet" or "") && s.Consents.Contains("automation")),
        new("techy", "tech_trades.sum(\"all\") > 20000.0 || hot_signals.max(\"12h\") >= 0.5 || searches.count(\"3d\") >= 2",
            s => s.Metric("tech_trades").Sum("all") > 20_000 || s.Metric("hot_signals").Max("12h") >= 0.5 || s.Metric("searches").Count("3d") >= 2),
        new("paying", "fees.count(\"all\") + commissions.count(\"1d\") >= 4 && commissions.sum(\"2d\") * 100.0 > 1500.0",
            s => s.Fees.Count("all") + s.Commissions.Count("1d") >= 4 && s.Commissions.Sum("2d") * 100.0 > 1_500),
        new("served", "client.advisor.startsWith(\"a-\") && client.outlet.matches(\"^(north|south)-00[12]$\") && client.branch.contains(\"ort\")",
            s => s.Advisor.StartsWith("a-", StringComparison.Ordinal) && s.Outlet is ("north-001" or "north-002" or "south-001" or "south-002") && s.Branch.Contains("ort")),
        new("engaged", "inSegment(\"busy\") && !inSegment(\"dormant\") && !client.id.endsWith(\"3\")",
            s => s.InSegment("busy") && !s.InSegment("dormant") && !s.Id.EndsWith('3'),
            "inSegment(\"busy\") || inSegment(\"recent\")", s => s.InSegment("busy") || s.InSegment("recent")),
    ];

    /// <summary>Segments of the same ids as a later catalogue has them.</summary>
    public static readonly IReadOnlyList<Segment> Changed =
    [
        new("wealthy", "client.assets >= 470000.0", s => s.Assets >= 470_000),
        new("busy", "trades.count(\"3t\") >= 2", s => s.Trades.Count("3t") >= 2, "trades.within(\"2t\")", s => s.Trades.Within("2t")),
        new("rolling", "visits.count(\"6h\") >= 1", s => s.Visits.Count("6h") >= 1),
    ];

    public static readonly IReadOnlyList<Segment> Added =
    [
        new("steady", "trades.count(\"5t\") >= 2 && !withdrawals.within(\"1t\")", s => s.Trades.Count("5t") >= 2 && !s.Withdrawals.Within("1t")),
        new("lively", "visits.sum(\"2t\") + contacts.sum(\"10t\") > 3.0", s => s.Visits.Sum("2t") + s.Contacts.Sum("10t") > 3),
        new("stocking", "large_buys.count(\"all\") >= 3 && large_buys.sum(\"4d\") >= 600.0", s => s.Metric("large_buys").Count("all") >= 3 && s.Metric("large_buys").Sum("4d") >= 600),
    ];

    /// <summary>Instants after <paramref name="now"/> at which time alone may change a condition above: rather too many than one too few.</summary>
    public static IEnumerable<long> Edges(Client client, long now)
    {
        // Midnight: windows of days and trading days, birthdays and the end of an assessment. Noon: the hour that "morning" asks for.
        IEnumerable<long> edges =
        [
            ShanghaiTime.NextAt(now, 0),
            ShanghaiTime.NextAt(now, 12 * 60),
            client.Opened + (12 * ShanghaiTime.Hour) + 1,
            new Series(client.Metrics.GetValueOrDefault("trades", []), now).Last() + (5 * ShanghaiTime.Hour),
            .. LeavesWindow(client, "visits", 90),
            .. LeavesWindow(client, "visits", 6 * 60),
            .. LeavesWindow(client, "contacts", 24 * 60),
            .. LeavesWindow(client, "hot_signals", 12 * 60),
        ];
        return edges.Where(edge => edge > now);
    }

    public static string TierOf(long assetsFen, string branch)
    {
        var tiers = branch == "south" ? TiersOfSouth : Tiers;
        return tiers.Where(tier => tier.From * 100L <= assetsFen).Select(tier => tier.Id).LastOrDefault(tiers[0].Id);
    }

    private static IEnumerable<long> LeavesWindow(Client client, string metric, int minutes) =>
        client.Metrics.GetValueOrDefault(metric, []).Select(counted => ((counted.Time / ShanghaiTime.Minute) + minutes) * ShanghaiTime.Minute);
}
