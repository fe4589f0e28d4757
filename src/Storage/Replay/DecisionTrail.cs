using Engagement.Contracts.Storage;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Clients;
using Engagement.Domain.Replay;

namespace Engagement.Storage.Replay;

/// <summary>
/// How far a client's stored decisions were followed. They are compared in the order in which they are made anew, so that none of
/// them need be kept; one that waits for the policy's window is compared to its end when its outcome is final.
/// </summary>
internal sealed class DecisionTrail
{
    private HashSet<string>? waiting;

    /// <summary>From a client's beginning.</summary>
    public DecisionTrail() => Cursor = 0;

    /// <summary>From an anchor: what was decided before it is not made anew, but for the final outcome of what waited there.</summary>
    public DecisionTrail(ClientState anchor, long atMs)
    {
        AnchoredMs = atMs;
        waiting = [.. anchor.Contacts.Waiting.Select(w => w.Decision.Id)];
    }

    /// <summary>What was decided up to here is not made anew, where <see cref="Cursor"/> is not known.</summary>
    public long AnchoredMs { get; }

    /// <summary>The last one that was compared in order; null: none yet, after an anchor.</summary>
    public long? Cursor { get; set; }

    /// <summary>Takes note of one that was made.</summary>
    /// <returns>Whether it is the next in order, and not the final outcome of one that waited; and whether it is compared to its end.</returns>
    public (bool InOrder, bool Final) Take(Decision made)
    {
        if (waiting?.Remove(made.Id) == true)
        {
            return (false, true);
        }

        var final = made.Outcome != Outcomes.Quiet;
        if (!final)
        {
            (waiting ??= []).Add(made.Id);
        }

        return (true, final);
    }

    /// <summary>Nothing more must be stored, and what waits must be waiting.</summary>
    /// <param name="more">What is stored after all that was compared, or null.</param>
    /// <param name="stored">By their ids, those that wait.</param>
    public static Difference? End(ReplayedClient client, StoredDecision? more, IReadOnlyDictionary<string, StoredDecision> stored) =>
        client.CompareDecision(null, more?.Decision, null, final: true)
        ?? client.State.Contacts.Waiting
            .Select(w => (w.Decision, Stored: stored.GetValueOrDefault(w.Decision.Id)))
            .Select(w => client.CompareDecision(w.Decision, w.Stored?.Decision, w.Stored?.Because, final: true))
            .FirstOrDefault(d => d is not null);
}
