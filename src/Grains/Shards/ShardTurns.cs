using Engagement.Contracts.Clients;
using Engagement.Contracts.Faults;
using Engagement.Contracts.Shards;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Engagement.Grains.Regions;
using Engagement.Grains.Streams;
using Orleans.Runtime;
using Orleans.Serialization;

namespace Engagement.Grains.Shards;

/// <summary>
/// A shard's turns. One turn is: what is due up to now, each instant on its own and in order; otherwise what was sent;
/// otherwise a piece of the roll-over. Then one commit of the records and all that follows from them.
/// </summary>
internal sealed partial class ShardTurns
{
    private const int IdleMs = 1_000;
    private const int LooksMax = 100;
    private const string EngineSource = "engagement";

    private readonly IShardStore store;
    private readonly ShardOutbox outbox;
    private readonly Serializer serializer;
    private readonly EngineOptions options;
    private readonly IFaultPoints faults;
    private readonly EngagementFeed feed;
    private readonly ShardHead taken;
    private readonly ShardCheckpoint checkpoint;
    private readonly ShardTally tally;
    private readonly TurnResult turn = new();
    private long number;
    private long last;
    private long outboxSeq;
    private long nowMs;

    public ShardTurns(
        ShardHead head, ShardClients clients, ShardCheckpoint checkpoint, ShardTally tally, IShardStore store, ShardOutbox outbox, Serializer serializer, EngineOptions options,
        IFaultPoints faults, EngagementFeed feed)
    {
        (taken, Clients, this.checkpoint, this.tally, this.store, this.outbox, this.serializer, this.options, this.faults, this.feed) =
            (head, clients, checkpoint, tally, store, outbox, serializer, options, faults, feed);
        (last, outboxSeq, nowMs) = (head.Last, head.OutboxSeq, head.NowMs);
    }

    public ShardClients Clients { get; }

    public ShardClock Clock { get; set; } = null!;

    public long NowMs => Math.Max(nowMs, Clock.NowMs);

    /// <summary>Records in the log.</summary>
    public long Appended => last;

    /// <summary>Number of the last message that was handed to the outbox.</summary>
    public long Sent => outboxSeq;

    public long Epoch => taken.Epoch;

    public ShardDue Due => new(Clients.Due.NextDueMs, Clients.Due.NextAsksMs);

    /// <summary>False until the first turn has found nothing to do: a restart may have work that nobody sent.</summary>
    public bool IsIdle { get; private set; }

    public int IdleMsMax() => Clock.Manual ? IdleMs : (int)Math.Clamp(Clients.Due.NextDueMs - Clock.NowMs, 1, IdleMs);

    /// <returns>True where there is more to do at once.</returns>
    public async Task<bool> Turn(ShardQueue queue)
    {
        IsIdle = false;
        number++;
        // Whoever looks holds nobody up: the turn goes on.
        var shown = await Show(queue.TakeLooks(LooksMax));
        await TakeCheckpoint();
        if (await Advance(queue) || await CatchUp())
        {
            return true;
        }

        if (await Erase(queue.TakeErases()))
        {
            return true;
        }

        if (OwesRollOver && !outbox.IsFull && await RollOver(RollOverPieceWhileOthersWait))
        {
            return true;
        }

        var appends = queue.TakeAppends(options.TurnMax, ownOnly: outbox.IsFull);
        if (appends.Count > 0)
        {
            appendsSince++;
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

        if (!outbox.IsFull && await RollOver(RollOverPiece))
        {
            return true;
        }

        var covers = turn.Snapshots.Count > 0;
        if (covers || outbox.Delivered.Count > 0)
        {
            await Commit();
        }

        if (covers || shown)
        {
            return true;
        }

        IsIdle = true;
        return false;
    }

    private async Task<bool> Show(List<QueuedLook> looks)
    {
        if (looks.Count == 0)
        {
            return false;
        }

        try
        {
            await Clients.Bring(looks.Select(l => Clients.Get(l.Client)));
            foreach (var look in looks)
            {
                look.Complete(await Clients.View(Clients.Get(look.Client), NowMs));
            }

            await Clients.Tidy();
        }
        catch
        {
            looks.ForEach(l => l.Fail());
            throw;
        }

        return true;
    }

    private async Task Append(List<QueuedAppend> appends)
    {
        // Not past an instant at which somebody is due: what is due comes first, and finds him as he was.
        nowMs = Math.Max(nowMs, Math.Min(NowMs, Clients.Due.NextDueMs - 1));
        faults.Reach(FaultPoint.ShardTaken);
        await Clients.Wake(Addressed(appends));
        var held = await Held(appends);
        var own = new ClientRecords();
        foreach (var append in appends)
        {
            foreach (var e in append.Events)
            {
                var entry = Clients.Get(e.Client);
                if (entry.Recent.TryAdd(e.Source, e.Id))
                {
                    own.Add(entry, Record(RecordKind.Event, entry, e.Source, e.Id, e.Type, e.TimeMs, e.Data, e.Personal));
                }
            }

            foreach (var control in append.Controls)
            {
                if (control.Client.Length > 0)
                {
                    var entry = Clients.Get(control.Client);
                    if (held.Add((control.Client, control.Id)))
                    {
                        own.Add(entry, Record(control.Kind, entry, EngineSource, control.Id, TypeOf(control.Kind), nowMs, control.Data, null));
                    }
                }
                else if (!Clients.Controls.Any(c => c.Kind == control.Kind && PublishedVersion.Of(c.Data) == PublishedVersion.Of(control.Data)))
                {
                    await Clients.AddControl(Record(control.Kind, null, EngineSource, control.Id, TypeOf(control.Kind), nowMs, control.Data, null));
                }
            }
        }

        await Apply(own);
        faults.Reach(FaultPoint.ShardApplied);
        await Commit();
        appends.ForEach(a => a.Complete(AppendOutcome.Durable, last));
    }

    /// <summary>Records of the engine's own that a crash or a lost answer has had sent again.</summary>
    private async Task<HashSet<(string Client, string Id)>> Held(List<QueuedAppend> appends)
    {
        // What changes nothing may stand there twice.
        var sought = appends.SelectMany(a => a.Controls).Where(c => c.Client.Length > 0 && c.Kind != RecordKind.Met).Select(c => ControlData.Sought(c, Clients.Get(c.Client).Last)).ToList();
        return sought.Count == 0 ? [] : [.. (await store.ReadHeld(taken.Shard, sought)).Select(r => (r.Client, r.Id))];
    }

    /// <summary>Those whom requests concern, who must be loaded before anything is made of it.</summary>
    private List<ClientEntry> Addressed(List<QueuedAppend> appends)
    {
        List<ClientEntry> addressed = [];
        foreach (var append in appends)
        {
            foreach (var e in append.Events)
            {
                addressed.Add(Clients.Get(e.Client));
            }

            foreach (var control in append.Controls)
            {
                if (control.Client.Length > 0)
                {
                    addressed.Add(Clients.Get(control.Client));
                }
            }
        }

        return addressed;
    }

    /// <summary>Has the clients apply their records, each client on his own, his records in order.</summary>
    private async Task Apply(ClientRecords records, bool met = false)
    {
        var answers = new Task<ClientAnswer?>[records.Count];
        for (var i = 0; i < answers.Length; i++)
        {
            var (entry, own) = records[i];
            entry.UsedTurn = number;
            // Documents that were published since come first: whatever is accepted later is judged under them.
            if (!met && Clients.HasUnmet(entry, own[0].Position))
            {
                own.InsertRange(0, await Clients.Unmet(entry, own[0].Position, own[0].Previous));
            }

            // What was computed over the log is not computed again: what it was computed over may be dropped by then.
            var snapshot = entry.Uncovered >= options.SnapshotEvery || own[^1].Kind == RecordKind.Erased || own.Exists(r => r.Backfilled is not null);
            answers[i] = Clients.TryApply(entry, own, snapshot);
        }

        for (var i = 0; i < answers.Length; i++)
        {
            var (entry, own) = records[i];
            ClientAnswer? answer;
            try
            {
                answer = await answers[i];
            }
            catch (OrleansMessageRejectionException)
            {
                // He was in a silo that is going. What he held is made anew beside his shard.
                answer = null;
            }

            answer ??= await Clients.ApplyAgain(entry, own, turn.Records);
            Take(entry, answer.Effects);
            if (answer.Snapshot is { } snapshot)
            {
                TakeSnapshot(entry, snapshot);
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
        RecordKind.Full => LogRecord.FullType,
        RecordKind.Met => LogRecord.MetType,
        RecordKind.Acted => LogRecord.ActedType,
        RecordKind.Catalogue => LogRecord.CatalogueType,
        RecordKind.Organisation => LogRecord.OrganisationType,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a record that is sent."),
    };
}
