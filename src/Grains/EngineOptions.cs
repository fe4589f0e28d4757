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
    [RegularExpression(@"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})")]
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

    /// <summary>Own records of a client after which a snapshot of him is taken at once. Fewer make loading quicker and writing dearer. Default: 256.</summary>
    [Range(1, 100_000)]
    public int SnapshotEvery { get; set; } = 256;

    /// <summary>
    /// Seconds after which a client's oldest record is covered by a snapshot, the oldest first and at most some of them with each
    /// commit. Fewer make a recovery read less of the log, and writing dearer. Default: 30.
    /// </summary>
    [Range(1, 3_600)]
    public int CheckpointSeconds { get; set; } = 30;

    /// <summary>
    /// Clients of a silo who are awake, each in an activation of some 12 KB. The others in memory rest packed, and an event of
    /// theirs wakes them first. Default: 100,000.
    /// </summary>
    [Range(1, 100_000_000)]
    public int AwakeMax { get; set; } = 100_000;

    /// <summary>Clients of a silo in memory, awake or packed in some 2 KB; the others are read again for a record of theirs. Default: 1,000,000.</summary>
    [Range(1, 100_000_000)]
    public int ResidentMax { get; set; } = 1_000_000;

    // As if one silo held all shards: with more silos each holds less than it may, not more.
    internal Shards.ResidentLimits LimitsOfAShard => new(Math.Max(1, AwakeMax / Shards), Math.Max(1, ResidentMax / Shards));

    public bool Manual => Clock == "manual";
}

[OptionsValidator]
internal sealed partial class EngineOptionsValidator : IValidateOptions<EngineOptions>;
