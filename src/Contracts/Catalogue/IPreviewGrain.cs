using Engagement.Contracts.Storage;
using Engagement.Domain.Campaigns;

namespace Engagement.Contracts.Catalogue;

/// <summary>What a catalogue would change for the clients of one shard. Keyed by the shard's number. Reads what is committed; wakes and changes nobody.</summary>
[Alias("preview")]
public interface IPreviewGrain : IGrainWithIntegerKey
{
    /// <param name="text">A catalogue without errors.</param>
    /// <param name="nowMs">The instant of the publish that is thought of.</param>
    /// <param name="visible">Whose ids may be named; null: nobody's.</param>
    [Alias("preview"), ResponseTimeout("00:10:00")]
    Task<PreviewCounts> Preview(string text, bool json, long nowMs, ClientFilter? visible, CancellationToken cancellation);
}
