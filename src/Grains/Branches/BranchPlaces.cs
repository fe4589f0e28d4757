using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Engagement.Domain.Organisation;

namespace Engagement.Grains.Branches;

/// <summary>Who holds a place with whom, and who waits. Holds no rule: whom to choose is the domain's.</summary>
internal sealed class BranchPlaces
{
    private delegate string? Choice(OrganisationTree tree, string outlet, Func<string, int> load);

    private readonly Dictionary<string, Place> places;
    private readonly Dictionary<string, int> loads = [];
    private readonly HashSet<string> changed = [];
    private readonly HashSet<string> removed = [];

    public BranchPlaces(IReadOnlyList<Place> stored)
    {
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
                Remove(released.Client);
                Fill(tree);
                break;
            default:
                throw new InvalidOperationException($"A branch takes no {message.GetType().Name}.");
        }
    }

    /// <summary>
    /// Gives free places to those who wait: a place goes to its own outlet first, then to the branch; among those who wait
    /// there, to the largest assets (ties: lowest id).
    /// </summary>
    public void Fill(OrganisationTree tree)
    {
        FillBy(AdvisorChoice.ChooseInOutlet, tree);
        FillBy(AdvisorChoice.Choose, tree);
    }

    public List<Place> Unconfirmed() => [.. places.Values.Where(p => p is { Advisor: not null, Confirmed: false })];

    public void Confirm(Place place)
    {
        if (places.TryGetValue(place.Client, out var now) && now.Asked == place.Asked)
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
        if (places.TryGetValue(asked.Client, out var present) && present.Advisor is not null)
        {
            if (present.Asked == asked.Asked)
            {
                return;
            }

            // A new asking gives back what an older one got.
            Remove(asked.Client);
        }

        var place = new Place(asked.Client, asked.Outlet, asked.Asked, asked.AssetsFen, null, false);
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
        if (choose(tree, waiting.Outlet, id => loads.GetValueOrDefault(id)) is not { } advisor)
        {
            return;
        }

        loads[advisor] = loads.GetValueOrDefault(advisor) + 1;
        Set(waiting with { Advisor = advisor });
    }

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
