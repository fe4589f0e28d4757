using Engagement.Contracts.Storage;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Organisation;

namespace Engagement.Contracts.Catalogue;

/// <summary>What a document would change for the clients of one shard. Keyed by the shard's number. Reads what is committed; wakes and changes nobody.</summary>
[Alias("preview")]
public interface IPreviewGrain : IGrainWithIntegerKey
{
    /// <param name="text">A catalogue without errors.</param>
    /// <param name="nowMs">The instant of the publish that is thought of.</param>
    /// <param name="visible">Whose ids may be named; null: nobody's.</param>
    [Alias("preview"), ResponseTimeout("00:10:00")]
    Task<PreviewCounts> Preview(string text, bool json, long nowMs, ClientFilter? visible, CancellationToken cancellation);

    /// <param name="text">An organisation without errors.</param>
    /// <param name="nowMs">The instant of the publish that is thought of.</param>
    [Alias("preview-organisation"), ResponseTimeout("00:10:00")]
    Task<OrganisationPreview> PreviewOrganisation(string text, bool json, long nowMs, CancellationToken cancellation);
}
