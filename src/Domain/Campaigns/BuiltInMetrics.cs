using System.Collections.Immutable;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Campaigns;

/// <summary>The metrics that every catalogue has, in the order of <see cref="Catalogue.BuiltInMetrics"/>; what they count and sum is written with the fold.</summary>
internal static class BuiltInMetrics
{
    public static readonly ImmutableArray<Metric> All =
    [
        Of("trades", "trade.executed"),
        Of("buys", "trade.executed"),
        Of("sells", "trade.executed"),
        Of("commissions", "trade.executed"),
        Of("deposits", "cash.moved"),
        Of("withdrawals", "cash.moved"),
        Of("visits", "app.active"),
        Of("contacts", "contact.made"),
        Of("fees", "fee.charged"),
    ];

    private static Metric Of(string id, string on) => new(id, on, null, null, Backfill: false, BuiltIn: true, Fingerprint: "built-in");
}
