using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Desks;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Engagement.Domain.Desks;
using Engagement.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.Grains.Tests;

/// <summary>What a shard hands on, where one of its receivers does not answer.</summary>
public sealed class OutboxTests
{
    private const string Organisation = "branches: [ { id: hn, outlets: [ { id: o-1 }, { id: o-2 } ] } ]";

    private const string Catalogue = """
        campaigns:
        - { id: hello, trigger: {event: x.hello}, offer: {kind: call}, message: {zh: "x", en: "x"}, desks: [outlet], expires: "48h" }
        """;

    [Fact]
    public async Task Messages_ForOneDeskThatDoesNotAnswer_KeepNoOtherDeskWaiting()
    {
        var held = new HeldDesk("outlet:o-1");
        await using var cluster = await Cluster.Start(services =>
        {
            services.AddSingleton<SqliteDeskStore>();
            services.AddSingleton<IDeskStore>(s => new HeldDeskStore(s.GetRequiredService<SqliteDeskStore>(), held));
        });
        await cluster.Publish(DocumentKind.Organisation, Organisation);
        await cluster.Publish(DocumentKind.Catalogue, Catalogue);
        var first = "c-0";
        var second = Enumerable.Range(1, 1_000).Select(i => $"c-{i}").First(c => cluster.ShardOf(c) == cluster.ShardOf(first));
        await cluster.Append(
            cluster.Event(first, EventTypes.AccountOpened, """{"outlet":"o-1","channel":"online"}"""),
            cluster.Event(second, EventTypes.AccountOpened, """{"outlet":"o-2","channel":"online"}"""));
        await cluster.Settle();

        held.Hold();
        await cluster.Append(cluster.Event(first, "x.hello", "{}"));
        await held.Asked.WaitAsync(TimeSpan.FromMinutes(2));
        await cluster.Append(cluster.Event(second, "x.hello", "{}"));
        await held.Other.WaitAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(second, Assert.Single(await Prompts(cluster, "outlet:o-2")).Client);

        held.Release();
        await cluster.Settle();
        Assert.Equal(first, Assert.Single(await Prompts(cluster, "outlet:o-1")).Client);
    }

    private static Task<IReadOnlyList<Prompt>> Prompts(Cluster cluster, string desk) =>
        cluster.Silos.Silos[0].ServiceProvider.GetRequiredService<IDeskStore>().ReadPrompts(desk, null);

    /// <summary>A desk whose commits wait while it is held.</summary>
    private sealed class HeldDesk(string desk)
    {
        private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource other = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile bool holds;

        /// <summary>The desk that is held wanted to commit.</summary>
        public Task Asked => asked.Task;

        /// <summary>Another one has committed meanwhile.</summary>
        public Task Other => other.Task;

        public void Hold() => holds = true;

        public void Release() => released.SetResult();

        public async Task<bool> Commit(IDeskStore store, DeskCommit commit)
        {
            if (!holds)
            {
                return await store.Commit(commit);
            }

            if (commit.Desk == desk)
            {
                asked.TrySetResult();
                await released.Task;
                return await store.Commit(commit);
            }

            var committed = await store.Commit(commit);
            other.TrySetResult();
            return committed;
        }
    }

    private sealed class HeldDeskStore(IDeskStore store, HeldDesk held) : IDeskStore
    {
        public Task<bool> Commit(DeskCommit commit) => held.Commit(store, commit);

        public Task<StoredDesk> Read(string desk) => store.Read(desk);

        public Task Delivered(string desk, long handover) => store.Delivered(desk, handover);

        public Task Appended(string actionId) => store.Appended(actionId);

        public Task<Prompt?> ReadPrompt(string desk, string prompt) => store.ReadPrompt(desk, prompt);

        public Task<IReadOnlyList<Prompt>> ReadChanges(string desk, long afterSeq, int limit) => store.ReadChanges(desk, afterSeq, limit);

        public Task<IReadOnlyList<Prompt>> ReadPrompts(string desk, PromptState? state) => store.ReadPrompts(desk, state);

        public Task<ActAnswer?> ReadAction(string actionId) => store.ReadAction(actionId);

        public Task<IReadOnlyList<string>> ReadDue(long nowMs) => store.ReadDue(nowMs);

        public Task<IReadOnlyList<string>> ReadPending() => store.ReadPending();
    }
}
