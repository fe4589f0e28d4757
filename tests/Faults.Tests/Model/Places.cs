namespace Engagement.Faults.Tests.Model;

/// <summary>Who serves whom (page 3, "Assignment", without mandates). Places are counted from the clients themselves.</summary>
internal sealed class Places(Func<Organisation> organisation, IEnumerable<Client> clients)
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
        var stays = client.Advisor != "" && !gone && outlet is not null && client.AssetsFen * 10 >= advisorFrom * 9;
        if (stays)
        {
            return (null, false);
        }

        var free = client.Outlet != outletBefore || !client.Placed || gone || outlet is null;
        if (client.Advisor != "" && !free && !MayMove(client, now))
        {
            return (null, false);
        }

        var released = client.Advisor == "" ? null : client.Advisor;
        if (released is not null && !free)
        {
            client.Moves.Add(now);
        }

        client.Advisor = "";
        client.Desk = outlet is null ? "none" : "outlet:" + outlet.Id;
        var wants = outlet is not null && client.AssetsFen >= advisorFrom;
        client.Placed |= outlet is not null && !wants;
        if (!client.Waiting || organisation().BranchOf(outletBefore) != organisation().BranchOf(client.Outlet))
        {
            client.GrantCounts = !free;
        }

        return (released, wants && (!client.GrantCounts || MayMove(client, now)));
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
