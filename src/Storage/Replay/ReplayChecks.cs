using Engagement.Contracts.Storage;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Replay;

namespace Engagement.Storage.Replay;

/// <summary>
/// What was made anew and is still to be compared with what is stored: decisions and snapshots of many clients, for which the store
/// is then asked at once. What is asked for singly costs a round trip each.
/// </summary>
internal sealed class ReplayChecks(int shard, IReplayView view)
{
    private const int Most = 2_000;

    private readonly List<Made> decisions = [];
    private readonly List<(FollowedClient Client, long Position, byte[] State)> snapshots = [];

    private sealed record Made(FollowedClient Client, Decision Decision, long Position, bool InOrder, bool Final);

    public bool IsFull => decisions.Count + snapshots.Count >= Most;

    public void Add(FollowedClient client, Decision decision, long position)
    {
        var (inOrder, final) = client.Decisions.Take(decision);
        decisions.Add(new(client, decision, position, inOrder, final));
    }

    public void Add(FollowedClient client, long position, byte[] state) => snapshots.Add((client, position, state));

    /// <summary>Compares all that was added.</summary>
    /// <returns>The difference that stands first in the shard's log; null: none.</returns>
    public Difference? Compare()
    {
        List<Difference> found = [];
        CompareDecisions(found);
        CompareSnapshots(found);
        decisions.Clear();
        snapshots.Clear();
        return found.MinBy(d => d.Position);
    }

    private void CompareDecisions(List<Difference> found)
    {
        // Of one who begins at an anchor it is not known where his decisions go on, until the first was found.
        HashSet<DecisionTrail> begun = [];
        var (single, following) = (new List<Made>(), new List<Made>());
        foreach (var made in decisions)
        {
            (!made.InOrder || (made.Client.Decisions.Cursor is null && begun.Add(made.Client.Decisions)) ? single : following).Add(made);
        }

        CompareSingle(single, found);
        CompareFollowing(following, found);
    }

    private void CompareSingle(List<Made> single, List<Difference> found)
    {
        if (single.Count == 0)
        {
            return;
        }

        // One that waited and its final outcome may both be among them.
        var stored = view.ReadDecisions([.. single.Select(m => m.Decision.Id).Distinct()]);
        foreach (var made in single)
        {
            var of = stored.GetValueOrDefault(made.Decision.Id);
            Compare(made, of, found);
            if (made.InOrder)
            {
                made.Client.Decisions.Cursor = of?.Cursor;
            }
        }
    }

    private void CompareFollowing(List<Made> following, List<Difference> found)
    {
        // One whose first was not found differs already.
        var trails = following.GroupBy(m => m.Client).Where(t => t.Key.Decisions.Cursor is not null).Select(t => (Client: t.Key, Made: t.ToList())).ToList();
        if (trails.Count == 0)
        {
            return;
        }

        var stored = view.ReadNextDecisions(trails.ConvertAll(t => (t.Client.Id, t.Client.Decisions.Cursor!.Value, t.Made.Count)));
        foreach (var ((client, made), next) in trails.Zip(stored))
        {
            for (var i = 0; i < made.Count; i++)
            {
                if (Compare(made[i], i < next.Count ? next[i] : null, found))
                {
                    break;
                }

                client.Decisions.Cursor = next[i].Cursor;
            }
        }
    }

    private void CompareSnapshots(List<Difference> found)
    {
        if (snapshots.Count == 0)
        {
            return;
        }

        var stored = view.ReadSnapshots(shard, snapshots.ConvertAll(s => s.Client.Id));
        foreach (var (client, position, state) in snapshots)
        {
            if (client.CompareSnapshot(state, stored.GetValueOrDefault(client.Id) ?? []) is { } difference)
            {
                found.Add(difference with { Position = position });
            }
        }
    }

    private static bool Compare(Made made, StoredDecision? stored, List<Difference> found)
    {
        if (made.Client.Replayed.CompareDecision(made.Decision, stored?.Decision, stored?.Because, made.Final) is { } difference)
        {
            found.Add(difference with { Position = made.Position });
            return true;
        }

        return false;
    }
}
