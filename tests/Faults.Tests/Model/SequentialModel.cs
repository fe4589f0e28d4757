namespace Engagement.Faults.Tests.Model;

/// <summary>
/// The contract read once more, one event after the other: lists and loops, no code shared with the engine. It says what
/// every client, segment, decision and prompt must be after a stream.
/// </summary>
internal sealed partial class SequentialModel
{
    private const int Remembered = 128;

    private readonly SortedDictionary<string, Client> _clients = new(StringComparer.Ordinal);
    private readonly SortedSet<(long Edge, string Client)> _edges = [];
    private readonly Places _places;
    private readonly Gate _gate;

    public SequentialModel(long now, Organisation organisation, Catalogue catalogue)
    {
        Now = now;
        Organisation = organisation;
        Catalogue = catalogue;
        _places = new(() => Organisation, _clients.Values);
        _gate = new(() => Organisation, () => Catalogue);
        Desks = [.. organisation.Desks];
    }

    public long Now { get; private set; }

    public Organisation Organisation { get; private set; }

    public Catalogue Catalogue { get; private set; }

    /// <summary>Every desk that there has been.</summary>
    public SortedSet<string> Desks { get; }

    public IReadOnlyCollection<Client> Clients => _clients.Values;

    public Client Find(string client) => _clients[client];

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
        Metrics.Count(client, e, Catalogue.Metrics, Now);
        var places = Serve(client, Now, before.Outlet, e);
        return places || (before.Waiting || client.Waiting) && (before.Waiting, before.AssetsFen) != (client.Waiting, client.AssetsFen);
    }

    /// <summary>Takes the clock there; what falls due on the way happens at its own instant.</summary>
    public void AdvanceTo(long now)
    {
        while (_edges.Count > 0 && _edges.Min.Edge is var due && due <= now)
        {
            Now = due;
            foreach (var client in _edges.TakeWhile(edge => edge.Edge == due).Select(edge => _clients[edge.Client]).ToList())
            {
                AtInstant(client, due);
            }
        }

        Now = now;
    }

    private void AtInstant(Client client, long now)
    {
        Gate.Withdraw(client, now);
        if (ShanghaiTime.NextAt(now - 1, 0) == now)
        {
            // At the midnight of a mandate he moves before what waits is asked.
            Serve(client, now, client.Outlet, e: null, AskWaiting);
            return;
        }

        AskWaiting(client, now);
        Serve(client, now, client.Outlet, e: null);
    }

    private void AskWaiting(Client client, long now)
    {
        if (_gate.Quiet(now))
        {
            return;
        }

        foreach (var waiting in client.Decisions.Where(decision => decision.Outcome == "quiet").ToList())
        {
            _gate.AskAgain(waiting, client, now);
        }
    }

    /// <summary>The desk, the segments, the campaigns, and then what the branch answers.</summary>
    private bool Serve(Client client, long now, string outletBefore, SentEvent? e, Action<Client, long>? placed = null)
    {
        var (released, asks) = _places.Settle(client, now, outletBefore);
        var waited = client.Waiting;
        client.Waiting = false;
        placed?.Invoke(client, now);
        Judge(client, now, e, everyDue: e is null);

        if (released is not null)
        {
            GiveAway(Organisation.FindAdvisor(released), now);
        }

        if (asks)
        {
            Ask(client, now);
        }

        return released is not null || asks && !(waited && client.Waiting && client.Outlet == outletBefore);
    }

    private void Ask(Client client, long now)
    {
        if (_places.FindRoom(client) is { } advisor)
        {
            Grant(client, advisor, now);
        }
        else
        {
            client.Waiting = true;
            Tell(client, now);
        }
    }

    private void Tell(Client client, long now)
    {
        if (_places.Tell(client, now))
        {
            Judge(client, now, e: null, everyDue: false);
        }
    }

    /// <summary>The free places of an advisor to those who wait, as many as there are.</summary>
    private void GiveAway(Advisor? advisor, long now)
    {
        while (advisor is not null && _places.NextFor(advisor) is { } client)
        {
            Grant(client, advisor, now);
        }
    }

    private void Grant(Client client, Advisor advisor, long now)
    {
        Places.Grant(client, advisor, now);
        Judge(client, now, e: null, everyDue: false);
    }

    /// <summary>Segments, then the campaigns triggered.</summary>
    private void Judge(Client client, long now, SentEvent? e, bool everyDue)
    {
        FollowDesk(client, now);
        var triggers = Recompute(client, now, e);
        if (everyDue && ShanghaiTime.NextAt(now - 1, Campaigns.EveryAtMinute) == now)
        {
            triggers.Add("every");
        }

        if (e is not null)
        {
            triggers.Add("event:" + e.Type);
        }

        Decide(client, now, e, Catalogue.Campaigns.Where(campaign => triggers.Contains(campaign.Trigger)));
        SetEdge(client, now);
    }

    private static void FollowDesk(Client client, long now)
    {
        foreach (var prompt in client.Prompts.Where(prompt => client.Desk != "none" && prompt.IsLiveAt(now)))
        {
            prompt.MoveTo(client.Desk);
        }

        Gate.Withdraw(client, now);
    }

    /// <summary>By priority, highest first, and then id.</summary>
    private void Decide(Client client, long now, SentEvent? e, IEnumerable<Campaign> triggered)
    {
        var sight = new Sight(client, Organisation, now, e);
        var ranked = triggered
            .OrderByDescending(campaign => Gate.Attempt(() => campaign.Rank(sight), 50))
            .ThenBy(campaign => campaign.Id, StringComparer.Ordinal);
        foreach (var campaign in ranked.ToList())
        {
            _gate.Decide(campaign, campaign.Trigger, client, now, e);
        }
    }

    private List<string> Recompute(Client client, long now, SentEvent? e)
    {
        var triggers = new List<string>();
        foreach (var segment in Catalogue.Segments)
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

    private void SetEdge(Client client, long now)
    {
        _edges.Remove((client.NextEdge, client.Id));
        client.NextEdge = NextEdge(client, now);
        _edges.Add((client.NextEdge, client.Id));
    }

    private long NextEdge(Client client, long now) => Rules.Edges(client, now)
        .Append(ShanghaiTime.NextAt(now, Campaigns.EveryAtMinute))
        .Append(ShanghaiTime.NextAt(now, Catalogue.Policy.QuietToHour * 60))
        .Append(Places.RetryAt(client))
        .Where(edge => edge > now)
        .Min();
}
