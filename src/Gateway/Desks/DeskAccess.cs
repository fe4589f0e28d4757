using Engagement.Domain.Organisation;
using Engagement.Gateway.Audit;
using Engagement.Gateway.Security;

namespace Engagement.Gateway.Desks;

/// <summary>Who may read and act on which desk, asked at each access.</summary>
public sealed class DeskAccess(CurrentOrganisation organisation, AuditTrail audit)
{
    /// <summary>As <see cref="Of"/>, and a desk that is there and not for him is recorded.</summary>
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

        var rights = new DeskRights(who, id, await organisation.Tree(), await organisation.Today());
        return rights.MayRead ? rights : null;
    }

    /// <summary>The advisor's capacity; null for a desk that has none.</summary>
    public async Task<int?> Capacity(string desk) =>
        DeskId.TryParse(desk, out var id) && id.Kind == DeskKind.Advisor && (await organisation.Tree()).Advisors.TryGetValue(id.Owner, out var advisor) ? advisor.Capacity : null;
}
