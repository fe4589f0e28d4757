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
    private const int RollOverBatch = 500;
    private const int IdleMs = 1_000;
    private const string EngineSource = "engagement";

    private readonly IShardStore store;
    private readonly ShardOutbox outbox;
    private readonly Serializer serializer;
    private readonly EngineOptions options;
    private readonly ShardHead taken;
    private readonly TurnResult turn = new();
    private long last;
    private long outboxSeq;
    private long nowMs;
    private List<string>? rolling;
    private int rolled;

    public ShardTurns(ShardHead head, ShardClients clients, IShardStore store, ShardOutbox outbox, Serializer serializer, EngineOptions options)
    {
        (taken, Clients, this.store, this.outbox, this.serializer, this.options) = (head, clients, store, outbox, serializer, options);
        (last, outboxSeq, nowMs) = (head.Last, head.OutboxSeq, head.NowMs);
    }

    public ShardClients Clients { get; }

    public ShardClock Clock { get; set; } = null!;

    public long NowMs => Math.Max(nowMs, Clock.NowMs);

    /// <summary>Records in the log.</summary>
    public long Appended => last;

    public long NextDueMs => Clients.NextDueMs;

    /// <summary>False until the first turn has found nothing to do: a restart may have work that nobody sent.</summary>
    public bool IsIdle { get; private set; }

    public int RollOverLeft => rolling is null ? (NextControl() is null ? 0 : Clients.Count) : rolling.Count - rolled;

    public int IdleMsMax() => Clock.Manual ? IdleMs : (int)Math.Clamp(NextDueMs - Clock.NowMs, 1, IdleMs);

    /// <returns>True where there is more to do at once.</returns>
    public async Task<bool> Turn(ShardQueue queue)
    {
        IsIdle = false;
        if (await LoadForReaders(queue.TakeLoads()) || await Advance(queue))
        {
            return true;
        }

        if (NextDueMs <= NowMs)
        {
            await CarryDue(NowMs);
            await Commit();
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

        if (outbox.Delivered.Count > 0)
        {
            await Commit();
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
        await Clients.Load(entries, []);
        loads.ForEach(l => l.Complete());
        return true;
    }

    private async Task<bool> Advance(ShardQueue queue)
    {
        if (!queue.TryTakeAdvance(out var advance))
        {
            return false;
        }

        try
        {
            Clock.Set(advance.NowMs);
            await CarryDue(advance.NowMs);
            nowMs = Math.Max(nowMs, advance.NowMs);
            var asked = turn.Messages.Exists(m => m is PlaceMessage);
            await Commit();
            advance.Complete(asked);
        }
        catch (Exception e)
        {
            advance.Fail(e);
            throw;
        }

        return true;
    }

    /// <summary>Carries what is due, instant by instant, each judged at its own.</summary>
    private async Task CarryDue(long upTo)
    {
        while (Clients.NextDueMs is var instant && instant <= upTo && turn.Records.Count < options.TurnMax)
        {
            // Time never runs backwards within a shard, also where something was found to be due late.
            nowMs = Math.Max(nowMs, instant);
            var entries = Clients.TakeDue(instant, options.TurnMax);
            await Clients.Load(entries, turn.Records);
            await Apply([.. entries.Select(e => (e, Record(RecordKind.Due, e.Id, EngineSource, LogRecord.DueType, LogRecord.DueType, nowMs, [], null)))]);
        }
    }

    private async Task Append(List<QueuedAppend> appends)
    {
        nowMs = NowMs;
        await Clients.Load(appends.SelectMany(a => a.Events).Select(e => Clients.Get(e.Client))
            .Concat(appends.SelectMany(a => a.Controls).Where(c => c.Client.Length > 0).Select(c => Clients.Get(c.Client))), []);
        List<(ClientEntry, LogRecord)> own = [];
        foreach (var append in appends)
        {
            foreach (var e in append.Events)
            {
                var entry = Clients.Get(e.Client);
                if (entry.Recent.TryAdd(e.Source, e.Id))
                {
                    own.Add((entry, Record(RecordKind.Event, e.Client, e.Source, e.Id, e.Type, e.TimeMs, e.Data, e.Personal)));
                }
            }

            foreach (var control in append.Controls)
            {
                if (control.Client.Length > 0)
                {
                    own.Add((Clients.Get(control.Client), Record(control.Kind, control.Client, EngineSource, control.Id, TypeOf(control.Kind), nowMs, control.Data, null)));
                }
                else if (!Clients.Controls.Any(c => c.Kind == control.Kind && ControlData.ReadVersion(c.Data) == ControlData.ReadVersion(control.Data)))
                {
                    await Clients.AddControl(Record(control.Kind, "", EngineSource, control.Id, TypeOf(control.Kind), nowMs, control.Data, null));
                }
            }
        }

        await Apply(own);
        await Commit();
        appends.ForEach(a => a.Complete(AppendOutcome.Durable, last));
    }

    private async Task<bool> RollOver()
    {
        if (rolling is null)
        {
            if (NextControl() is not { } control)
            {
                return false;
            }

            var resumed = control.Position == Clients.RolledPosition ? Clients.RolledTo : null;
            rolling = [.. Clients.All.Where(e => e.Position < control.Position && string.CompareOrdinal(e.Id, resumed) > 0).Select(e => e.Id).Order(StringComparer.Ordinal)];
            rolled = 0;
        }

        var position = NextControl()!.Position;
        var batch = rolling.Skip(rolled).Take(RollOverBatch).Select(Clients.Get).ToList();
        await Clients.Load(batch, []);
        await Apply([.. batch.SelectMany(e => Clients.Unmet(e, position).Select(c => (e, c)))], upTo: position);
        rolled += batch.Count;
        turn.Rolled = (position, rolled == rolling.Count ? null : batch[^1].Id);
        if (rolled == rolling.Count)
        {
            rolling = null;
        }

        await Commit();
        return true;
    }

    /// <summary>The oldest published record whose roll-over is not complete.</summary>
    private LogRecord? NextControl() =>
        Clients.Controls.FirstOrDefault(c => c.Position > Clients.RolledPosition || (c.Position == Clients.RolledPosition && Clients.RolledTo is not null));

    /// <summary>Has the clients apply their records, each client on his own, his records in order.</summary>
    private async Task Apply(List<(ClientEntry Entry, LogRecord Record)> records, long upTo = 0)
    {
        var answers = await Task.WhenAll(records.GroupBy(r => r.Entry, r => r.Record).Select(group => Apply(group.Key, [.. group], upTo)));
        foreach (var (entry, answer, count) in answers)
        {
            foreach (var effects in answer.Effects)
            {
                turn.Add(effects);
                Clients.SetDue(entry, effects.DueMs);
            }

            entry.Position = answer.Effects[^1].Position;
            entry.SinceSnapshot += count;
            if (answer.Snapshot is { } snapshot)
            {
                turn.Snapshots[entry.Id] = new(entry.Id, entry.Position, snapshot, entry.Recent.ToBytes());
                (entry.SnapshotPosition, entry.SinceSnapshot) = (entry.Position, 0);
            }
        }
    }

    private async Task<(ClientEntry Entry, ClientAnswer Answer, int Count)> Apply(ClientEntry entry, IReadOnlyList<LogRecord> own, long upTo)
    {
        // Documents that were published since come first: whatever is accepted later is judged under them.
        var records = upTo > 0 ? own : [.. Clients.Unmet(entry, own[0].Position), .. own];
        var wantsSnapshot = entry.SnapshotPosition == 0 || own[^1].Kind == RecordKind.Erased || entry.SinceSnapshot + records.Count >= options.SnapshotEvery;
        var answer = await Clients.Apply(entry, records, wantsSnapshot, turn.Records);
        return (entry, answer, records.Count);
    }

    private LogRecord Record(RecordKind kind, string client, string source, string id, string type, long timeMs, byte[] data, PersonalFields? personal)
    {
        var record = new LogRecord(last + turn.Records.Count + 1, kind, client, source, id, type, timeMs, nowMs, data, personal);
        turn.Records.Add(record);
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
            Snapshots = [.. turn.Snapshots.Values],
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
    }
}
