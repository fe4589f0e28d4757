using Engagement.Domain.Organisation;

namespace Engagement.Domain.Clients;

/// <content>What a mandate's beginning and end does to a client, by time alone.</content>
internal static partial class ClientPlacement
{
    /// <summary>When a mandate that concerns him begins or ends next; <see cref="long.MaxValue"/>: none does.</summary>
    public static long MandateMs(ClientState state, OrganisationTree organisation, long nowMs)
    {
        var now = state.Assignment;
        if (now.HqFor is null && now.HqWanted is null)
        {
            return long.MaxValue;
        }

        var day = Shanghai.Day(nowMs);
        var first = Math.Min(ChangesOn(now.HqFor), now.HqWanted == now.HqFor ? int.MaxValue : ChangesOn(now.HqWanted));
        return first == int.MaxValue ? long.MaxValue : Shanghai.StartMs(first);

        int ChangesOn(MandateScope? scope) =>
            scope is { } known ? Assignment.CoverChangesOn(organisation, state.Outlet, known, day) ?? int.MaxValue : int.MaxValue;
    }

    /// <summary>Has a mandate begun or ended that has him at headquarters, or would?</summary>
    public static bool MandateChanged(ClientState state, OrganisationTree organisation, long nowMs)
    {
        var (now, day) = (state.Assignment, Shanghai.Day(nowMs));
        return (now.HqFor is { } held && !Assignment.Covers(organisation, state.Outlet, held, day))
            || (now.HqWanted is { } wanted && Assignment.Covers(organisation, state.Outlet, wanted, day) != now.Covered);
    }

    /// <summary>Nobody covered him for this when he was last placed: that somebody does now is the mandate's doing and not his.</summary>
    private static bool MandateBegan(AssignmentState now, MandateScope? scope) =>
        scope is not null && now.HqWanted == scope && !now.Covered;

    private static bool StillCovered(ClientState state, OrganisationTree organisation, long nowMs) =>
        state.Assignment.HqFor is not { } held || Assignment.Covers(organisation, state.Outlet, held, Shanghai.Day(nowMs));

    private static void Want(AssignmentState now, MandateScope? scope, bool covered = false) =>
        (now.HqWanted, now.Covered) = (scope, scope is not null && covered);
}
