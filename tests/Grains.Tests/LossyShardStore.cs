using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;

namespace Engagement.Grains.Tests;

/// <summary>A store whose answers are lost: some commits happen and fail all the same, and some do not happen.</summary>
internal sealed class LossyShardStore(IShardStore store, LossyShardStore.Chance chance) : IShardStore
{
    /// <summary>Shared by the silos, so that one seed makes one run.</summary>
    internal sealed class Chance(int seed)
    {
        private readonly Random random = new(seed);
        private int happened;
        private int lost;

        /// <summary>Set to end the losses.</summary>
        public bool Over { get; set; }

        /// <summary>How many answers were lost of commits that happened, and of those that did not.</summary>
        public (int Happened, int Lost) Losses => (happened, lost);

        public bool LosesBefore() => Draw(10, ref lost);

        public bool LosesAfter() => Draw(15, ref happened);

        private bool Draw(int percent, ref int count)
        {
            lock (random)
            {
                var loses = !Over && random.Next(100) < percent;
                count += loses ? 1 : 0;
                return loses;
            }
        }
    }

    public async Task<bool> Commit(ShardCommit commit)
    {
        if (chance.LosesBefore())
        {
            throw new StoreUnavailableException("Lost before the commit.", new IOException());
        }

        var committed = await store.Commit(commit);
        return chance.LosesAfter() ? throw new StoreUnavailableException("Lost after the commit.", new IOException()) : committed;
    }

    public Task<ShardHead> Acquire(int shard) => store.Acquire(shard);

    public Task<IReadOnlyList<LogRecord>> ReadControls(int shard) => store.ReadControls(shard);

    public Task<IReadOnlyList<StoredClient>> ReadClients(int shard, IReadOnlyCollection<ClientAt> clients) => store.ReadClients(shard, clients);

    public Task<IReadOnlyList<StoredClient>> ReadSnapshots(int shard, string? after, string? upTo, int most) => store.ReadSnapshots(shard, after, upTo, most);

    public Task<IShardView> OpenView(int shard) => store.OpenView(shard);

    public Task<IReadOnlyCollection<RecordSought>> ReadHeld(int shard, IReadOnlyCollection<RecordSought> records) => store.ReadHeld(shard, records);

    public Task<IReadOnlyList<StoredClientHead>> ReadClientHeads(int shard) => store.ReadClientHeads(shard);

    public Task<IReadOnlyList<DueRow>> ReadDues(int shard) => store.ReadDues(shard);

    public Task<IReadOnlyList<ClientAt>> ReadTail(int shard, long afterPosition) => store.ReadTail(shard, afterPosition);

    public Task<IReadOnlyList<OutboxRow>> ReadOutbox(int shard) => store.ReadOutbox(shard);
}
