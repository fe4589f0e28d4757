using Engagement.Contracts.Branches;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Engagement.Domain.Organisation;

namespace Engagement.Grains.Branches;

/// <summary>Who holds a place with whom, and who waits. Holds no rule: whom to choose is the domain's.</summary>
internal sealed partial class BranchPlaces
{
    private delegate string? Choice(OrganisationTree tree, string outlet, Func<string, int> load);

    private readonly string branch;
    private readonly Dictionary<string, Place> places;
    private readonly Dictionary<string, int> loads = [];
    private readonly WaitingList waiting = new();

    /// <summary>Those whose answer is not known to be in their log: a grant, or that there is no room.</summary>
    private readonly HashSet<string> unconfirmed = [];
    private readonly HashSet<string> untold = [];
    private readonly HashSet<string> changed = [];
    private readonly HashSet<string> removed = [];

    public BranchPlaces(string branch, IReadOnlyList<Place> stored)
    {
        this.branch = branch;
        places = stored.ToDictionary(p => p.Client);
        foreach (var place in stored)
        {
            Index(place);
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
                Free(GivenBackBy(released), tree);
                break;
            default:
                throw new InvalidOperationException($"A branch takes no {message.GetType().Name}.");
        }
    }

    /// <summary>A release that went to the branch where the advisor was before.</summary>
    public void Release(PlaceElsewhere released, OrganisationTree tree) => Free(Held(released), tree);

    public Place? Of(string client) => places.GetValueOrDefault(client);

    /// <summary>
    /// Gives free places to those who wait: a place goes to its own outlet first, then to the branch; among those who wait
    /// there, to the largest assets (ties: lowest id).
    /// </summary>
    public void Fill(OrganisationTree tree)
    {
        // Whoever's outlet has gone to another branch asks there as soon as he knows.
        List<string> mine = [.. waiting.Outlets.Where(o => tree.Outlets.TryGetValue(o, out var outlet) && outlet.Branch == branch)];
        foreach (var outlet in mine)
        {
            while (waiting.First(outlet) is { } next && TryGrant(next, AdvisorChoice.ChooseInOutlet, tree))
            {
            }
        }

        while (waiting.First(mine) is { } next && TryGrant(next, AdvisorChoice.Choose, tree))
        {
        }
    }

    /// <summary>Those whose advisor is gone: they look for another as soon as they know.</summary>
    public IEnumerable<string> WithoutAdvisor(OrganisationTree tree) => places.Values
        .Where(p => p.Advisor is { } id && (!tree.Advisors.TryGetValue(id, out var advisor) || (advisor.Branch == branch && advisor.Status == AdvisorStatus.Left)))
        .Select(p => p.Client);

    public List<Place> Unconfirmed(OrganisationTree tree) => [.. unconfirmed.Select(c => places[c]).Where(p => !IsTrace(p, tree))];

    /// <summary>
    /// Those who wait and have not been told so. Only where a mandate covers overflow does it make a difference to them, be it one
    /// that begins later.
    /// </summary>
    public List<Place> Untold(OrganisationTree tree) =>
        tree.BranchesById.TryGetValue(branch, out var mine) && mine.Mandates.Any(m => m.Scope == MandateScope.Overflow)
            ? [.. untold.Select(c => places[c]).Where(p => tree.Outlets.TryGetValue(p.Outlet, out var o) && o.Branch == branch)]
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

    /// <param name="place">Null: none is given back.</param>
    private void Free(Place? place, OrganisationTree tree)
    {
        if (place is not null)
        {
            Remove(place.Client);
            Fill(tree);
        }
    }

    private void Ask(PlaceAsked asked, OrganisationTree tree)
    {
        var told = places.TryGetValue(asked.Client, out var present) && present.Asked == asked.Asked && present.Confirmed;
        if (present is null ? asked.Asked != asked.Position : present.Asked > asked.Asked)
        {
            // He has been answered and has left since, or has asked anew elsewhere and his advisor brought him here.
            return;
        }

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

    private bool TryGrant(Place asking, Choice choose, OrganisationTree tree)
    {
        if (!tree.Outlets.TryGetValue(asking.Outlet, out var outlet) || outlet.Branch != branch
            || choose(tree, asking.Outlet, id => handedOver.Contains(id) ? int.MaxValue : loads.GetValueOrDefault(id)) is not { } advisor)
        {
            return false;
        }

        Set(asking with { Advisor = advisor, Confirmed = false });
        return true;
    }

    private void Set(Place place)
    {
        if (places.TryGetValue(place.Client, out var before))
        {
            Unindex(before);
        }

        places[place.Client] = place;
        Index(place);
        changed.Add(place.Client);
        removed.Remove(place.Client);
    }

    private void Remove(string client)
    {
        if (places.Remove(client, out var place))
        {
            Unindex(place);
            removed.Add(client);
            changed.Remove(client);
        }
    }

    private void Index(Place place)
    {
        if (place.Advisor is { } advisor)
        {
            loads[advisor] = loads.GetValueOrDefault(advisor) + 1;
        }
        else
        {
            waiting.Add(place);
        }

        if (!place.Confirmed)
        {
            (place.Advisor is null ? untold : unconfirmed).Add(place.Client);
        }
    }

    private void Unindex(Place place)
    {
        if (place.Advisor is { } advisor)
        {
            loads[advisor]--;
        }
        else
        {
            waiting.Remove(place);
        }

        untold.Remove(place.Client);
        unconfirmed.Remove(place.Client);
    }
}
