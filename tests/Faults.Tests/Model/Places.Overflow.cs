namespace Engagement.Faults.Tests.Model;

/// <content>Rule 1 without room, under a mandate for overflow.</content>
internal sealed partial class Places
{
    /// <summary>The branch says that it has no room, where a mandate of any day makes that a difference.</summary>
    /// <returns>False: it is none to him, or he knows.</returns>
    public bool Tell(Client client, long now)
    {
        var outlet = organisation().Find(client.Outlet)!;
        if (!organisation().Knows(outlet.Branch, "overflow") || client.FullIn == outlet.Branch)
        {
            return false;
        }

        client.FullIn = outlet.Branch;
        client.Waiting = Overflow(client, outlet, now, asks: true);
        return true;
    }

    /// <summary>He is at headquarters while a mandate covers it, and waits on as long as he has a move left for the place.</summary>
    /// <returns>Whether he still asks.</returns>
    private bool Overflow(Client client, Outlet outlet, long now, bool asks)
    {
        var covered = organisation().Covers(outlet.Id, "overflow", now);
        var began = Began(client, "overflow");
        client.Sought = ("overflow", covered);
        if (covered && client.Desk != "hq")
        {
            if (client.GrantCounts && !client.AskedFromHq && !began)
            {
                client.Moves.Add(now);
            }

            (client.Placed, client.GrantCounts) = (true, true);
            asks = asks && MayMove(client, now);
        }

        client.AskedFromHq = asks && (covered || (client.AskedFromHq && client.Desk != "hq"));
        (client.Desk, client.HqFor) = covered ? ("hq", "overflow") : ("outlet:" + outlet.Id, "");
        return asks;
    }

    /// <summary>What he would be at headquarters for was not covered when he was last placed: that it is now is the mandate's doing.</summary>
    private static bool Began(Client client, string scope) => scope != "" && client.Sought == (scope, false);
}
