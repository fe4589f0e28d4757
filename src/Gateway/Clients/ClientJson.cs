using Engagement.Contracts.Clients;
using Engagement.Domain;
using Engagement.Domain.Language;

namespace Engagement.Gateway.Clients;

/// <summary>A client as the API shows him. Money in yuan, instants in UTC.</summary>
internal sealed record ClientJson(
    string Id, string? Name, string? Phone, string Outlet, string Branch, string Advisor, string Desk, string Status, string Channel, string Tier,
    decimal Assets, long Age, int Risk, bool RiskValid, string Opened, IReadOnlyList<string> Tags, IReadOnlyList<string> Consents,
    IReadOnlyList<ClientJson.Contract> Contracts, IReadOnlyDictionary<string, decimal> Holdings, IReadOnlyList<ClientJson.Segment> Segments, IReadOnlyList<ClientJson.Failure> Failed, long Position, string At)
{
    internal sealed record Contract(string ContractId, string Product, decimal Assets, string SignedAt)
    {
        [System.Text.Json.Serialization.JsonPropertyName("contract")]
        public string ContractId { get; init; } = ContractId;
    }

    internal sealed record Segment(string Id, string Since, IReadOnlyList<Reason> Because);

    internal sealed record Failure(string Id, IReadOnlyList<Reason> Because);

    public static ClientJson Of(ClientView view) => new(
        view.Id, view.Name, view.Phone, view.Outlet, view.Branch, view.Advisor, view.Desk, view.Status, view.Channel, view.Tier,
        Money.Decimal(view.AssetsFen), view.Age, view.Risk, view.RiskValid, Rfc3339.Format(view.OpenedMs), view.Tags, view.Consents,
        [.. view.Contracts.Select(c => new Contract(c.Contract, c.Product, Money.Decimal(c.AssetsFen), Rfc3339.Format(c.SignedMs)))],
        view.Holdings.ToDictionary(h => h.Key, h => Money.Decimal4(h.Value)),
        [.. view.Segments.Select(s => new Segment(s.Id, Rfc3339.Format(s.SinceMs), s.Because))],
        [.. view.Failed.Select(f => new Failure(f.Id, f.Because))],
        view.Position, Rfc3339.Format(view.AtMs));
}
