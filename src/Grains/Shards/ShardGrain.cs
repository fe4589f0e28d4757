using Engagement.Contracts.Clients;
using Engagement.Contracts.Clock;
using Engagement.Contracts.Faults;
using Engagement.Contracts.Shards;
using Engagement.Contracts.Storage;
using Engagement.Domain;
using Engagement.Domain.Clients;
using Engagement.Grains.Catalogue;
using Engagement.Grains.Placement;
using Engagement.Grains.Regions;
using Engagement.Grains.Streams;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Serialization;

namespace Engagement.Grains.Shards;

/// <summary>
/// One shard. Requests only queue; one loop, the turn, builds records, has clients apply them, and commits records and
/// what follows from them in one transaction. So memory is never ahead of the store for longer than a turn, and a turn that
/// fails is thrown away with everything in memory: the next activation takes a newer epoch and loads what is committed.
/// </summary>
/// <remarks>Reentrant: calls may interleave because only the turn changes state, and there is one turn at a time.</remarks>
[GrainType("shard"), Reentrant, KeyedPlacement]
internal sealed partial class ShardGrain(
    IShardStore store,
    PublishedDocuments documents,
    IOptions<EngineOptions> options,
    TimeProvider time,
    Serializer serializer,
    IFaultPoints faults,
    KeyedHome home,
    EngagementFeed feed,
    ILogger<ShardGrain> logger) : Grain, IShardGrain
{
    /// <summary>The map is never told more often.</summary>
    private static readonly TimeSpan TellEvery = TimeSpan.FromMilliseconds(250);

    private readonly Signal signal = new(time);
    private readonly ShardQueue queue = new(options.Value.QueueMax);
    private readonly WorkRate rate = new();
    private ShardTurns turns = null!;
    private ShardOutbox outbox = null!;
    private ShardReports reports = null!;
    private Task loop = Task.CompletedTask;
    private long done;
    private bool failed;
    private bool stopping;

    private int Shard => (int)this.GetPrimaryKeyLong();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var clock = await GrainFactory.GetGrain<IClockGrain>(0).Read();
        var head = await store.Acquire(Shard);
        outbox = new(Shard, GrainFactory, serializer, faults, time, signal.Release, logger);
        outbox.Recover(await store.ReadOutbox(Shard));
        var checkpoint = new ShardCheckpoint(time, TimeSpan.FromSeconds(options.Value.CheckpointSeconds));
        var clients = new ShardClients(Shard, head.Epoch, store, GrainFactory, documents, options.Value.LimitsOfAShard, time);
        await clients.Recover(head, checkpoint);
        var tally = new ShardTally(head.Epoch, time);
        tally.Recover(await store.ReadMap(Shard, ShardTally.FirstMinuteOf(head.NowMs)), head.NowMs);
        turns = new(head, clients, checkpoint, tally, store, outbox, serializer, options.Value, faults, feed);
        turns.Clock = options.Value.Manual ? new ShardClock(clock.NowMs) : new ShardClock(time);
        LogAcquired(Shard, head.Epoch, head.Last, clients.Count);
        home.OnAwake(GrainContext);
        loop = Run();
        outbox.Start();
        reports = new(Shard, head.Epoch, tally, GrainFactory, time, logger);
        this.RegisterGrainTimer(TellRegions, new GrainTimerCreationOptions(TellEvery, TellEvery) { Interleave = true });
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (turns is null)
        {
            return;
        }

        if (reason.ReasonCode == DeactivationReasonCode.Migrating)
        {
            LogLeaving(Shard);
        }

        stopping = true;
        outbox.Stop();
        signal.Release();
        await loop;
        home.OnAsleep(GrainContext);
        queue.FailAll(failed ? AppendOutcome.Unavailable : AppendOutcome.Moving);
        if (reason.ReasonCode != DeactivationReasonCode.ShuttingDown)
        {
            turns.Clients.LeaveAll();
        }
    }

    public Task<AppendAnswer> Append(IReadOnlyList<IncomingEvent> events)
    {
        if (AppendDeadline.Over(time.GetUtcNow()) is not { } late)
        {
            return Enqueue(new QueuedAppend(events, []));
        }

        LogLate(Shard, events.Count, late);
        return Task.FromResult<AppendAnswer>(new(AppendOutcome.Unavailable, 0));
    }

    public Task<AppendAnswer> AppendControl(IReadOnlyList<ControlRecord> records) => Enqueue(new QueuedAppend([], records));

    public async Task<EraseOutcome> Erase(string client)
    {
        if (failed || stopping)
        {
            return EraseOutcome.Unavailable;
        }

        if (!turns.Clients.IsKnown(client))
        {
            return EraseOutcome.Unknown;
        }

        var erase = new QueuedErase(client);
        if (!queue.TryAdd(erase))
        {
            return EraseOutcome.Busy;
        }

        signal.Release();
        return await erase.Task;
    }

    public async Task<ClientView?> View(string client)
    {
        if (!turns.Clients.IsKnown(client))
        {
            return null;
        }

        if (turns.Clients.Get(client).Awake && await GrainFactory.GetGrain<IClientGrain>(client).View(turns.NowMs) is { } view)
        {
            return view;
        }

        if (failed || stopping)
        {
            throw new StoreUnavailableException("The shard is being loaded anew.");
        }

        // One who rests is looked at inside a turn, where no record can slip between. A look does not wake him.
        var look = queue.Look(client);
        signal.Release();
        return await look.Task;
    }

    public Task<ShardProgress> Progress() => Task.FromResult(new ShardProgress(
        turns.Appended + queue.Records,
        turns.Appended,
        !failed && queue.IsEmpty && turns.IsIdle && outbox.IsEmpty,
        turns.Due,
        turns.Clients.Count,
        turns.Clients.Count - turns.RollOverLeft)
    {
        RollsCatalogue = turns.Rolls(RecordKind.Catalogue),
        RollsOrganisation = turns.Rolls(RecordKind.Organisation),
        Flow = new(turns.Epoch, queue.Added, done, turns.Sent, outbox.FirstLeft),
    });

    public Task<ShardDue> Advance(long nowMs)
    {
        var advance = new QueuedAdvance(nowMs);
        queue.Add(advance);
        signal.Release();
        return advance.Task;
    }

    /// <summary>It is awake by then.</summary>
    public Task Touch() => Task.CompletedTask;

    private Task TellRegions(CancellationToken cancellation)
    {
        if (!failed && !stopping)
        {
            reports.Tell(turns.Clients.Organisation, turns.NowMs);
        }

        return Task.CompletedTask;
    }

    private async Task<AppendAnswer> Enqueue(QueuedAppend append)
    {
        if (failed || stopping)
        {
            return new(failed ? AppendOutcome.Unavailable : AppendOutcome.Moving, 0);
        }

        if (!queue.TryAdd(append))
        {
            return new(AppendOutcome.Busy, 0, rate.SecondsFor(queue.Records));
        }

        signal.Release();
        return await append.Task;
    }

    /// <summary>One turn, timed where somebody waits for it, whatever it does.</summary>
    private async Task<bool> Turn()
    {
        var (waiting, appended, began) = (queue.Records, turns.Appended, time.GetTimestamp());
        var more = await turns.Turn(queue);
        done = queue.Taken;
        if (waiting > 0)
        {
            rate.Worked(turns.Appended - appended, time.GetElapsedTime(began));
        }

        return more;
    }

    private async Task Run()
    {
        try
        {
            while (!stopping)
            {
                // Goes on while there is work, without waiting for a signal.
                while (!stopping && await Turn())
                {
                }

                await signal.Wait(TimeSpan.FromMilliseconds(turns.IdleMsMax()));
            }
        }
        catch (Exception e)
        {
            // Lost to a newer epoch, a database that does not answer, or a bug: in each case what is in memory may be
            // ahead of the store. It is thrown away with the activation.
            failed = true;
            LogFailed(e, Shard, e is ShardLostException ? "lost to a newer epoch" : "failed");
            queue.FailAll(AppendOutcome.Unavailable);
            DeactivateOnIdle();
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Shard {Shard} acquired under epoch {Epoch} at position {Position} with {Clients} clients")]
    private partial void LogAcquired(int shard, long epoch, long position, int clients);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Shard {Shard} does not take {Events} events that came {Late} after nobody waited for them any more: this silo or the network stood still, or the clocks of the hosts differ")]
    private partial void LogLate(int shard, int events, TimeSpan late);

    [LoggerMessage(Level = LogLevel.Information, Message = "Shard {Shard} goes to the silo that it belongs to now")]
    private partial void LogLeaving(int shard);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Shard {Shard} {Reason} and is loaded anew")]
    private partial void LogFailed(Exception exception, int shard, string reason);
}

/// <summary>The shard belongs to somebody else by now.</summary>
internal sealed class ShardLostException() : Exception("The shard's epoch is no longer ours.");
