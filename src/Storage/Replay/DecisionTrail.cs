using Engagement.Contracts.Storage;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Clients;
using Engagement.Domain.Replay;

namespace Engagement.Storage.Replay;

/// <summary>
/// Follows a client's stored decisions in the order in which they are made anew, so that none of them need be kept. One that
/// waits for the policy's window is compared to its end when its outcome is final.
/// </summary>
internal sealed class DecisionTrail
{
    private readonly long anchoredMs;
    private HashSet<string>? waiting;
    private long? cursor;

    /// <summary>From a client's beginning.</summary>
    public DecisionTrail() => cursor = 0;

    /// <summary>From an anchor: what was decided before it is not made anew, but for the final outcome of what waited there.</summary>
    public DecisionTrail(ClientState anchor, long atMs)
    {
        anchoredMs = atMs;
        waiting = [.. anchor.Contacts.Waiting.Select(w => w.Decision.Id)];
    }

    public Difference? Follow(ReplayedClient client, IEnumerable<Decision> made, IReplayView view)
    {
        foreach (var decision in made)
        {
            if ((waiting?.Remove(decision.Id) == true
                ? client.CompareDecision(decision, view.ReadDecision(decision.Id)?.Decision, final: true)
                : Next(client, decision, view)) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    /// <summary>Nothing more must be stored, and what waits must be waiting.</summary>
    public Difference? End(ReplayedClient client, IReplayView view)
    {
        var more = cursor is { } after ? view.ReadNextDecision(client.State.Id, after) : view.ReadDecisionSince(client.State.Id, anchoredMs);
        return client.CompareDecision(null, more?.Decision, final: true)
            ?? client.State.Contacts.Waiting
                .Select(w => client.CompareDecision(w.Decision, view.ReadDecision(w.Decision.Id)?.Decision, final: true))
                .FirstOrDefault(d => d is not null);
    }

    private Difference? Next(ReplayedClient client, Decision decision, IReplayView view)
    {
        var stored = cursor is { } after ? view.ReadNextDecision(client.State.Id, after) : view.ReadDecision(decision.Id);
        var final = decision.Outcome != Outcomes.Quiet;
        if (client.CompareDecision(decision, stored?.Decision, final) is { } difference)
        {
            return difference;
        }

        cursor = stored!.Value.Cursor;
        if (!final)
        {
            (waiting ??= []).Add(decision.Id);
        }

        return null;
    }
}
