using System.Collections.Immutable;

namespace Engagement.Domain.Experiments;

public enum ExperimentUnit : byte { Client, Outlet }

public enum MeasureKind : byte { Proportion, Mean }

/// <param name="Share">Of the units, 0 to 1; the shares of an experiment sum to 1 exactly.</param>
public readonly record struct Arm(string Id, decimal Share);

/// <summary>What an experiment measures per unit.</summary>
/// <param name="Value">The field of <c>event.data</c> that is summed; null for a proportion.</param>
/// <param name="WithinMs">From the exposure on.</param>
public sealed record ExperimentMetric(string Id, string On, string? Value, MeasureKind Kind, long WithinMs);

/// <param name="PlannedUnits">The planned size that the always-valid interval is tuned to.</param>
public sealed record Experiment(
    string Id,
    ExperimentUnit Unit,
    ImmutableArray<Arm> Arms,
    string Seed,
    int PlannedUnits,
    ImmutableArray<ExperimentMetric> Metrics)
{
    public const string ControlArm = "control";

    /// <summary>The arm of a unit, a pure function of seed and id: arms are consecutive ranges of the hash, in their order.</summary>
    public string ArmOf(string unit)
    {
        var bucket = GrowthBookHash.TenThousandth(Seed, unit);
        var end = 0m;
        foreach (var arm in Arms)
        {
            end += arm.Share;
            if (bucket < end * GrowthBookHash.Buckets)
            {
                return arm.Id;
            }
        }

        return Arms[^1].Id;
    }
}

/// <summary>The global group that no campaign ever touches.</summary>
/// <param name="Percent">0 to 100.</param>
public sealed record Holdout(decimal Percent, string Seed)
{
    public bool Includes(string clientId) => GrowthBookHash.TenThousandth(Seed, clientId) < Percent / 100 * GrowthBookHash.Buckets;
}
