using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;

namespace Engagement.Contracts.Branches;

/// <summary>The one authority over the places with a branch's advisors. Keyed by the branch's id.</summary>
[Alias("branch")]
public interface IBranchGrain : IGrainWithStringKey
{
    /// <summary>
    /// Takes askings and releases. Returns when the grants that follow are in the clients' logs; or, with nothing taken, the places among
    /// those that are released which another branch holds by now: whoever delivers releases them there first, and says so. A branch calls
    /// no other, for two that call each other wait for each other.
    /// </summary>
    /// <param name="released">What was released elsewhere since the first try.</param>
    [Alias("deliver")]
    Task<IReadOnlyList<PlaceElsewhere>> Deliver(int shard, IReadOnlyList<Sequenced<PlaceMessage>> messages, IReadOnlyList<PlaceElsewhere> released);

    /// <summary>
    /// The places whose advisors go to other branches with a version that is about to be published. While it is, none is given with them,
    /// and none is taken back: a release waits. Those places stay known here, so that a release on its way still finds them.
    /// </summary>
    [Alias("leaving")]
    Task<IReadOnlyList<Place>> Leaving();

    /// <summary>Takes over places whose advisors come from other branches with a version that is about to be published. Repeatable.</summary>
    [Alias("take")]
    Task Take(IReadOnlyList<Place> coming);

    /// <summary>Releases that went to the branch where the advisors were before.</summary>
    [Alias("release")]
    Task Release(IReadOnlyList<PlaceElsewhere> released);

    /// <summary>The organisation changed: places that became free go to those who wait.</summary>
    [Alias("refresh")]
    Task Refresh(int organisationVersion);
}

/// <summary>A place that is held in another branch than the one that was told of its release.</summary>
/// <param name="Branch">Where it is held.</param>
/// <param name="Asked">It was asked for there or before.</param>
/// <param name="Advisor">With whom it is; null: from an engine of before, which did not say.</param>
[GenerateSerializer, Immutable, Alias("place-elsewhere")]
public sealed record PlaceElsewhere(
    [property: Id(0)] string Branch,
    [property: Id(1)] string Client,
    [property: Id(2)] long Asked,
    [property: Id(3)] string? Advisor);
