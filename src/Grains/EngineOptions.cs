using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Engagement.Grains;

/// <summary>How the engine runs. Bound to <c>Engagement</c>, validated at start.</summary>
public sealed class EngineOptions
{
    /// <summary><c>wall</c> or <c>manual</c>. With <c>manual</c> time stands still except by <c>POST /v1/clock</c>. Default: <c>wall</c>.</summary>
    [RegularExpression("wall|manual")]
    public string Clock { get; set; } = "wall";

    /// <summary>Where the manual clock begins at the first start; RFC 3339. Default: the wall's time then.</summary>
    public string? Now { get; set; }

    /// <summary>Number of shards, fixed when the data is made. More spread load wider, each costs a log of its own. Default: 16.</summary>
    [Range(1, 4_096)]
    public int Shards { get; set; } = 16;

    /// <summary>Events a shard takes into its queue before it answers that it is busy. Default: 40,000.</summary>
    [Range(100, 1_000_000)]
    public int QueueMax { get; set; } = 40_000;

    /// <summary>Records appended and applied in one turn. Larger turns commit less often and answer later. Default: 4,000.</summary>
    [Range(1, 100_000)]
    public int TurnMax { get; set; } = 4_000;

    /// <summary>Records of a client between two snapshots of him. Fewer make loading quicker and writing dearer. Default: 64.</summary>
    [Range(1, 100_000)]
    public int SnapshotEvery { get; set; } = 64;

    public bool Manual => Clock == "manual";
}

[OptionsValidator]
internal sealed partial class EngineOptionsValidator : IValidateOptions<EngineOptions>;
