namespace Engagement.Faults.Tests.Model;

/// <summary>The campaigns: every trigger and every step of the gate that needs no experiment.</summary>
internal static class Campaigns
{
    public const int EveryAtMinute = (9 * 60) + 35;
    public const int HoldoutPercent = 5;
    public const string HoldoutSeed = "holdout-2026";

    /// <summary>Experiments and the part of their units in the arm <c>control</c>, which comes first; the seed is the id.</summary>
    public static readonly (string Id, string Unit, int ControlPercent)[] Experiments = [("trade-1", "client", 30), ("rolling-1", "outlet", 40)];

    public static readonly IReadOnlyList<Campaign> All =
    [
        new("wake-dormant", "segment:dormant:enter", ["advisor", "outlet"])
        {
            When = "client.assets >= 120000.0", Matches = s => s.Assets >= 120_000,
            Value = "client.assets", Worth = s => s.Assets,
            Message = "{client.id} of {client.outlet} sleeps", Words = s => $"{s.Id} of {s.Outlet} sleeps",
            Priority = "70", Rank = _ => 70, Risk = 3, Licence = "fund", Channel = "phone", CooldownHours = 48,
        },
        new("leaving", "segment:wealthy:leave", ["advisor", "outlet"])
        {
            Priority = "client.advisor != \"\" ? 130 : 60", Rank = s => s.Advisor != "" ? 100 : 60, ExpiresHours = 30,
        },
        new("big-cash", "event:cash.moved", ["advisor", "outlet", "hq"])
        {
            When = "event.data.amount >= 30000.0 && !inSegment(\"morning\")",
            Matches = s => (decimal)s.Data("amount") >= 30_000 && !s.InSegment("morning"),
            Value = "client.holdings[\"600519\"] > 0.0 ? 150.0 : 50.0", Worth = s => s.Holdings["600519"] > 0 ? 150 : 50,
            Priority = "1000 / (client.risk - 2) / 20", Rank = s => Math.Clamp(1_000 / (s.Risk - 2) / 20, 0, 100),
            Channel = "app", CooldownHours = 12, ExpiresHours = 20,
        },
        new("contract-over", "event:contract.ended", ["advisor", "outlet"])
        {
            // Without a reason the condition cannot be evaluated.
            When = "event.data.reason == \"expired\"", Matches = s => (string)s.Data("reason")! == "expired",
            Message = "{event.data.contract} is over", Words = s => $"{(string)s.Data("contract")!} is over", Priority = "90", Rank = _ => 90,
        },
        new("daily", "every", ["advisor", "outlet", "hq"])
        {
            When = "inSegment(\"holder\") && client.tier != \"tail\"", Matches = s => s.InSegment("holder") && s.Tier != "tail",
            Risk = 2, Channel = "app", CooldownHours = 24, ExpiresHours = 8,
        },
        new("signal", "event:x.signal", ["outlet", "hq"])
        {
            When = "event.data.hot", Matches = s => (bool)s.Data("hot"),
            Channel = "wecom", Branches = ["north"], Percent = 60, ExpiresHours = 4,
        },
        new("big-trade", "event:trade.executed", ["advisor", "outlet"])
        {
            When = "event.data.amount >= 20000.0 && event.data.product in [\"stock\", \"etf\"] && event.time > client.opened",
            Matches = s => Sight.TradeAmount(s.Event!) >= 20_000 && s.Event!.Text("product") is ("stock" or "etf") && s.Event.Time > s.Opened,
            Value = "event.data.amount", Worth = s => (double)Sight.TradeAmount(s.Event!),
            Message = "{event.type} {event.data.symbol}", Words = s => $"{s.Event!.Type} {s.Event.Text("symbol")}",
            Licence = "advice", CooldownHours = 6, Experiment = "trade-1",
        },
        new("rolling-in", "segment:rolling:enter", ["outlet"]) { ExpiresHours = 6, CooldownHours = 3, Experiment = "rolling-1" },
        new("tagged-in", "segment:tagged:enter", ["advisor"]),
        new("frozen", "event:status.changed", ["advisor", "outlet", "hq"]) { Licence = "fund" },
        new("assessed-in", "segment:assessed:enter", ["hq", "advisor"]) { Priority = "10", Rank = _ => 10 },
        new("served-in", "segment:served:enter", ["advisor"]) { Priority = "95", Rank = _ => 95, Licence = "fund" },
    ];

    /// <summary>These also speak to members whom a publish brings in or takes out.</summary>
    public static readonly IReadOnlyList<Campaign> OnPublish =
    [
        new("busy-in", "segment:busy:enter", ["advisor", "outlet"])
        {
            Message = "{client.id} trades more", Words = s => $"{s.Id} trades more", Priority = "55", Rank = _ => 55, CooldownHours = 1, ExpiresHours = 60, OnPublish = true,
        },
        new("wealthy-out", "segment:wealthy:leave", ["advisor", "outlet"])
        {
            When = "client.risk >= 2", Matches = s => s.Risk >= 2, Priority = "75", Rank = _ => 75, ExpiresHours = 26, OnPublish = true,
        },
    ];

    /// <summary>GrowthBook's hash, version 2, in ten-thousandths.</summary>
    public static uint Bucket(string seed, string client) => Fnv1a(Fnv1a(seed + client).ToString()) % 10_000;

    private static uint Fnv1a(string ascii)
    {
        var hash = 2_166_136_261u;
        foreach (var letter in ascii)
        {
            hash = (hash ^ letter) * 16_777_619;
        }

        return hash;
    }
}
