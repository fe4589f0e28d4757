using Engagement.Contracts.Branches;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
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

    /// <summary>Is, or was, one of the places given back on its way to another branch with the version that is being published?</summary>
    public bool AnyHandedOver(IEnumerable<PlaceMessage> messages) =>
        handedOver.Count > 0 && messages.OfType<PlaceReleased>().Any(r => IsHandedOver(r.Advisor) || IsHandedOver(GivenBackBy(r)?.Advisor));

    /// <inheritdoc cref="AnyHandedOver(IEnumerable{PlaceMessage})"/>
    public bool AnyHandedOver(IEnumerable<PlaceElsewhere> released) =>
        handedOver.Count > 0 && released.Any(r => IsHandedOver(r.Advisor));

    public IReadOnlyList<Place> Leaving() => [.. places.Values.Where(p => IsHandedOver(p.Advisor))];

    /// <summary>Places given back with advisors who are in another branch now, and in which.</summary>
    public IEnumerable<PlaceElsewhere> Elsewhere(IEnumerable<PlaceMessage> messages, OrganisationTree tree) =>
        messages.OfType<PlaceReleased>().SelectMany(r => Elsewhere(r, tree)).Distinct();

    /// <summary>Has one of those whose places are given back here gone on to another branch?</summary>
    public bool AnyElsewhere(IEnumerable<PlaceElsewhere> released, OrganisationTree tree) => released.Any(r => BranchOf(r.Advisor, tree) is { } b && b != branch);

    /// <summary>Traces of those who come back give way to what they bring.</summary>
    public void Take(IReadOnlyList<Place> coming, OrganisationTree tree)
    {
        foreach (var trace in places.Values.Where(p => IsTrace(p, tree) && (BranchOf(p.Advisor, upcoming!) ?? branch) == branch).ToList())
        {
            Remove(trace.Client);
        }

        foreach (var place in coming.Where(p => !places.TryGetValue(p.Client, out var present) || present.Asked < p.Asked))
        {
            Set(place);
        }
    }

    private Place? GivenBackBy(PlaceReleased released) => Of(released.Client) is { } place && released.GivesBack(place.Asked) ? place : null;

    private Place? Held(PlaceElsewhere released) =>
        Of(released.Client) is { } place && (released.Advisor is null || place.Advisor == released.Advisor) && place.Asked <= released.Asked ? place : null;

    /// <summary>What the client knows is sent after his advisor; what he was granted and had not heard of, after the trace.</summary>
    private IEnumerable<PlaceElsewhere> Elsewhere(PlaceReleased released, OrganisationTree tree)
    {
        if (BranchOf(released.Advisor, tree) is { } now && now != branch)
        {
            yield return new(now, released.Client, released.Asked, released.Advisor);
        }

        if (GivenBackBy(released) is { } place && place.Advisor != released.Advisor && IsTrace(place, tree))
        {
            yield return new(BranchOf(place.Advisor, tree)!, place.Client, place.Asked, place.Advisor);
        }
    }

    private bool IsHandedOver(string? advisor) => advisor is not null && handedOver.Contains(advisor);

    private bool IsTrace(Place place, OrganisationTree tree) => BranchOf(place.Advisor, tree) is { } elsewhere && elsewhere != branch;

    private static string? BranchOf(string? advisorId, OrganisationTree tree) =>
        advisorId is { } id && tree.Advisors.TryGetValue(id, out var advisor) ? advisor.Branch : null;
}
