using Engagement.Domain.Clients;

namespace Engagement.Contracts.Branches;

/// <summary>The one authority over the places with a branch's advisors. Keyed by the branch's id.</summary>
[Alias("branch")]
public interface IBranchGrain : IGrainWithStringKey
{
    /// <summary>Takes askings and releases. Returns when the grants that follow are in the clients' logs.</summary>
    [Alias("deliver")]
    Task Deliver(int shard, IReadOnlyList<Sequenced<PlaceMessage>> messages);

    /// <summary>The organisation changed: places that became free go to those who wait.</summary>
    [Alias("refresh")]
    Task Refresh(int organisationVersion);
}
