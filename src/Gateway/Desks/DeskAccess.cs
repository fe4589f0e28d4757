using Engagement.Domain.Organisation;
using Engagement.Gateway.Security;

namespace Engagement.Gateway.Desks;

/// <summary>Who may read and act on which desk, asked at each access.</summary>
public sealed class DeskAccess(CurrentOrganisation organisation)
{
    /// <returns>False where the desk does not exist for him.</returns>
    public async Task<bool> MayRead(Principal who, string desk) =>
        DeskId.TryParse(desk, out var id) && Access.MayReadDesk(who, id, await organisation.Tree(), await organisation.Today());

    public async Task<bool> MayAct(Principal who, string desk) =>
        DeskId.TryParse(desk, out var id) && Access.MayActOnDesk(who, id, await organisation.Tree(), await organisation.Today());

    /// <summary>The advisor's capacity; null for a desk that has none.</summary>
    public async Task<int?> Capacity(string desk) =>
        DeskId.TryParse(desk, out var id) && id.Kind == DeskKind.Advisor && (await organisation.Tree()).Advisors.TryGetValue(id.Owner, out var advisor) ? advisor.Capacity : null;
}
