using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Engagement.Domain.Organisation;

namespace Engagement.Grains.Branches;

/// <summary>
/// Who holds a place with whom, and who waits. Holds no rule: whom to choose is the domain's. A place whose advisor has gone
/// to another branch stays as a trace until the next publish: a release that was on its way is sent after it.
/// </summary>
internal sealed class BranchPlaces
{
    private delegate string? Choice(OrganisationTree tree, string outlet, Func<string, int> load);

    private readonly string branch;
    private readonly Dictionary<string, Place> places;
    private readonly Dictionary<string, int> loads = [];
    private readonly HashSet<string> changed = [];
    private readonly HashSet<string> removed = [];

    private HashSet<string> closed = [];

    public BranchPlaces(string branch, IReadOnlyList<Place> stored)
    {
        this.branch = branch;
        places = stored.ToDictionary(p => p.Client);
        foreach (var advisor in stored.Where(p => p.Advisor is not null).Select(p => p.Advisor!))
        {
            loads[advisor] = loads.GetValueOrDefault(advisor) + 1;
        }
    }

    public void On(PlaceMessage message, OrganisationTree tree)
    {
        switch (message)
        {
            case PlaceAsked asked:
                Ask(asked, tree);
                break;
            case PlaceReleased released:
                Release(released.Client, tree);
                break;
            default:
                throw new InvalidOperationException($"A branch takes no {message.GetType().Name}.");
        }
    }

    public void Release(string client, OrganisationTree tree)
    {
        Remove(client);
        Fill(tree);
    }

    /// <summary>The place of a client with an advisor who is in another branch now, and which; null: nothing of the kind.</summary>
    public (Place Place, string Branch)? TraceOf(string client, OrganisationTree tree) =>
        places.TryGetValue(client, out var place) && BranchOf(place, tree) is { } elsewhere && elsewhere != branch ? (place, elsewhere) : null;

    public Place? Of(string client) => places.GetValueOrDefault(client);

    /// <summary>Who goes to another branch with the next version; nobody gets a place with their advisors any more.</summary>
    public IReadOnlyList<Place> Leaving(OrganisationTree tree, OrganisationTree next)
    {
        closed = [.. tree.Advisors.Values.Where(a => a.Branch == branch && next.Advisors.TryGetValue(a.Id, out var then) && then.Branch != branch).Select(a => a.Id)];
        return [.. places.Values.Where(p => p.Advisor is { } advisor && closed.Contains(advisor))];
    }

    /// <summary>Traces of earlier versions give way to what comes with the next one.</summary>
    public void Take(IReadOnlyList<Place> coming, OrganisationTree tree)
    {
        foreach (var trace in places.Values.Where(p => BranchOf(p, tree) is { } elsewhere && elsewhere != branch).ToList())
        {
            Remove(trace.Client);
        }

        foreach (var place in coming.Where(p => !places.TryGetValue(p.Client, out var present) || present.Asked < p.Asked))
        {
            Remove(place.Client);
            Set(place);
            loads[place.Advisor!] = loads.GetValueOrDefault(place.Advisor!) + 1;
        }
    }

    /// <summary>The version is published: whoever is in the branch by it may be chosen.</summary>
    public void Open() => closed = [];

    /// <summary>
    /// Gives free places to those who wait: a place goes to its own outlet first, then to the branch; among those who wait
    /// there, to the largest assets (ties: lowest id).
    /// </summary>
    public void Fill(OrganisationTree tree)
    {
        FillBy(AdvisorChoice.ChooseInOutlet, tree);
        FillBy(AdvisorChoice.Choose, tree);
    }

    public List<Place> Unconfirmed(OrganisationTree tree) =>
        [.. places.Values.Where(p => p is { Advisor: not null, Confirmed: false } && TraceOf(p.Client, tree) is null)];

    /// <summary>
    /// Those who wait and have not been told so. Only where a mandate covers overflow does it make a difference to them, be it one
    /// that begins later.
    /// </summary>
    public List<Place> Untold(OrganisationTree tree) =>
        tree.BranchesById.TryGetValue(branch, out var mine) && mine.Mandates.Any(m => m.Scope == MandateScope.Overflow)
            ? [.. places.Values.Where(p => p is { Advisor: null, Confirmed: false } && tree.Outlets.TryGetValue(p.Outlet, out var o) && o.Branch == branch)]
            : [];

    public void Confirm(Place place)
    {
        if (places.TryGetValue(place.Client, out var now) && now.Asked == place.Asked && now.Advisor == place.Advisor)
        {
            Set(now with { Confirmed = true });
        }
    }

    public (IReadOnlyList<Place> Changed, IReadOnlyList<string> Removed) TakeChanges()
    {
        var taken = ((IReadOnlyList<Place>)[.. changed.Where(places.ContainsKey).Select(c => places[c])], (IReadOnlyList<string>)[.. removed]);
        changed.Clear();
        removed.Clear();
        return taken;
    }

    private void Ask(PlaceAsked asked, OrganisationTree tree)
    {
        var told = places.TryGetValue(asked.Client, out var present) && present.Asked == asked.Asked && present.Confirmed;
        if (present?.Advisor is not null)
        {
            if (present.Asked == asked.Asked)
            {
                return;
            }

            // A new asking gives back what an older one got.
            Remove(asked.Client);
        }

        var place = new Place(asked.Client, asked.Outlet, asked.Asked, asked.AssetsFen, null, told);
        Set(place);
        TryGrant(place, AdvisorChoice.Choose, tree);
    }

    private void FillBy(Choice choose, OrganisationTree tree)
    {
        foreach (var waiting in places.Values.Where(p => p.Advisor is null).OrderByDescending(p => p.AssetsFen).ThenBy(p => p.Client, StringComparer.Ordinal).ToList())
        {
            TryGrant(waiting, choose, tree);
        }
    }

    private void TryGrant(Place waiting, Choice choose, OrganisationTree tree)
    {
        // Whoever's outlet has gone to another branch asks there as soon as he knows.
        if (!tree.Outlets.TryGetValue(waiting.Outlet, out var outlet) || outlet.Branch != branch
            || choose(tree, waiting.Outlet, id => closed.Contains(id) ? int.MaxValue : loads.GetValueOrDefault(id)) is not { } advisor)
        {
            return;
        }

        loads[advisor] = loads.GetValueOrDefault(advisor) + 1;
        Set(waiting with { Advisor = advisor, Confirmed = false });
    }

    private static string? BranchOf(Place place, OrganisationTree tree) =>
        place.Advisor is { } id && tree.Advisors.TryGetValue(id, out var advisor) ? advisor.Branch : null;

    private void Set(Place place)
    {
        places[place.Client] = place;
        changed.Add(place.Client);
        removed.Remove(place.Client);
    }

    private void Remove(string client)
    {
        if (places.Remove(client, out var place))
        {
            if (place.Advisor is { } advisor)
            {
                loads[advisor]--;
            }

            removed.Add(client);
            changed.Remove(client);
        }
    }
}
