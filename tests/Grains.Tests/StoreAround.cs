using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;

namespace Engagement.Grains.Tests;

/// <summary>A store around another one, for tests that change something of it.</summary>
internal abstract class StoreAround(IShardStore store) : IShardStore
{
    public virtual Task<bool> Commit(ShardCommit commit) => store.Commit(commit);

    public virtual Task<ShardHead> Acquire(int shard) => store.Acquire(shard);

    public virtual Task<IReadOnlyList<LogRecord>> ReadControls(int shard) => store.ReadControls(shard);

    public virtual Task<IReadOnlyList<StoredClient>> ReadClients(int shard, IReadOnlyCollection<ClientAt> clients) => store.ReadClients(shard, clients);

    public virtual Task<IReadOnlyList<StoredClient>> ReadSnapshots(int shard, string from, string upTo) => store.ReadSnapshots(shard, from, upTo);

    public virtual Task<IReadOnlyList<LogRecord>> ReadBack(int shard, long last, int most) => store.ReadBack(shard, last, most);

    public virtual Task<IShardView> OpenView(int shard) => store.OpenView(shard);

    public virtual Task<IReadOnlyCollection<RecordSought>> ReadHeld(int shard, IReadOnlyCollection<RecordSought> records) => store.ReadHeld(shard, records);

    public virtual Task<IReadOnlyList<StoredClientHead>> ReadClientHeads(int shard) => store.ReadClientHeads(shard);

    public virtual Task<IReadOnlyList<DueRow>> ReadDues(int shard) => store.ReadDues(shard);

    public virtual Task<IReadOnlyList<ClientAt>> ReadTail(int shard, long afterPosition) => store.ReadTail(shard, afterPosition);

    public virtual Task<IReadOnlyList<OutboxRow>> ReadOutbox(int shard) => store.ReadOutbox(shard);

    public virtual Task<IReadOnlyList<MapRow>> ReadMap(int shard, int fromMinute) => store.ReadMap(shard, fromMinute);
}
