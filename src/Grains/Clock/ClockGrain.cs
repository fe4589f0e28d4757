using System.Globalization;
using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Clock;
using Engagement.Contracts.Desks;
using Engagement.Contracts.Faults;
using Engagement.Contracts.Shards;
using Engagement.Contracts.Storage;
using Engagement.Domain;
using Engagement.Grains.Catalogue;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace Engagement.Grains.Clock;

/// <summary>
/// The engine's clock. With the wall's it only answers. The manual clock lets the shards work off what is due side
/// by side, up to the next instant at which a client may ask for a place on a desk, or a mandate begins or ends: there it settles, so
/// that what follows is applied at its own instant, and prompts that move with their clients have come before the next.
/// </summary>
[GrainType("clock"), MayInterleave(nameof(IsRead))]
internal sealed class ClockGrain(
    [PersistentState("clock", StorageNames.Engagement)] IPersistentState<ManualClockState> manual,
    IOptions<EngineOptions> options,
    IDeskStore desks,
    ShardMap shards,
    PublishedDocuments documents,
    IFaultPoints faults,
    TimeProvider time) : Grain, IClockGrain
{
    private static readonly TimeSpan PollEveryMin = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan PollEveryMax = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan SettleMax = TimeSpan.FromMinutes(30);

    /// <summary>Only an advance changes anything; whoever reads or waits may come between.</summary>
    public static bool IsRead(Orleans.Serialization.Invocation.IInvokable call) => call.GetMethodName() is nameof(Read) or nameof(Settle);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Manual && manual.State.NowMs == 0)
        {
            manual.State.NowMs = options.Value.Now is { } text && Rfc3339.TryParse(text, out var start) ? start : WallMs;
            await manual.WriteStateAsync(cancellationToken);
        }
    }

    public Task<ClockReading> Read() =>
        Task.FromResult(options.Value.Manual ? new ClockReading(true, manual.State.NowMs) : new ClockReading(false, WallMs));

    public async Task<bool> Advance(long nowMs)
    {
        // An advance that a crash cut off comes first.
        await Complete();
        if (!options.Value.Manual || nowMs < manual.State.NowMs)
        {
            return false;
        }

        if (nowMs > manual.State.NowMs)
        {
            manual.State.TargetMs = nowMs;
            try
            {
                await manual.WriteStateAsync();
            }
            catch
            {
                // Where the clock is going is what is stored, and nothing else: it is read again.
                DeactivateOnIdle();
                throw;
            }

            faults.Reach(FaultPoint.ClockTargeted);
            await Complete();
        }

        return true;
    }

    public Task<EngineProgress> Settle(TimeSpan wait) => Settle(wait, quiet: false);

    /// <param name="quiet">Not before nothing more comes in either.</param>
    private async Task<EngineProgress> Settle(TimeSpan wait, bool quiet)
    {
        var began = time.GetTimestamp();
        var follow = new Follow();
        while (true)
        {
            var (shardsNow, owing) = (await AllShards(), await desks.ReadPending());
            var progress = Sum(shardsNow, owing);
            // What an advance has not come to yet is on its way too.
            var reached = quiet || manual.State.TargetMs <= manual.State.NowMs;
            if (reached && progress.Settled)
            {
                // Twice the same: nothing went from one shard to another while they were asked.
                var again = Sum(await AllShards(), await desks.ReadPending());
                if (again.Settled && again.Appended == progress.Appended)
                {
                    return again;
                }
            }

            if (!quiet && follow.IsOver(shardsNow, owing) && reached)
            {
                return progress with { Settled = true };
            }

            var elapsed = time.GetElapsedTime(began);
            if (elapsed >= wait)
            {
                return progress with { Settled = false };
            }

            // The longer it takes the less it matters.
            await Task.Delay(TimeSpan.FromTicks(Math.Clamp(elapsed.Ticks / 8, PollEveryMin.Ticks, PollEveryMax.Ticks)), time);
        }
    }

    private long WallMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task Complete()
    {
        if (!options.Value.Manual || manual.State.TargetMs <= manual.State.NowMs)
        {
            return;
        }

        var target = manual.State.TargetMs;
        await SettleAll();
        while (await NextStopMs() is var stop && stop <= target)
        {
            // Up to there nothing that one shard does concerns another: each works off what is due by itself.
            await AdvanceAll(stop - 1);
            // Stored, so that after a crash in the middle no shard takes what follows from it at an earlier instant.
            manual.State.NowMs = Math.Max(manual.State.NowMs, stop);
            await manual.WriteStateAsync();
            await AdvanceAll(stop);
            faults.Reach(FaultPoint.ClockInstant);
            await SettleAll();
            if (await NextAsksMs() <= stop)
            {
                throw new InvalidOperationException($"A client asks for a place at {Rfc3339.Format(stop)} for ever.");
            }
        }

        await AdvanceAll(target);
        await SettleAll();
        await Task.WhenAll((await desks.ReadDue(target)).Select(d => GrainFactory.GetGrain<IDeskGrain>(d).Tick(target)));
        faults.Reach(FaultPoint.ClockSettled);
        manual.State.NowMs = target;
        await manual.WriteStateAsync();
    }

    private Task<ShardDue[]> AdvanceAll(long nowMs) => Task.WhenAll(Enumerable.Range(0, shards.Count).Select(s => Shard(s).Advance(nowMs)));

    private async Task<long> NextStopMs()
    {
        var version = await GrainFactory.GetGrain<IDocumentGrain>(DocumentKeys.Of(DocumentKind.Organisation)).Newest();
        await documents.Fetch(DocumentKind.Organisation, version);
        var day = documents.Organisation(version).MandateChangesOn(Shanghai.Day(manual.State.NowMs));
        return Math.Min(await NextAsksMs(), day is { } next ? Shanghai.StartMs(next) : long.MaxValue);
    }

    private async Task<long> NextAsksMs() => (await AllShards()).Min(p => p.Due.NextAsksMs);

    private async Task SettleAll()
    {
        if (!(await Settle(SettleMax, quiet: true)).Settled)
        {
            throw new InvalidOperationException($"The engine did not settle within {SettleMax.TotalMinutes.ToString(CultureInfo.InvariantCulture)} minutes.");
        }
    }

    private Task<ShardProgress[]> AllShards() => Task.WhenAll(Enumerable.Range(0, shards.Count).Select(s => Shard(s).Progress()));

    private static EngineProgress Sum(ShardProgress[] all, IReadOnlyList<string> owing) => new(
        all.Sum(p => p.Appended), all.Sum(p => p.Applied), all.All(p => p.Settled) && owing.Count == 0, all.Sum(p => p.Clients), all.Sum(p => p.Rolled));

    private IShardGrain Shard(int shard) => GrainFactory.GetGrain<IShardGrain>(shard);
}

[GenerateSerializer, Alias("manual-clock")]
public sealed class ManualClockState
{
    [Id(0)]
    public long NowMs { get; set; }

    /// <summary>Where an advance is going; at or below <see cref="NowMs"/>: nowhere.</summary>
    [Id(1)]
    public long TargetMs { get; set; }
}
