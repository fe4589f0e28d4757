using Engagement.Contracts.Branches;
using Engagement.Contracts.Storage;
using Engagement.Domain.Organisation;

namespace Engagement.Grains.Branches;

/// <content>
/// Advisors who go to another branch take their clients' places along. Such a place stays here as a trace until its client gives it back
/// or asks anew, or its advisor comes back or is gone: a release that was on its way is sent after it, however late it comes.
/// </content>
internal sealed partial class BranchPlaces
{
    private HashSet<string> handedOver = [];
    private OrganisationTree? upcoming;

    /// <summary>Whom a version that is on its way takes to another branch: nobody gets a place with them here any more.</summary>
    /// <param name="next">The version in force where none is on its way.</param>
    public void HandOver(OrganisationTree tree, OrganisationTree next)
    {
        upcoming = next;
        if (tree != next)
        {
            handedOver = [.. tree.Advisors.Values.Where(a => a.Branch == branch && next.Advisors.TryGetValue(a.Id, out var then) && then.Branch != branch).Select(a => a.Id)];
        }
        else if (handedOver.Count > 0)
        {
            handedOver = [];
        }
    }

    public bool IsHandedOver(string client) => handedOver.Count > 0 && places.TryGetValue(client, out var place) && IsHandedOver(place);

    public IReadOnlyList<Place> Leaving() => [.. places.Values.Where(IsHandedOver)];

    /// <summary>Places of some clients with advisors who are in another branch now, and in which.</summary>
    public IEnumerable<PlaceElsewhere> Elsewhere(IEnumerable<string> clients, OrganisationTree tree) => clients.Distinct()
        .Where(c => places.TryGetValue(c, out var place) && IsTrace(place, tree))
        .Select(c => new PlaceElsewhere(BranchOf(places[c], tree)!, c, places[c].Asked));

    /// <summary>Traces of those who come back give way to what they bring.</summary>
    public void Take(IReadOnlyList<Place> coming, OrganisationTree tree)
    {
        foreach (var trace in places.Values.Where(p => IsTrace(p, tree) && (BranchOf(p, upcoming!) ?? branch) == branch).ToList())
        {
            Remove(trace.Client);
        }

        foreach (var place in coming.Where(p => !places.TryGetValue(p.Client, out var present) || present.Asked < p.Asked))
        {
            Set(place);
        }
    }

    private bool IsHandedOver(Place place) => place.Advisor is { } advisor && handedOver.Contains(advisor);

    private bool IsTrace(Place place, OrganisationTree tree) => BranchOf(place, tree) is { } elsewhere && elsewhere != branch;

    private static string? BranchOf(Place place, OrganisationTree tree) =>
        place.Advisor is { } id && tree.Advisors.TryGetValue(id, out var advisor) ? advisor.Branch : null;
}
