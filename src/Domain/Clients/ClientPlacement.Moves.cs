using Engagement.Domain.Organisation;

namespace Engagement.Domain.Clients;

/// <content>From desk to desk: which moves count, and which the limit refuses.</content>
internal static partial class ClientPlacement
{
    /// <summary>Rules 2 and 3: his outlet, or headquarters under a mandate. A move that the limit refuses leaves him where he is.</summary>
    private static void Settle(
        ClientState state, OrganisationTree organisation, Placement placement, MessageList messages, long nowMs, bool outletChanged)
    {
        var now = state.Assignment;
        var counts = !outletChanged && Counts(state, organisation, placement, nowMs);
        var refused = counts && !MayMove(now, nowMs);
        if (counts && !refused)
        {
            CountMove(now, nowMs);
        }

        Want(now, placement.Scope, placement.Kind == PlacementKind.Hq);
        now.FullIn = null;
        if (refused && now.Advisor != null)
        {
            return;
        }

        if (now.Advisor != null || now.AskedPosition != 0)
        {
            Leave(state, organisation, messages);
        }

        now.Placed = true;
        if (!refused)
        {
            MoveTo(state, placement.Desk, placement.Kind == PlacementKind.Hq ? placement.Scope : null, messages);
        }
    }

    /// <summary>Does going there count against the limit? Asked before anything of it is done.</summary>
    private static bool Counts(ClientState state, OrganisationTree organisation, Placement placement, long nowMs)
    {
        var now = state.Assignment;
        // The interim desk is none of his: what counts is whether he ends elsewhere than where he asked from.
        var from = now.AskedFromHq ? AtHq : now.Desk;
        if (from == NoDesk || from == placement.Desk.ToString() || !now.Placed || (now.AskedPosition != 0 && !now.GrantIsMove))
        {
            return false;
        }

        if (now.Advisor is { } advisor)
        {
            return StillServes(organisation, advisor);
        }

        // On the interim desk he would be back at headquarters, did its mandate still live.
        return from != AtHq ? !MandateBegan(now, placement.Scope)
            : now.Desk == AtHq ? StillCovered(state, organisation, nowMs)
            : placement.Scope is null;
    }

    /// <summary>Rule 1 without a place: at his outlet while the branch is asked; at headquarters when it has no room and a mandate covers that.</summary>
    private static void WaitForPlace(ClientState state, OrganisationTree organisation, MessageList messages, long nowMs)
    {
        var (now, home) = (state.Assignment, organisation.Outlets[state.Outlet]);
        if (now.FullIn != home.Branch)
        {
            now.FullIn = null;
            if (now.HqWanted != MandateScope.Overflow)
            {
                // A mandate that begins before the branch has said that it has no room moves him all the same: remembered from when he asked.
                Want(now, MandateScope.Overflow, Assignment.Covers(organisation, home.Id, MandateScope.Overflow, Shanghai.Day(nowMs)));
            }

            // Where the limit refuses even to ask he stays at headquarters, for as long as the mandate lives that has him there.
            if (now.AskedPosition != 0 || now.Desk != AtHq || !StillCovered(state, organisation, nowMs))
            {
                MoveTo(state, DeskId.Outlet(home.Id), null, messages);
            }

            return;
        }

        var overflow = Assignment.WithoutRoom(organisation, home.Id, Shanghai.Day(nowMs));
        var (covered, began) = (overflow.Kind == PlacementKind.Hq, MandateBegan(now, overflow.Scope));
        Want(now, overflow.Scope, covered);
        if (covered && now.Desk != AtHq)
        {
            // One move is left to him: that was asked before the place was.
            if (now.GrantIsMove && !now.AskedFromHq && !began)
            {
                CountMove(now, nowMs);
            }

            (now.Placed, now.GrantIsMove) = (true, true);
            if (now.AskedPosition != 0 && !MayMove(now, nowMs))
            {
                // He could not take a place: who can is not kept waiting behind him.
                Leave(state, organisation, messages);
            }
        }

        now.AskedFromHq = now.AskedPosition != 0 && (covered || (now.AskedFromHq && now.Desk != AtHq));
        MoveTo(state, overflow.Desk, covered ? MandateScope.Overflow : null, messages);
    }

    /// <summary>Does the limit on moves hold him there? Not where the advisor is gone.</summary>
    private static bool StillServes(OrganisationTree organisation, string advisor) =>
        organisation.Advisors.TryGetValue(advisor, out var found) && found.Status != AdvisorStatus.Left;

    private static void MoveTo(ClientState state, DeskId to, MandateScope? hqFor, MessageList messages)
    {
        var (from, desk) = (state.Assignment.Desk, to.ToString());
        var outlet = state.Outlet;
        state.Assignment.HqFor = hqFor;
        if (from == desk)
        {
            return;
        }

        state.Assignment.Desk = desk;
        if (from != NoDesk)
        {
            messages.Add((position, at) => new ClientLeft(position, at, state.Id, from, desk) { Outlet = outlet, HqFor = hqFor });
        }

        if (desk != NoDesk)
        {
            messages.Add((position, at) => new ClientCame(position, at, state.Id, desk));
        }
    }

    private static bool MayMove(AssignmentState now, long nowMs)
    {
        if (now.MovesMs.Count < MovesMax || now.MovesMs[0] + MoveWindowMs <= nowMs)
        {
            return true;
        }

        now.RetryMs = now.MovesMs[0] + MoveWindowMs;
        return false;
    }

    private static void CountMove(AssignmentState now, long nowMs)
    {
        now.MovesMs.Add(nowMs);
        if (now.MovesMs.Count > MovesMax)
        {
            now.MovesMs.RemoveAt(0);
        }
    }
}
