namespace Engagement.Faults.Tests.Model;

/// <summary>Who serves whom (page 3, "Assignment"). Places are counted from the clients themselves.</summary>
internal sealed partial class Places(Func<Organisation> organisation, IEnumerable<Client> clients)
{
    private const long MoveWindow = 90 * ShanghaiTime.Day;
    private const int MovesAllowed = 2;

    /// <summary>Rules 2 to 4, inside the record that causes them.</summary>
    /// <returns>The advisor who lost a client, if any; and whether the client now asks for a place.</returns>
    public (string? Released, bool Asks) Settle(Client client, long now, string outletBefore)
    {
        var outlet = organisation().Find(client.Outlet);
        var advisorFrom = (outlet?.AdvisorFrom ?? 0) * 100;
        var gone = client.Advisor != "" && organisation().FindAdvisor(client.Advisor) is null or { Status: "left" };
        if (client.Advisor != "" && !gone && outlet is not null && client.AssetsFen * 10 >= advisorFrom * 9)
        {
            client.Sought = null;
            return (null, false);
        }

        if (outlet is null)
        {
            (client.Sought, client.FullIn) = (null, "");
            return (Leave(client, "none"), false);
        }

        var moved = client.Outlet != outletBefore;
        return client.AssetsFen < advisorFrom ? (WithoutAdvisor(client, outlet, now, moved, gone), false) : WithAdvisor(client, outlet, now, moved, gone);
    }

    /// <summary>He is entitled to an advisor and has none: he asks, if he may still move.</summary>
    private (string? Released, bool Asks) WithAdvisor(Client client, Outlet outlet, long now, bool moved, bool gone)
    {
        var here = client.Waiting && client.AskedIn == outlet.Branch;
        var fromHq = client.Desk == "hq";
        if (!client.Waiting || moved && !here)
        {
            client.GrantCounts = client.Placed && !moved && !gone && (!client.Waiting || client.GrantCounts);
        }

        var released = client.Advisor == "" ? null : client.Advisor;
        client.Advisor = "";
        var asks = here || !client.GrantCounts || MayMove(client, now);
        client.AskedFromHq = here ? client.AskedFromHq : asks && fromHq && !moved && !gone;
        client.AskedIn = outlet.Branch;
        if (client.FullIn == outlet.Branch)
        {
            return (released, Overflow(client, outlet, now, asks));
        }

        // Not told yet that there is no room: whether a mandate covered it is remembered from when he asked.
        client.FullIn = "";
        client.Sought = client.Sought is { Scope: "overflow" } known ? known : ("overflow", organisation().Covers(outlet.Id, "overflow", now));
        if (asks || !fromHq || !organisation().Covers(outlet.Id, client.HqFor, now))
        {
            (client.Desk, client.HqFor) = ("outlet:" + outlet.Id, "");
        }

        return (released, asks);
    }

    /// <summary>His outlet's team, or headquarters where a mandate covers small clients. A move that is one too many is not made.</summary>
    private string? WithoutAdvisor(Client client, Outlet outlet, long now, bool moved, bool gone)
    {
        var scope = client.AssetsFen < outlet.IntensiveBelow * 100 ? "tail" : "";
        var covered = scope != "" && organisation().Covers(outlet.Id, scope, now);
        var desk = covered ? "hq" : "outlet:" + outlet.Id;
        var counts = !moved && Counts(client, desk, scope, gone, now);
        var refused = counts && !MayMove(client, now);
        if (counts && !refused)
        {
            client.Moves.Add(now);
        }

        (client.Sought, client.FullIn) = (scope == "" ? null : (scope, covered), "");
        if (refused && client.Advisor != "")
        {
            return null;
        }

        var stays = (client.Desk, client.HqFor);
        var released = Leave(client, desk);
        (client.Placed, client.HqFor) = (true, covered ? scope : "");
        if (refused)
        {
            (client.Desk, client.HqFor) = stays;
        }

        return released;
    }

    /// <summary>Does he give up an advisor, or change between his outlet and headquarters, by what is his own doing?</summary>
    private bool Counts(Client client, string desk, string scope, bool gone, long now)
    {
        var from = client.AskedFromHq && client.Waiting ? "hq" : client.Desk;
        if (!client.Placed || from is "none" or "" || from == desk || (client.Waiting && !client.GrantCounts))
        {
            return false;
        }

        return client.Advisor != "" ? !gone
            : from != "hq" ? !Began(client, scope)
            : client.Desk == "hq" ? organisation().Covers(client.Outlet, client.HqFor, now)
            : scope == "";
    }

    private static string? Leave(Client client, string desk)
    {
        var released = client.Advisor == "" ? null : client.Advisor;
        (client.Advisor, client.Desk, client.HqFor, client.AskedFromHq, client.AskedIn) = ("", desk, "", false, "");
        return released;
    }

    /// <summary>Rule 1: the advisor who would take the client, or null.</summary>
    public Advisor? FindRoom(Client client)
    {
        var outlet = organisation().Find(client.Outlet)!;
        return LeastLoaded(outlet.Advisors)
            ?? LeastLoaded(organisation().Outlets.Where(each => each.Branch == outlet.Branch).SelectMany(each => each.Advisors));
    }

    /// <summary>Who gets a place that became free: the largest assets waiting in the advisor's outlet, then in his branch.</summary>
    public Client? NextFor(Advisor advisor)
    {
        if (advisor.Status != "active" || Load(advisor) >= advisor.Capacity)
        {
            return null;
        }

        var outlet = organisation().OutletOfAdvisor(advisor.Id);
        var branch = organisation().BranchOf(outlet);
        var waiting = clients.Where(client => client.Waiting).OrderByDescending(client => client.AssetsFen).ThenBy(client => client.Id, StringComparer.Ordinal).ToList();
        return waiting.FirstOrDefault(client => client.Outlet == outlet) ?? waiting.FirstOrDefault(client => organisation().BranchOf(client.Outlet) == branch);
    }

    /// <summary>
    /// Whether an organisation comes to the same, whoever of the clients is moved first. They are moved side by side, so
    /// there must be one asker at the most for whatever room there is, and one place to give away at a time.
    /// </summary>
    public bool IsUnambiguous(Organisation next)
    {
        var after = new Places(() => next, clients);
        var advisors = next.Outlets.SelectMany(outlet => outlet.Advisors.Select(advisor => (Advisor: advisor, outlet.Branch))).ToList();
        var held = clients.Where(client => client.Advisor != "").ToList();
        var losing = held.Where(client => next.Find(client.Outlet) is null || next.FindAdvisor(client.Advisor) is null or { Status: "left" }).ToList();
        var asking = clients
            .Where(client => next.Find(client.Outlet) is { } outlet && client.AssetsFen >= outlet.AdvisorFrom * 100)
            .Where(client => losing.Contains(client) || client.Advisor == "")
            .Where(client => !client.Waiting || next.BranchOf(client.Outlet) != organisation().BranchOf(client.Outlet))
            .ToList();
        var freed = losing.Select(client => next.FindAdvisor(client.Advisor)).Where(advisor => advisor is { Status: "active" }).ToList();
        return advisors.GroupBy(advisor => advisor.Branch).All(branch =>
        {
            var open = branch.Select(each => each.Advisor)
                .Count(advisor => advisor.Status == "active" && (after.Load(advisor) < advisor.Capacity || freed.Contains(advisor)));
            var askers = asking.Count(client => next.BranchOf(client.Outlet) == branch.Key);
            var waiters = clients.Count(client => client.Waiting && next.BranchOf(client.Outlet) == branch.Key);
            return open == 0 || (askers == 0 && (open == 1 || waiters == 0)) || (askers == 1 && waiters == 0 && freed.Count == 0);
        });
    }

    public static void Grant(Client client, Advisor advisor, long now)
    {
        (client.Waiting, client.Placed) = (false, true);
        (client.AskedFromHq, client.FullIn, client.HqFor, client.Sought) = (false, "", "", null);
        client.Advisor = advisor.Id;
        client.Desk = "advisor:" + advisor.Id;
        if (client.GrantCounts)
        {
            client.Moves.Add(now);
        }
    }

    /// <summary>When a move refused today is tried again: the older of the two is then 90 x 24 h old.</summary>
    public static long RetryAt(Client client) => client.Moves.Count < MovesAllowed ? long.MaxValue : client.Moves[^MovesAllowed] + MoveWindow;

    private static bool MayMove(Client client, long now) => client.Moves.Count(move => now - move < MoveWindow) < MovesAllowed;

    private Advisor? LeastLoaded(IEnumerable<Advisor> advisors) => advisors
        .Where(advisor => advisor.Status == "active" && Load(advisor) < advisor.Capacity)
        .OrderBy(Load).ThenBy(advisor => advisor.Id, StringComparer.Ordinal).FirstOrDefault();

    private int Load(Advisor advisor) => clients.Count(client => client.Advisor == advisor.Id);
}
