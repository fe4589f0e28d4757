using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Engagement.Gateway.Ingest;

/// <summary>What this gateway holds at once of events on their way in. Bound to <c>Engagement</c>, validated at start.</summary>
public sealed class IngestOptions
{
    /// <summary>
    /// Events sent to the shards and not answered. The shards' own setting: while one gateway holds no more than one shard takes,
    /// no shard refuses a part of a request. Default: 40,000.
    /// </summary>
    [Range(100, 1_000_000)]
    public int QueueMax { get; set; } = 40_000;

    /// <summary>Bytes of requests that were read, after inflation, and not answered: memory against <c>429</c>. Default: 64 MiB.</summary>
    [Range(EventBody.BytesMax, 16L * 1024 * 1024 * 1024)]
    public long IngestBytesMax { get; set; } = 64L * 1024 * 1024;
}

[OptionsValidator]
internal sealed partial class IngestOptionsValidator : IValidateOptions<IngestOptions>;
