using Engagement.Domain.Language;

namespace Engagement.Domain.Clients;

/// <summary>
/// A set of inputs of expressions as bits: what a record changed, or what a segment reads. Metrics share the upper bits
/// round robin, so that a hit may be one too many and never one too few.
/// </summary>
internal static class Inputs
{
    public const ulong None = 0;
    public const ulong All = ulong.MaxValue;

    private const int MetricBits = 44;

    private static readonly string[] Fields =
    [
        "id", "outlet", "branch", "advisor", "channel", "tier", "assets", "age", "risk", "riskValid",
        "opened", "tags", "consents", "contracts", "status", "holdings",
    ];

    public static ulong Field(string name) => 1UL << Array.IndexOf(Fields, name);

    public static ulong Metric(int index) => 1UL << (Fields.Length + (index % MetricBits));

    public static ulong Of(ExpressionReads reads)
    {
        var bits = None;
        foreach (var field in reads.Fields)
        {
            bits |= Field(field);
        }

        foreach (var metric in reads.Metrics)
        {
            bits |= Metric(metric);
        }

        return bits;
    }
}
