using System.Text.Json.Nodes;

namespace Engagement.Faults.Tests.Model;

/// <summary>What the hand-written conditions read: the inputs of page 2 under names close to theirs.</summary>
internal sealed record Sight(Client Client, Organisation Organisation, long Now, SentEvent? Event)
{
    public string Id => Client.Id;
    public string Outlet => Client.Outlet;
    public string Branch => Organisation.BranchOf(Client.Outlet);
    public string Advisor => Client.Advisor;
    public string Channel => Client.Channel;
    public string Status => Client.Status;
    public string Tier => Rules.TierOf(Client.AssetsFen, Branch);
    public double Assets => Client.AssetsFen / 100.0;
    public int Age => Client.Birth is { } birth ? ShanghaiTime.AgeOn(ShanghaiTime.DateOf(Now), birth) : 0;
    public int Risk => Client.Risk;
    public bool RiskValid => Client.RiskValidAt(Now);
    public long Opened => Client.Opened;
    public IReadOnlyList<string> Tags => Client.Tags;
    public IReadOnlyList<string> Consents => Client.Consents;
    public IReadOnlyList<string> Contracts => Client.RunningProducts;
    public IReadOnlyDictionary<string, decimal> Holdings => Client.Holdings;

    public Series Trades => Metric("trades");
    public Series Buys => Metric("buys");
    public Series Sells => Metric("sells");
    public Series Commissions => Metric("commissions");
    public Series Deposits => Metric("deposits");
    public Series Withdrawals => Metric("withdrawals");
    public Series Visits => Metric("visits");
    public Series Contacts => Metric("contacts");
    public Series Fees => Metric("fees");

    public Series Metric(string id) => new(Client.Metrics.GetValueOrDefault(id, []), Now);

    public bool InSegment(string id) => Client.Segments.ContainsKey(id);

    /// <summary>A key that is not there fails the evaluation, as in CEL.</summary>
    public JsonNode Data(string name) => Event!.Data[name] ?? throw new KeyNotFoundException(name);

    /// <summary>The amount of a trade in yuan: quantity x price, half to even to the fen.</summary>
    public static decimal TradeAmount(SentEvent e) => Math.Round(e.Number("quantity") * e.Number("price"), 2, MidpointRounding.ToEven);
}
