using Engagement.Contracts.Regions;
using Engagement.Domain.Map;

namespace Engagement.Grains.Regions;

/// <summary>What a region last heard of one source.</summary>
internal sealed class HeardSource
{
    private readonly Dictionary<Leaf, LeafTotal> leaves = [];
    private (long Epoch, long Seq) newest;
    private long heardAt;
    private long ageMs;

    /// <summary>Was all of it told since the source is known here?</summary>
    public bool IsKnown { get; private set; }

    public long AtMs { get; private set; }

    public int Sources { get; private set; }

    public int Late { get; private set; }

    /// <summary>Whose counts it told.</summary>
    public int Day { get; private set; }

    public long AgeMs(TimeProvider time) => ageMs + (long)time.GetElapsedTime(heardAt).TotalMilliseconds;

    public IEnumerable<LeafTotal> Leaves => leaves.Values;

    /// <param name="changes">Is told of each leaf that changes, as it was and as it is; null: it was not there, or is no more.</param>
    /// <returns>False where everything must be told.</returns>
    public bool Take(RegionReport report, long now, Action<LeafTotal?, LeafTotal?> changes)
    {
        if ((report.Epoch, report.Seq).CompareTo(newest) <= 0)
        {
            // Overtaken on its way by a newer one.
            return IsKnown;
        }

        if (!report.All && (!IsKnown || report.Epoch != newest.Epoch || report.After != newest.Seq))
        {
            return false;
        }

        if (report.All)
        {
            foreach (var gone in leaves.Values)
            {
                changes(gone, null);
            }

            leaves.Clear();
        }

        foreach (var told in report.Leaves)
        {
            var before = leaves.GetValueOrDefault(told.Leaf);
            var after = told.Moves is null && before is not null ? told with { Moves = before.Moves } : told;
            leaves[told.Leaf] = after;
            changes(before, after);
        }

        (newest, heardAt, IsKnown) = ((report.Epoch, report.Seq), now, true);
        (AtMs, Day, ageMs, Sources, Late) = (report.AtMs, report.Day, report.AgeMs, report.Sources, report.Late);
        return true;
    }
}
