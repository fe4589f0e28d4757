using Engagement.Contracts.Faults;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;

namespace Engagement.Grains.Shards;

/// <content>What follows from a turn: gathered, with the snapshots that are due, and committed with its records.</content>
internal sealed partial class ShardTurns
{
    private const int CheckpointBatch = 200;

    private void Take(ClientEntry entry, IReadOnlyList<ClientEffects> effects)
    {
        foreach (var one in effects)
        {
            tally.Add(one);
            if (!one.IsEmpty)
            {
                turn.Add(one);
            }
        }

        entry.Position = effects[^1].Position;
        Clients.Due.Set(entry, effects[^1].DueMs, effects[^1].AsksMs);
        if (entry.DueMs < entry.StoredDue.DueMs || entry.AsksMs < entry.StoredDue.AsksMs)
        {
            TakeDue(entry);
        }
    }

    private void TakeSnapshot(ClientEntry entry, byte[] snapshot)
    {
        turn.Snapshots[entry.Id] = new(entry.Id, entry.Position, entry.Last, snapshot, entry.Recent.ToBytes());
        ShardCheckpoint.OnSnapshot(entry);
        if (entry.StoredDue != (entry.DueMs, entry.AsksMs))
        {
            TakeDue(entry);
        }
    }

    private void TakeDue(ClientEntry entry)
    {
        entry.StoredDue = (entry.DueMs, entry.AsksMs);
        turn.Dues[entry.Id] = new(entry.Id, entry.DueMs, entry.AsksMs);
    }

    /// <summary>Takes some of the snapshots that are due. As of what is committed: nothing of this turn is applied yet.</summary>
    private async Task TakeCheckpoint()
    {
        var entries = checkpoint.Take(CheckpointBatch);
        if (entries.Count > 0)
        {
            await Clients.Bring(entries);
            var seals = await Task.WhenAll(entries.Select(Clients.Seal));
            for (var i = 0; i < entries.Count; i++)
            {
                TakeSnapshot(entries[i], seals[i].State);
            }
        }
    }

    private async Task Commit()
    {
        var messages = turn.Messages.Select((m, i) => new Sequenced<Message>(outboxSeq + i + 1, m)).ToList();
        var delivered = outbox.TakeDelivered();
        var (rolledPosition, rolledTo) = turn.Rolled ?? (Clients.RolledPosition, Clients.RolledTo);
        var (map, mapReplaced, mapKeptFrom) = tally.Rows(NowMs);
        var commit = new ShardCommit
        {
            Shard = taken.Shard,
            Epoch = taken.Epoch,
            OldLast = last,
            NewLast = last + turn.Records.Count,
            OutboxSeq = outboxSeq + messages.Count,
            NowMs = nowMs,
            RolledPosition = rolledPosition,
            RolledTo = rolledTo,
            Records = turn.Records,
            Effects = turn.Effects,
            Outbox = messages.ConvertAll(m => new OutboxRow(m.Seq, serializer.SerializeToArray(m.Message))),
            Checkpoint = checkpoint.CoveredUpTo(last + turn.Records.Count),
            Snapshots = [.. turn.Snapshots.Values],
            Dues = [.. turn.Dues.Values],
            Delivered = delivered,
            Map = map,
            MapReplaced = mapReplaced,
            MapKeptFrom = mapKeptFrom,
        };
        if (!await store.Commit(commit))
        {
            throw new ShardLostException();
        }

        faults.Reach(FaultPoint.ShardCommitted);
        (last, outboxSeq) = (commit.NewLast, commit.OutboxSeq);
        Clients.OnRolled(rolledPosition, rolledTo);
        feed.OnCommitted(commit.Effects);
        turn.Clear();
        tally.OnCommitted(NowMs);
        outbox.Add(messages);
        await Clients.Tidy();
    }
}
