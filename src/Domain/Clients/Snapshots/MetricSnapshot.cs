using Engagement.Domain.Segments;

namespace Engagement.Domain.Clients;

/// <summary>The part of a snapshot that holds the metrics. One that has counted nothing is left out: it begins anew from nothing.</summary>
internal static class MetricSnapshot
{
    // Numbers of these texts are stored: new ones go to the end, and none ever goes.
    private static readonly string[] BuiltIn = ["trades", "buys", "sells", "commissions", "deposits", "withdrawals", "visits", "contacts", "fees"];
    private static readonly string[] Fingerprints = ["built-in"];

    public static void Write(ref SnapshotWriter writer, List<MetricState> metrics, long atMs)
    {
        var counted = 0;
        foreach (var metric in metrics)
        {
            counted += metric.Count > 0 ? 1 : 0;
        }

        writer.Count(counted);
        foreach (var metric in metrics)
        {
            if (metric.Count > 0)
            {
                writer.Text(metric.Id, BuiltIn);
                writer.Text(metric.Fingerprint, Fingerprints);
                metric.Write(ref writer, atMs);
            }
        }
    }

    public static List<MetricState> Read(ref SnapshotReader reader, long atMs)
    {
        List<MetricState> metrics = [];
        for (var left = reader.Count(); left > 0; left--)
        {
            metrics.Add(MetricState.Read(ref reader, reader.Text(BuiltIn), reader.Text(Fingerprints), atMs));
        }

        return metrics;
    }
}
