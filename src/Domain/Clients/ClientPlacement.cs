using Engagement.Domain.Organisation;

namespace Engagement.Domain.Clients;

/// <summary>
/// Keeps a client on the desk that the rules of assignment give him. Rule 1 asks the branch for a place; everything else
/// is decided here, inside the record that causes it.
/// </summary>
internal static partial class ClientPlacement
{
    public const long MoveWindowMs = 90 * Shanghai.DayMs;
    public const int MovesMax = 2;

    private static readonly string NoDesk = DeskId.None.ToString();
    private static readonly string AtHq = DeskId.Hq.ToString();

    /// <summary>Places the client anew after his state, the organisation or what mandates cover changed.</summary>
    /// <param name="outletChanged">The record changed his outlet: what follows from that is no move that counts.</param>
    /// <returns>True where the advisor changed.</returns>
    public static bool Place(ClientState state, OrganisationTree organisation, MessageList messages, long nowMs, bool outletChanged = false)
    {
        var now = state.Assignment;
        var before = now.Advisor;
        now.RetryMs = 0;
        var placement = Assignment.Place(organisation, state.Outlet, state.Assets.TotalFen, now.Advisor, Shanghai.Day(nowMs));
        switch (placement.Kind)
        {
            case PlacementKind.KeepAdvisor:
                // The place is where the advisor is, also when his outlet goes to another branch.
                now.Branch = organisation.Advisors[now.Advisor!].Branch;
                Want(now, null);
                return false;
            case PlacementKind.None:
                Leave(state, organisation, messages);
                Want(now, null);
                now.FullIn = null;
                MoveTo(state, DeskId.None, null, messages);
                break;
            case PlacementKind.NeedsAdvisor:
                // He has none, or one who is gone.
                var forced = now.Advisor != null;
                if (forced)
                {
                    Leave(state, organisation, messages);
                }

                Ask(state, organisation, messages, nowMs, forced || outletChanged);
                WaitForPlace(state, organisation, messages, nowMs);
                break;
            default:
                Settle(state, organisation, placement, messages, nowMs, outletChanged);
                break;
        }

        return before != now.Advisor;
    }

    /// <summary>The branch's grant. One that is no longer wanted folds into its own release.</summary>
    public static bool OnGranted(
        ClientState state, OrganisationTree organisation, string advisor, string branch, long asked, MessageList messages, long nowMs)
    {
        var now = state.Assignment;
        if (now.AskedPosition != asked || asked == 0)
        {
            if (now.Advisor != advisor)
            {
                messages.Add((position, at) => new PlaceReleased(position, at, state.Id, branch, organisation.Version) { Asked = asked, Advisor = advisor });
            }

            return false;
        }

        if (now.GrantIsMove)
        {
            CountMove(now, nowMs);
        }

        (now.Advisor, now.Branch, now.AskedPosition, now.Placed) = (advisor, branch, 0, true);
        (now.AskedFromHq, now.FullIn) = (false, null);
        Want(now, null);
        MoveTo(state, DeskId.Advisor(advisor), null, messages);
        return true;
    }

    /// <summary>The branch has no room: under a mandate for overflow he waits at headquarters from here on.</summary>
    /// <returns>False where he no longer waits for what it answers.</returns>
    public static bool OnFull(AssignmentState now, string branch, long asked)
    {
        if (now.AskedPosition != asked || asked == 0)
        {
            return false;
        }

        now.FullIn = branch;
        return true;
    }

    private static void Ask(ClientState state, OrganisationTree organisation, MessageList messages, long nowMs, bool forced)
    {
        var (now, outlet) = (state.Assignment, organisation.Outlets[state.Outlet]);
        // Why he first asked decides, also where his outlet goes to another branch and he asks there.
        var counts = now.AskedPosition != 0 ? now.GrantIsMove && !forced : now.Placed && !forced;
        if (now.AskedPosition != 0 && now.Branch != outlet.Branch)
        {
            Leave(state, organisation, messages);
        }

        if (now.AskedPosition == 0)
        {
            // His first desk is no move, nor is one that his advisor's leaving or a new outlet forces.
            now.GrantIsMove = counts;
            if (now.GrantIsMove && !MayMove(now, nowMs))
            {
                return;
            }

            now.AskedFromHq = now.Desk == AtHq && !forced;
            now.AskedPosition = messages.Position;
            now.Branch = outlet.Branch;
        }
        else if (now.ReportedFen == state.Assets.TotalFen && now.AskedOutlet == outlet.Id)
        {
            return;
        }

        now.ReportedFen = state.Assets.TotalFen;
        now.AskedOutlet = outlet.Id;
        var (asked, assets) = (now.AskedPosition, state.Assets.TotalFen);
        messages.Add((position, at) => new PlaceAsked(position, at, state.Id, outlet.Branch, organisation.Version, asked, outlet.Id, assets));
    }

    /// <summary>Gives back the place, or the waiting for one.</summary>
    private static void Leave(ClientState state, OrganisationTree organisation, MessageList messages)
    {
        var now = state.Assignment;
        if (now.Branch is { } branch)
        {
            var (asked, advisor) = (now.AskedPosition == messages.Position ? messages.Position : messages.Position - 1, now.Advisor);
            messages.Add((position, at) => new PlaceReleased(position, at, state.Id, branch, organisation.Version) { Asked = asked, Advisor = advisor });
        }

        (now.Advisor, now.AskedPosition, now.Branch, now.AskedOutlet, now.AskedFromHq) = (null, 0, null, null, false);
    }
}
