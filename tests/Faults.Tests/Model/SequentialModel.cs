namespace Engagement.Faults.Tests.Model;

/// <summary>
/// The contract read once more, one event after the other: lists and loops, no code shared with the engine. It says what
/// every client, segment, decision and prompt must be after a stream.
/// </summary>
internal sealed class SequentialModel
{
    private const int Remembered = 128;

    private readonly SortedDictionary<string, Client> _clients = new(StringComparer.Ordinal);
    private readonly Places _places;
    private readonly Gate _gate;

    public SequentialModel(long now, Organisation organisation)
    {
        Now = now;
        Organisation = organisation;
        _places = new(() => Organisation, _clients.Values);
        _gate = new(() => Organisation);
    }

    public long Now { get; private set; }

    public Organisation Organisation { get; private set; }

    public IReadOnlyCollection<Client> Clients => _clients.Values;

    /// <returns>Whether places, or who waits for one and with what assets, changed: what comes next must wait until that has settled.</returns>
    public bool Append(SentEvent e)
    {
        if (!_clients.TryGetValue(e.Client, out var client))
        {
            _clients[e.Client] = client = new(e.Client) { Opened = e.Time };
        }

        var key = e.Source + "\n" + e.Id;
        if (client.Accepted.TakeLast(Remembered).Contains(key))
        {
            return false;
        }

        client.Accepted.Add(key);
        var before = (client.Outlet, client.AssetsFen, client.Waiting);
        Fold.Into(client, e);
        Metrics.Count(client, e, Now);
        var places = Serve(client, Now, before.Outlet, e);
        return places || (before.Waiting || client.Waiting) && (before.Waiting, before.AssetsFen) != (client.Waiting, client.AssetsFen);
    }

    /// <summary>Takes the clock there; what falls due on the way happens at its own instant.</summary>
    public void AdvanceTo(long now)
    {
        List<Client> clients = [.. _clients.Values];
        while (clients.Count > 0 && clients.Min(client => client.NextEdge) is var due && due <= now)
        {
            Now = due;
            foreach (var client in clients.Where(client => client.NextEdge == due).ToList())
            {
                AtInstant(client, due);
            }
        }

        Now = now;
    }

    /// <summary>Publishes an organisation that moves nobody; no campaign is triggered.</summary>
    public void Publish(Organisation organisation) => Organisation = organisation;

    private void AtInstant(Client client, long now)
    {
        Gate.Withdraw(client, now);
        if (!Gate.Quiet(now))
        {
            foreach (var waiting in client.Decisions.Where(decision => decision.Outcome == "quiet").ToList())
            {
                _gate.AskAgain(waiting, client, now);
            }
        }

        Serve(client, now, client.Outlet, e: null);
    }

    /// <summary>The desk, the segments, the campaigns, and then what the branch answers.</summary>
    private bool Serve(Client client, long now, string outletBefore, SentEvent? e)
    {
        var (released, asks) = _places.Settle(client, now, outletBefore);
        var waited = client.Waiting;
        client.Waiting = false;
        Judge(client, now, e, everyDue: e is null);

        if (released is not null)
        {
            GiveAway(released, now);
        }

        if (asks)
        {
            if (_places.FindRoom(client) is { } advisor)
            {
                Places.Grant(client, advisor, now);
                Judge(client, now, e: null, everyDue: false);
            }
            else
            {
                client.Waiting = true;
            }
        }

        return released is not null || asks && !(waited && client.Waiting && client.Outlet == outletBefore);
    }

    private void GiveAway(string advisorId, long now)
    {
        var advisor = Organisation.FindAdvisor(advisorId)!;
        if (_places.NextFor(advisor) is { } client)
        {
            Places.Grant(client, advisor, now);
            Judge(client, now, e: null, everyDue: false);
        }
    }

    /// <summary>Segments, then the campaigns triggered, by priority and then id.</summary>
    private void Judge(Client client, long now, SentEvent? e, bool everyDue)
    {
        foreach (var prompt in client.Prompts.Where(prompt => client.Desk != "none" && prompt.StateAt(now) == "open"))
        {
            prompt.Desk = client.Desk;
        }

        Gate.Withdraw(client, now);
        var triggers = Recompute(client, now, e);
        if (everyDue && ShanghaiTime.NextAt(now - 1, Campaigns.EveryAtMinute) == now)
        {
            triggers.Add("every");
        }

        if (e is not null)
        {
            triggers.Add("event:" + e.Type);
        }

        var sight = new Sight(client, Organisation, now, e);
        var triggered = Campaigns.All.Where(campaign => triggers.Contains(campaign.Trigger))
            .OrderByDescending(campaign => Gate.Attempt(() => campaign.Rank(sight), 50))
            .ThenBy(campaign => campaign.Id, StringComparer.Ordinal);
        foreach (var campaign in triggered.ToList())
        {
            _gate.Decide(campaign, campaign.Trigger, client, now, e);
        }

        client.NextEdge = NextEdge(client, now);
    }

    private List<string> Recompute(Client client, long now, SentEvent? e)
    {
        var triggers = new List<string>();
        foreach (var segment in Rules.Segments)
        {
            var sight = new Sight(client, Organisation, now, e);
            var was = client.Segments.ContainsKey(segment.Id);
            var holds = Gate.Attempt(() => segment.Holds(sight), false) || (was && segment.Stays is { } stays && Gate.Attempt(() => stays(sight), false));
            if (holds && !was)
            {
                client.Segments[segment.Id] = now;
                triggers.Add($"segment:{segment.Id}:enter");
            }
            else if (was && !holds)
            {
                client.Segments.Remove(segment.Id);
                triggers.Add($"segment:{segment.Id}:leave");
            }
        }

        return triggers;
    }

    private static long NextEdge(Client client, long now) => Rules.Edges(client, now)
        .Append(ShanghaiTime.NextAt(now, Campaigns.EveryAtMinute))
        .Append(ShanghaiTime.NextAt(now, Campaigns.QuietToHour * 60))
        .Append(Places.RetryAt(client))
        .Where(edge => edge > now)
        .Min();
}
