using Engagement.Domain.Campaigns;

namespace Engagement.Domain.Clients;

/// <summary>
/// Which segments a client is in, and when that can next change without an event. Kept beside the state while the client
/// is awake; a client that is loaded evaluates everything once, at the instant of his last record.
/// </summary>
internal sealed class SegmentEvaluation
{
    private readonly ulong[] reads;
    private readonly long[] dueMs;

    public SegmentEvaluation(Catalogue catalogue, IEnumerable<Membership> memberships)
    {
        Members = new bool[catalogue.Segments.Length];
        dueMs = new long[Members.Length];
        reads = [.. catalogue.Segments.Select(s => Inputs.Of(s.When.Reads) | Inputs.Of(s.Stay.Reads))];
        Array.Fill(dueMs, long.MaxValue);
        var byId = memberships.Select(m => m.Segment).ToHashSet();
        foreach (var segment in catalogue.Segments)
        {
            Members[segment.Index] = byId.Contains(segment.Id);
        }
    }

    public bool[] Members { get; }

    public long DueMs => dueMs.Length == 0 ? long.MaxValue : dueMs.Min();

    /// <summary>Re-evaluates what depends on the changed inputs, on the segments that changed, or is due.</summary>
    /// <returns>The indices that changed, in order of evaluation, and how many were evaluated.</returns>
    public (List<int> Changed, int Evaluated) Evaluate(Catalogue catalogue, ClientInput input, ulong changed)
    {
        List<int> changes = [];
        var evaluated = 0;
        foreach (var segment in catalogue.Segments)
        {
            var index = segment.Index;
            if ((reads[index] & changed) == 0 && dueMs[index] > input.NowMs && changed != Inputs.All
                && !changes.Exists(c => segment.When.Reads.Segments.Contains(c) || segment.Stay.Reads.Segments.Contains(c)))
            {
                continue;
            }

            evaluated++;
            var due = long.MaxValue;
            // Member while `when` holds, or, for one who already is, while `stay` holds. A failure is "not a member", and may
            // end when time changes what failed.
            _ = segment.When.TryEvaluate(input, ref due, out var holds);
            if (!holds && Members[index] && !ReferenceEquals(segment.When, segment.Stay))
            {
                _ = segment.Stay.TryEvaluate(input, ref due, out holds);
            }

            if (holds != Members[index])
            {
                Members[index] = holds;
                changes.Add(index);
            }

            dueMs[index] = due;
        }

        return (changes, evaluated);
    }
}
