using System.Collections.Immutable;
using Engagement.Domain.Experiments;
using Engagement.Domain.Language;
using Engagement.Domain.Segments;
using Engagement.Domain.Shares;

namespace Engagement.Domain.Campaigns;

public enum TriggerKind : byte { Enter, Leave, Event, Every }

/// <param name="Segment">Index in the catalogue, for enter and leave; otherwise -1.</param>
/// <param name="Event">The event's type, for <see cref="TriggerKind.Event"/>; otherwise null.</param>
/// <param name="AtMinute">Minute of the Shanghai day, for <see cref="TriggerKind.Every"/>.</param>
/// <param name="Text">As decisions show it: <c>segment:ID:enter</c>, <c>segment:ID:leave</c>, <c>event:TYPE</c>, <c>every</c>.</param>
public sealed record Trigger(TriggerKind Kind, int Segment, string? Event, int AtMinute, string Text);

/// <param name="Risk">1-5, or 0: asks for no suitability.</param>
/// <param name="Value">Expected worth of a success in yuan; null: 0.</param>
public sealed record Offer(string Kind, string? Product, int Risk, string? Licence, Expression? Value);

/// <summary>A message with <c>{input path}</c> placeholders, cut into literal text and compiled paths. <c>{client.name}</c> is kept as text: it is filled in when shown.</summary>
public sealed record MessageTemplate(string Source, ImmutableArray<MessagePart> Parts);

/// <param name="Text">Literal text, or the placeholder's path where <paramref name="Path"/> is set.</param>
public readonly record struct MessagePart(string Text, Expression? Path);

public sealed record Goal(string Event, long WithinMs);

/// <param name="Branches">Empty: everywhere.</param>
/// <param name="Percent">0 to 100.</param>
public sealed record Rollout(ImmutableArray<string> Branches, decimal Percent)
{
    public static readonly Rollout Everywhere = new([], 100);

    /// <summary>Is the client in the pilot? The part in percent is a pure function of client and campaign.</summary>
    public bool Includes(string clientId, string campaignId, string branch) =>
        (Branches.IsEmpty || Branches.Contains(branch))
        && GrowthBookHash.TenThousandth("rollout:" + campaignId, clientId) < Percent / 100 * GrowthBookHash.Buckets;
}

[Flags]
public enum DeskKinds { None = 0, Advisor = 1, Outlet = 2, Hq = 4 }

public sealed record Campaign(
    string Id,
    Localized Name,
    Trigger Trigger,
    Expression? When,
    Offer Offer,
    MessageTemplate MessageZh,
    MessageTemplate MessageEn,
    int Priority,
    Expression? PriorityExpression,
    DeskKinds Desks,
    string? Channel,
    long CooldownMs,
    long ExpiresMs,
    Goal? Goal,
    Rollout Rollout,
    string? Experiment,
    bool OnPublish);

/// <param name="CapDays">Calendar days of the cap's window, 0: no cap.</param>
/// <param name="QuietFromMinute">Minutes of the Shanghai day, [from, to); both -1: no quiet hours.</param>
public sealed record Policy(int CapPerClient, int CapDays, int QuietFromMinute, int QuietToMinute, bool TradingDaysOnly, bool FourEyes)
{
    public static readonly Policy None = new(0, 0, -1, -1, false, false);
}

/// <summary>A published catalogue, compiled. Immutable; shared by every client of a silo.</summary>
public sealed class Catalogue
{
    /// <summary>The built-in metrics, in this order, stand first in <see cref="Metrics"/>.</summary>
    public static readonly ImmutableArray<string> BuiltInMetrics =
        ["trades", "buys", "sells", "commissions", "deposits", "withdrawals", "visits", "contacts", "fees"];

    /// <summary>Before the first publish: version 0, with nothing but the built-in metrics.</summary>
    public static readonly Catalogue Empty = new()
    {
        Version = 0,
        Metrics = Domain.Campaigns.BuiltInMetrics.All,
        Segments = [],
        Campaigns = [],
        DefaultTiers = [],
        TierOverrides = ImmutableDictionary<string, ImmutableArray<Tier>>.Empty,
        Policy = Policy.None,
    };

    private CatalogueIndex? index;
    private bool? hasBackfills;

    internal CatalogueIndex Index => index ??= new(this);

    public required int Version { get; init; }

    public required ImmutableArray<Metric> Metrics { get; init; }

    /// <summary>In order of evaluation.</summary>
    public required ImmutableArray<Segment> Segments { get; init; }

    /// <summary>By id (ordinal).</summary>
    public required ImmutableArray<Campaign> Campaigns { get; init; }

    public required ImmutableArray<Tier> DefaultTiers { get; init; }

    /// <summary>Keyed <c>branch:ID</c> or <c>outlet:ID</c>; the outlet's list wins.</summary>
    public required ImmutableDictionary<string, ImmutableArray<Tier>> TierOverrides { get; init; }

    public required Policy Policy { get; init; }

    public ImmutableArray<Experiment> Experiments { get; init; } = [];

    public Holdout? Holdout { get; init; }

    /// <summary>In the order of the document: the first that holds decides.</summary>
    public ImmutableArray<SharingRule> Sharing { get; init; } = [];

    /// <summary>The metrics that are computed over the log when this catalogue follows another: those that it did not compute already.</summary>
    public ImmutableArray<Metric> BackfilledOver(Catalogue before) => HasBackfills
        ? [.. Metrics.Where(m => m.Backfill && !before.Metrics.Any(b => b.Backfill && b.Id == m.Id && b.Fingerprint == m.Fingerprint))]
        : [];

    public bool HasBackfills => hasBackfills ??= Metrics.Any(m => m.Backfill);

    /// <summary>The tier of a client: the last whose bound is at or below the assets; below the first bound, the first; <c>""</c> where there are no tiers.</summary>
    public string TierOf(long assetsFen, string outlet, string branch)
    {
        var tiers = TierOverrides.GetValueOrDefault("outlet:" + outlet, TierOverrides.GetValueOrDefault("branch:" + branch, DefaultTiers));
        var found = tiers.IsEmpty ? "" : tiers[0].Id;
        foreach (var tier in tiers)
        {
            if (tier.FromFen > assetsFen)
            {
                break;
            }

            found = tier.Id;
        }

        return found;
    }
}
