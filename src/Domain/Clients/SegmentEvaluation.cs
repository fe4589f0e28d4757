using Engagement.Domain.Campaigns;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Clients;

/// <summary>
/// Which segments a client is in, and when that can next change without an event. Kept beside the state while the client
/// is awake; a client that is loaded evaluates everything once, at the instant of his last record.
/// </summary>
internal sealed class SegmentEvaluation
{
    private readonly long[] dueMs;

    public SegmentEvaluation(Catalogue catalogue, List<Membership> memberships)
    {
        Members = new bool[catalogue.Segments.Length];
        dueMs = new long[Members.Length];
        Array.Fill(dueMs, long.MaxValue);
        foreach (var segment in catalogue.Segments)
        {
            foreach (var membership in memberships)
            {
                Members[segment.Index] |= membership.Segment == segment.Id;
            }
        }
    }

    public bool[] Members { get; }

    public long DueMs
    {
        get
        {
            var due = long.MaxValue;
            foreach (var one in dueMs)
            {
                due = Math.Min(due, one);
            }

            return due;
        }
    }

    /// <summary>Re-evaluates what depends on the changed inputs, on the segments that changed, or is due.</summary>
    /// <param name="changes">Gets the indices of those that changed, in order of evaluation.</param>
    /// <returns>How many were evaluated, and how many of them failed, which is "not a member".</returns>
    public (int Evaluated, int Failed) Evaluate(Catalogue catalogue, ClientInput input, ulong changed, List<int> changes)
    {
        var (evaluated, failed) = (0, 0);
        var reads = catalogue.Index.SegmentInputs;
        foreach (var segment in catalogue.Segments)
        {
            var index = segment.Index;
            if ((reads[index] & changed) == 0 && dueMs[index] > input.NowMs && changed != Inputs.All && !AsksForOneOf(segment, changes))
            {
                continue;
            }

            evaluated++;
            var due = long.MaxValue;
            // Member while `when` holds, or, for one who already is, while `stay` holds. A failure is "not a member", and may
            // end when time changes what failed.
            var known = segment.When.TryEvaluate(input, ref due, out var holds);
            if (!holds && Members[index] && !ReferenceEquals(segment.When, segment.Stay))
            {
                known = segment.Stay.TryEvaluate(input, ref due, out holds);
            }

            failed += known ? 0 : 1;
            if (holds != Members[index])
            {
                Members[index] = holds;
                changes.Add(index);
            }

            dueMs[index] = due;
        }

        return (evaluated, failed);
    }

    private static bool AsksForOneOf(Segment segment, List<int> changes)
    {
        foreach (var changed in changes)
        {
            if (segment.When.Reads.Segments.Contains(changed) || segment.Stay.Reads.Segments.Contains(changed))
            {
                return true;
            }
        }

        return false;
    }
}
