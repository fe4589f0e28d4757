using Engagement.Contracts.Clock;
using Engagement.Contracts.Desks;
using Engagement.Contracts.Faults;
using Engagement.Contracts.Shards;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Engagement.Domain.Desks;
using Engagement.Domain.Organisation;
using Engagement.Grains.Placement;
using Engagement.Grains.Shards;
using Engagement.Grains.Streams;
using Microsoft.Extensions.Logging;
using Orleans.Utilities;

namespace Engagement.Grains.Desks;

/// <summary>A desk. It alone decides what becomes of its prompts; every change is committed before anybody sees it.</summary>
[GrainType("desk"), KeyedPlacement]
internal sealed partial class DeskGrain(
    IDeskStore store, ShardMap shards, IFaultPoints faults, KeyedHome home, EngagementFeed feed, TimeProvider time, ILogger<DeskGrain> logger) : Grain, IDeskGrain
{
    private const int ChangesMax = 2_000;
    private const int HqSnapshotMax = 1_000;
    private static readonly string AtHq = DeskId.Hq.ToString();
    private static readonly TimeSpan ObserverExpires = TimeSpan.FromSeconds(30);

    private readonly ObserverManager<IDeskObserver> observers = new(ObserverExpires, logger);
    private DeskState desk = null!;
    private DeskHandoff handoff = null!;
    private IClockGrain clock = null!;

    private string Name => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        clock = GrainFactory.GetGrain<IClockGrain>(0);
        var stored = await store.Read(Name);
        desk = new(Name, stored);
        handoff = new(Name, store, GrainFactory, shards, faults, time, logger);
        handoff.Start(stored.Handovers, stored.Records);
        home.OnAwake(GrainContext);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        home.OnAsleep(GrainContext);
        // None where it did not come to be awake.
        handoff?.Stop();
        return Task.CompletedTask;
    }

    public async Task Receive(string from, long handover, PromptsMoved moved)
    {
        using var turn = await Turn();
        var source = "desk:" + from;
        if (handover <= desk.CursorOf(source))
        {
            return;
        }

        var change = desk.Begin();
        foreach (var prompt in moved.Prompts)
        {
            // Withdrawn here before it came from there.
            var gone = await store.ReadAction(DeskState.WithdrawnId(prompt.Id)) is not null;
            change.Receive(moved, prompt, gone);
        }

        change.Cursor(source, handover);
        await Commit(change);
    }

    public async Task<DeskChanges> Join(long lastSeq)
    {
        if (lastSeq > 0 && lastSeq <= desk.Seq)
        {
            // What is being written meanwhile is told when it is, with the number that follows this one.
            var seq = desk.Seq;
            var changed = await store.ReadChanges(Name, lastSeq, ChangesMax);
            if (changed.Count < ChangesMax)
            {
                return new(lastSeq, seq, false, [.. changed.Where(p => p.Seq <= seq)], false);
            }
        }

        var live = desk.Live.All.Order(Prompt.ByRank).Take(Name == AtHq ? HqSnapshotMax : int.MaxValue).ToList();
        return new(0, desk.Seq, true, live, desk.Live.All.Count > live.Count);
    }

    public Task<ActAnswer?> Answered(string actionId) => store.ReadAction(Global(actionId));

    public async Task<ActAnswer> Act(string promptId, PromptAction action, string by, OnBehalf? onBehalf)
    {
        using var turn = await Turn();
        var actionId = Global(action.ActionId);
        if (await store.ReadAction(actionId) is { } before)
        {
            return before;
        }

        var now = (await clock.Read()).NowMs;
        var change = desk.Begin();
        change.OnTime(now);
        var prompt = change.Find(promptId) ?? await store.ReadPrompt(Name, promptId);
        // Headquarters acts for somebody, or not at all.
        if (prompt is null || prompt.Desk != Name || (onBehalf is null && Name == AtHq))
        {
            await Commit(change);
            return new(null, new(ActionRefusal.Unknown, "there is no such prompt on this desk"));
        }

        if (prompt.IsLive && action.Action == "accept" && !await StillAllowed(prompt))
        {
            change.Put(prompt with { State = PromptState.Withdrawn, Undo = null });
            await Commit(change);
            return new(null, new(ActionRefusal.State, "consent, suitability or status no longer allow the prompt"));
        }

        var permitted = prompt.IsLive || await store.ReadAction(DeskState.WithdrawnId(promptId)) is null;
        var (next, refusal) = PromptDecider.Act(prompt, action, by, now, permitted);
        if (next is null)
        {
            await Commit(change);
            return new(null, refusal);
        }

        var changed = next == prompt ? prompt : change.PutAfterItsClient(next with { OnBehalf = onBehalf });
        var answer = new ActAnswer(changed, null);
        change.Acted(actionId, answer, next == prompt ? null : new ActedRecord(
            actionId, prompt.Client, ControlData.Acted(promptId, StateName(changed.State), action.Action, by, Name, now, onBehalf)));
        await Commit(change);
        return answer;
    }

    /// <summary>Whoever makes an action's id knows of this desk only.</summary>
    private string Global(string actionId) => $"{Name}/{actionId}";

    public Task<DeskPulse> Pulse() => Task.FromResult(new DeskPulse(desk.Seq, desk.Clients));

    public async Task Tick(long nowMs)
    {
        using var turn = await Turn();
        var change = desk.Begin();
        change.OnTime(nowMs);
        await Commit(change);
    }

    public Task Subscribe(IDeskObserver observer)
    {
        observers.Subscribe(observer, observer);
        return Task.CompletedTask;
    }

    public Task Unsubscribe(IDeskObserver observer)
    {
        observers.Unsubscribe(observer);
        return Task.CompletedTask;
    }

    /// <summary>Asked of the client himself: that the permission ended may still be on its way from him.</summary>
    private async Task<bool> StillAllowed(Prompt prompt) =>
        await GrainFactory.GetGrain<IShardGrain>(shards.ShardOf(prompt.Client)).View(prompt.Client) is not { } client || client.Prompts.Contains(prompt.Id);

    private static string StateName(PromptState state) => state.ToString().ToLowerInvariant();
}
