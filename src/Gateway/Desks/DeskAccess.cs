using Engagement.Contracts.Desks;
using Engagement.Contracts.Storage;
using Engagement.Domain.Desks;
using Engagement.Domain.Organisation;
using Engagement.Gateway.Audit;
using Engagement.Gateway.Security;

namespace Engagement.Gateway.Desks;

/// <summary>What all rights at one moment follow from.</summary>
public readonly record struct RightsBasis(OrganisationTree Tree, int Day);

/// <summary>Who may read and act on which desk, asked at each access.</summary>
public sealed class DeskAccess(CurrentOrganisation organisation, IEngagementQueries queries, IGrainFactory grains, AuditTrail audit)
{
    /// <summary>As <see cref="Of(Principal, string)"/>, and a desk that is there and not for him is recorded.</summary>
    /// <param name="what">As which the access is recorded.</param>
    public async Task<DeskRights?> Recorded(Principal who, string desk, string what)
    {
        var rights = await Of(who, desk);
        if (rights is null && DeskId.TryParse(desk, out var id) && (await organisation.Tree()).Has(id))
        {
            await audit.Record(who, what, target: desk, refused: true);
        }

        return rights;
    }

    /// <returns>Null where the desk does not exist for him.</returns>
    public async Task<DeskRights?> Of(Principal who, string desk)
    {
        if (!DeskId.TryParse(desk, out var id))
        {
            return null;
        }

        var basis = await Basis();
        var rights = Of(who, desk, basis);
        // The auditor may read any desk there is, also of somebody who is gone: but not one that never was.
        return rights is not null && id.Kind is (DeskKind.Advisor or DeskKind.Outlet) && !basis.Tree.Has(id) && (await grains.GetGrain<IDeskGrain>(desk).Pulse()) is { Seq: 0, Clients: 0 }
            ? null
            : rights;
    }

    /// <inheritdoc cref="Of(Principal, string)"/>
    public static DeskRights? Of(Principal who, string desk, RightsBasis basis) =>
        DeskId.TryParse(desk, out var id) && new DeskRights(who, id, basis.Tree, basis.Day) is { MayRead: true } rights ? rights : null;

    /// <summary>As of now.</summary>
    public async Task<RightsBasis> Basis() => new(await organisation.Tree(), await organisation.Today());

    /// <summary>
    /// Those of some prompts that are not his to see. A live one knows where its client is; one that ended knows only where he was then, and
    /// stays on <c>hq</c> when he leaves: there he is looked up.
    /// </summary>
    public async Task<IReadOnlySet<string>> Hidden(DeskRights rights, IReadOnlyCollection<Prompt> prompts)
    {
        var hidden = prompts.Where(p => !rights.MayReadPrompt(p)).Select(p => p.Id).ToHashSet();
        if (!rights.IsWhole && prompts.Any(p => !p.IsLive))
        {
            var places = await queries.Places([.. prompts.Where(p => !p.IsLive).Select(p => p.Client).Distinct()]);
            hidden.UnionWith(prompts.Where(p => !p.IsLive && !(places.TryGetValue(p.Client, out var place) && rights.MayReadEnded(place))).Select(p => p.Id));
        }

        return hidden;
    }

    /// <summary>The advisor's capacity; null for a desk that has none.</summary>
    public async Task<int?> Capacity(string desk) =>
        DeskId.TryParse(desk, out var id) && id.Kind == DeskKind.Advisor && (await organisation.Tree()).Advisors.TryGetValue(id.Owner, out var advisor) ? advisor.Capacity : null;
}
