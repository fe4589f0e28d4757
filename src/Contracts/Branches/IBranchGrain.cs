using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;

namespace Engagement.Contracts.Branches;

/// <summary>The one authority over the places with a branch's advisors. Keyed by the branch's id.</summary>
[Alias("branch")]
public interface IBranchGrain : IGrainWithStringKey
{
    /// <summary>Takes askings and releases. Returns when the grants that follow are in the clients' logs.</summary>
    [Alias("deliver")]
    Task Deliver(int shard, IReadOnlyList<Sequenced<PlaceMessage>> messages);

    /// <summary>
    /// The places whose advisors go to other branches with a version that is about to be published. From here on none is
    /// given with them until it is. Those places stay known here, so that a release on its way still finds them.
    /// </summary>
    [Alias("leaving")]
    Task<IReadOnlyList<Place>> Leaving(int organisationVersion);

    /// <summary>Takes over places whose advisors come from other branches with a version that is about to be published. Repeatable.</summary>
    [Alias("take")]
    Task Take(int organisationVersion, IReadOnlyList<Place> coming);

    /// <summary>A release that went to the branch where the advisor was before.</summary>
    [Alias("release")]
    Task Release(string client, long asked);

    /// <summary>The organisation changed: places that became free go to those who wait.</summary>
    [Alias("refresh")]
    Task Refresh(int organisationVersion);
}
