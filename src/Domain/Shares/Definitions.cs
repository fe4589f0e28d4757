using Engagement.Domain.Language;

namespace Engagement.Domain.Shares;

public enum SharingBasis : byte { All, Attributed, Incremental }

/// <summary>Parts of one whole; they sum to 1 exactly.</summary>
public readonly record struct PartyShares(decimal Hq, decimal Branch, decimal Outlet, decimal Advisor);

/// <summary>One rule of the ledger; the first that holds splits the revenue.</summary>
/// <param name="FromDay">Its first day, Asia/Shanghai, judged by the event's time.</param>
/// <param name="When">Whom it is for; null: everybody.</param>
/// <param name="WindowMs">For <see cref="SharingBasis.Attributed"/>: how long after a conversion; otherwise 0.</param>
/// <param name="Experiment">For <see cref="SharingBasis.Incremental"/>, with <paramref name="Metric"/>; otherwise null.</param>
public sealed record SharingRule(
    string Id,
    int FromDay,
    Expression? When,
    SharingBasis Basis,
    long WindowMs,
    string? Experiment,
    string? Metric,
    PartyShares Shares);
