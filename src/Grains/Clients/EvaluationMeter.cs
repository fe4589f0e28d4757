using System.Diagnostics.Metrics;
using Engagement.Domain.Clients;

namespace Engagement.Grains.Clients;

/// <summary>Counts what clients evaluate, for whoever listens to the meter <c>Engagement</c>.</summary>
internal static class EvaluationMeter
{
    private static readonly Meter Engagement = new("Engagement");

    private static readonly Counter<long> Evaluated = Engagement.CreateCounter<long>("engagement.segments.evaluated", description: "Segments evaluated");

    private static readonly Counter<long> Failed = Engagement.CreateCounter<long>("engagement.segments.failed", description: "Segments whose evaluation failed, which is \"not a member\"");

    public static ClientEffects Counted(ClientEffects effects)
    {
        Evaluated.Add(effects.Evaluated);
        Failed.Add(effects.Failed);
        return effects;
    }
}
