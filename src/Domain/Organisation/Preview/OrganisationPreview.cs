using System.Collections.Immutable;

namespace Engagement.Domain.Organisation;

/// <summary>What an organisation would move if it were published: by desk, branch, mandate and advisor. Its size is bounded by the documents, not by the clients.</summary>
/// <param name="Clients">Clients that were looked at.</param>
/// <param name="Moved">Clients who would be on another desk at once. Those who ask for an advisor get one after that.</param>
/// <param name="PromptsMoved">Live prompts that would go with them.</param>
/// <param name="PromptsWithdrawn">Live prompts of clients who would have no desk.</param>
/// <param name="Branches">By id; those of either organisation.</param>
/// <param name="Mandates">Who is at headquarters by which branch and scope; where there is anybody, or would be.</param>
/// <param name="Advisors">By id; those whose status, outlet or capacity changes.</param>
/// <param name="Desks">By desk; those that anybody would come to or leave.</param>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("organisation-preview")]
public sealed record OrganisationPreview(
    [property: Orleans.Id(0)] long Clients,
    [property: Orleans.Id(1)] long Moved,
    [property: Orleans.Id(2)] long PromptsMoved,
    [property: Orleans.Id(3)] long PromptsWithdrawn,
    [property: Orleans.Id(4)] ImmutableArray<BranchPreview> Branches,
    [property: Orleans.Id(5)] ImmutableArray<MandatePreview> Mandates,
    [property: Orleans.Id(6)] ImmutableArray<AdvisorPreview> Advisors,
    [property: Orleans.Id(7)] ImmutableArray<DeskPreview> Desks)
{
    /// <summary>Of several shards together.</summary>
    public static OrganisationPreview Sum(IReadOnlyCollection<OrganisationPreview> parts) => new(
        parts.Sum(p => p.Clients),
        parts.Sum(p => p.Moved),
        parts.Sum(p => p.PromptsMoved),
        parts.Sum(p => p.PromptsWithdrawn),
        Each(parts.SelectMany(p => p.Branches), b => b.Id, g => new BranchPreview(
            g.Key, g.Sum(b => b.Clients), g.Sum(b => b.Would), g.Sum(b => b.Waiting), g.Sum(b => b.WouldWait), g.Sum(b => b.Served), g.First().Capacity)),
        [.. parts.SelectMany(p => p.Mandates).GroupBy(m => (m.Branch, m.Scope)).OrderBy(g => g.Key.Branch, StringComparer.Ordinal).ThenBy(g => g.Key.Scope)
            .Select(g => new MandatePreview(g.Key.Branch, g.Key.Scope, g.Sum(m => m.Clients), g.Sum(m => m.Would)))],
        Each(parts.SelectMany(p => p.Advisors), a => a.Id, g => g.First() with { Clients = g.Sum(a => a.Clients), Would = g.Sum(a => a.Would) }),
        Each(parts.SelectMany(p => p.Desks), d => d.Desk, g => new DeskPreview(g.Key, g.Sum(d => d.Come), g.Sum(d => d.Leave))));

    private static ImmutableArray<T> Each<T>(IEnumerable<T> rows, Func<T, string> key, Func<IGrouping<string, T>, T> sum) =>
        [.. rows.GroupBy(key).OrderBy(g => g.Key, StringComparer.Ordinal).Select(sum)];
}

/// <param name="Clients">Of its outlets now.</param>
/// <param name="Would">Of its outlets under the new organisation.</param>
/// <param name="Waiting">Who wait for an advisor now.</param>
/// <param name="WouldWait">Who would ask for one, or still wait: as many get one as there is room.</param>
/// <param name="Served">Who would have one of its active advisors before anybody gets one anew.</param>
/// <param name="Capacity">Of its active advisors under the new organisation.</param>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("branch-preview")]
public sealed record BranchPreview(
    [property: Orleans.Id(0)] string Id,
    [property: Orleans.Id(1)] long Clients,
    [property: Orleans.Id(2)] long Would,
    [property: Orleans.Id(3)] long Waiting,
    [property: Orleans.Id(4)] long WouldWait,
    [property: Orleans.Id(5)] long Served,
    [property: Orleans.Id(6)] long Capacity);

/// <param name="Clients">On the desk <c>hq</c> for this now.</param>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("mandate-preview")]
public sealed record MandatePreview(
    [property: Orleans.Id(0)] string Branch,
    [property: Orleans.Id(1)] MandateScope Scope,
    [property: Orleans.Id(2)] long Clients,
    [property: Orleans.Id(3)] long Would);

/// <param name="Now">Null: nobody by this id.</param>
/// <param name="Then">Null: the new organisation does not name him.</param>
/// <param name="Clients">Whom he has now.</param>
/// <param name="Would">Whom he would keep.</param>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("advisor-preview")]
public sealed record AdvisorPreview(
    [property: Orleans.Id(0)] string Id,
    [property: Orleans.Id(1)] AdvisorPost? Now,
    [property: Orleans.Id(2)] AdvisorPost? Then,
    [property: Orleans.Id(3)] long Clients,
    [property: Orleans.Id(4)] long Would);

[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("advisor-post")]
public sealed record AdvisorPost(
    [property: Orleans.Id(0)] string Branch,
    [property: Orleans.Id(1)] string Outlet,
    [property: Orleans.Id(2)] AdvisorStatus Status,
    [property: Orleans.Id(3)] int Capacity);

[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("desk-preview")]
public sealed record DeskPreview(
    [property: Orleans.Id(0)] string Desk,
    [property: Orleans.Id(1)] long Come,
    [property: Orleans.Id(2)] long Leave);
