using Engagement.Contracts.Clients;
using Engagement.Contracts.Shards;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Orleans.Serialization;

namespace Engagement.Grains.Shards;

/// <summary>
/// A shard's turns. One turn is: what is due up to now, each instant on its own and in order; otherwise what was sent;
/// otherwise a piece of the roll-over. Then one commit of the records and all that follows from them.
/// </summary>
internal sealed partial class ShardTurns
{
    private const int IdleMs = 1_000;
    private const int CheckpointBatch = 200;
    private const string EngineSource = "engagement";

    private readonly IShardStore store;
    private readonly ShardOutbox outbox;
    private readonly Serializer serializer;
    private readonly EngineOptions options;
    private readonly ShardHead taken;
    private readonly ShardCheckpoint checkpoint;
    private readonly TurnResult turn = new();
    private long number;
    private long last;
    private long outboxSeq;
    private long nowMs;

    public ShardTurns(
        ShardHead head, ShardClients clients, ShardCheckpoint checkpoint, IShardStore store, ShardOutbox outbox, Serializer serializer, EngineOptions options)
    {
        (taken, Clients, this.checkpoint, this.store, this.outbox, this.serializer, this.options) = (head, clients, checkpoint, store, outbox, serializer, options);
        (last, outboxSeq, nowMs) = (head.Last, head.OutboxSeq, head.NowMs);
    }

    public ShardClients Clients { get; }

    public ShardClock Clock { get; set; } = null!;

    public long NowMs => Math.Max(nowMs, Clock.NowMs);

    /// <summary>Records in the log.</summary>
    public long Appended => last;

    public ShardDue Due => new(Clients.Due.NextDueMs, Clients.Due.NextAsksMs);

    /// <summary>False until the first turn has found nothing to do: a restart may have work that nobody sent.</summary>
    public bool IsIdle { get; private set; }

    public int IdleMsMax() => Clock.Manual ? IdleMs : (int)Math.Clamp(Clients.Due.NextDueMs - Clock.NowMs, 1, IdleMs);

    /// <returns>True where there is more to do at once.</returns>
    public async Task<bool> Turn(ShardQueue queue)
    {
        IsIdle = false;
        number++;
        if (await LoadForReaders(queue.TakeLoads()))
        {
            return true;
        }

        await TakeCheckpoint();
        if (await Advance(queue) || await CatchUp())
        {
            return true;
        }

        if (await Erase(queue.TakeErases()))
        {
            return true;
        }

        var appends = queue.TakeAppends(options.TurnMax);
        if (appends.Count > 0)
        {
            try
            {
                await Append(appends);
            }
            catch
            {
                appends.ForEach(a => a.Complete(AppendOutcome.Unavailable, 0));
                throw;
            }

            return true;
        }

        if (await RollOver())
        {
            return true;
        }

        var covers = turn.Snapshots.Count > 0;
        if (covers || outbox.Delivered.Count > 0)
        {
            await Commit();
        }

        if (covers)
        {
            return true;
        }

        IsIdle = true;
        return false;
    }

    private async Task<bool> LoadForReaders(List<QueuedLoad> loads)
    {
        if (loads.Count == 0)
        {
            return false;
        }

        // Whoever asks has seen that the grain holds nothing.
        var entries = loads.ConvertAll(l => Clients.Get(l.Client));
        entries.ForEach(e => e.Loaded = false);
        await Clients.Load(entries);
        loads.ForEach(l => l.Complete());
        return true;
    }

    private async Task Append(List<QueuedAppend> appends)
    {
        nowMs = NowMs;
        await Clients.Load(appends.SelectMany(a => a.Events).Select(e => Clients.Get(e.Client))
            .Concat(appends.SelectMany(a => a.Controls).Where(c => c.Client.Length > 0).Select(c => Clients.Get(c.Client))));
        List<(ClientEntry, LogRecord)> own = [];
        foreach (var append in appends)
        {
            foreach (var e in append.Events)
            {
                var entry = Clients.Get(e.Client);
                if (entry.Recent.TryAdd(e.Source, e.Id))
                {
                    own.Add((entry, Record(RecordKind.Event, entry, e.Source, e.Id, e.Type, e.TimeMs, e.Data, e.Personal)));
                }
            }

            foreach (var control in append.Controls)
            {
                if (control.Client.Length > 0)
                {
                    var entry = Clients.Get(control.Client);
                    own.Add((entry, Record(control.Kind, entry, EngineSource, control.Id, TypeOf(control.Kind), nowMs, control.Data, null)));
                }
                else if (!Clients.Controls.Any(c => c.Kind == control.Kind && ControlData.ReadVersion(c.Data) == ControlData.ReadVersion(control.Data)))
                {
                    await Clients.AddControl(Record(control.Kind, null, EngineSource, control.Id, TypeOf(control.Kind), nowMs, control.Data, null));
                }
            }
        }

        await Apply(own);
        await Commit();
        appends.ForEach(a => a.Complete(AppendOutcome.Durable, last));
    }

    /// <summary>Has the clients apply their records, each client on his own, his records in order.</summary>
    private async Task Apply(List<(ClientEntry Entry, LogRecord Record)> records, long upTo = 0)
    {
        var answers = await Task.WhenAll(records.GroupBy(r => r.Entry, r => r.Record).Select(group => Apply(group.Key, [.. group], upTo)));
        foreach (var (entry, answer) in answers)
        {
            Take(entry, answer.Effects);
            if (answer.Snapshot is { } snapshot)
            {
                TakeSnapshot(entry, snapshot);
            }
        }
    }

    private async Task<(ClientEntry Entry, ClientAnswer Answer)> Apply(ClientEntry entry, IReadOnlyList<LogRecord> own, long upTo)
    {
        entry.UsedTurn = number;
        // Documents that were published since come first: whatever is accepted later is judged under them.
        var records = upTo > 0 ? own : [.. Clients.Unmet(entry, own[0].Position), .. own];
        return (entry, await Clients.Apply(entry, records, entry.Uncovered >= options.SnapshotEvery || own[^1].Kind == RecordKind.Erased, turn.Records));
    }

    private void Take(ClientEntry entry, IReadOnlyList<ClientEffects> effects)
    {
        foreach (var one in effects)
        {
            turn.Add(one);
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
            await Clients.Load(entries);
            var seals = await Task.WhenAll(entries.Select(Clients.Seal));
            for (var i = 0; i < entries.Count; i++)
            {
                TakeSnapshot(entries[i], seals[i].State);
            }
        }
    }

    private LogRecord Record(RecordKind kind, ClientEntry? entry, string source, string id, string type, long timeMs, byte[] data, PersonalFields? personal)
    {
        var position = last + turn.Records.Count + 1;
        var record = new LogRecord(position, kind, entry?.Id ?? "", source, id, type, timeMs, nowMs, data, personal) { Previous = entry?.Last ?? 0 };
        turn.Records.Add(record);
        if (entry is not null)
        {
            entry.Last = position;
            checkpoint.OnRecord(entry, position);
        }

        return record;
    }

    private static string TypeOf(RecordKind kind) => kind switch
    {
        RecordKind.Granted => LogRecord.GrantedType,
        RecordKind.Acted => LogRecord.ActedType,
        RecordKind.Catalogue => LogRecord.CatalogueType,
        RecordKind.Organisation => LogRecord.OrganisationType,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a record that is sent."),
    };

    private async Task Commit()
    {
        var messages = turn.Messages.Select((m, i) => new Sequenced<Message>(outboxSeq + i + 1, m)).ToList();
        var delivered = outbox.TakeDelivered();
        var (rolledPosition, rolledTo) = turn.Rolled ?? (Clients.RolledPosition, Clients.RolledTo);
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
        };
        if (!await store.Commit(commit))
        {
            throw new ShardLostException();
        }

        (last, outboxSeq) = (commit.NewLast, commit.OutboxSeq);
        Clients.OnRolled(rolledPosition, rolledTo);
        turn.Clear();
        outbox.Add(messages);
        await Clients.Tidy();
    }
}
