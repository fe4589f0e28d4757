using CsCheck;
using Engagement.Contracts.Storage;

namespace Engagement.Storage.Tests;

/// <summary>Random operations on a shard, each also done to a plain model in memory; afterwards both must hold the same.</summary>
public abstract class ShardModelContract
{
    private const int Shard = 2;

    private static readonly string[] Clients = ["a", "b", "c", "d"];

    private static readonly long[] DueTimes = [0, 5, 9, long.MaxValue];

    private static readonly Gen<Operation> Operations = Gen.Select(
        Gen.Int[0, 9], Gen.Int[0, 3].Select(i => Clients[i]).List[0, 5], Gen.Int[0, 3].Select(i => DueTimes[i]), Gen.Bool,
        (kind, clients, due, entered) => new Operation(kind, clients, due, entered));

    protected abstract IStores Make();

    [Fact]
    public async Task Store_UnderRandomOperations_HoldsWhatTheModelHolds() =>
        await Operations.List[1, 25].SampleAsync(
            async operations =>
            {
                await using var stores = Make();
                var model = new Model();
                var head = await stores.Shards.Acquire(Shard);
                foreach (var operation in operations)
                {
                    head = await Do(stores, model, head, operation);
                }

                await Compare(stores, model, head);
            },
            iter: 30,
            threads: 1);

    private static async Task<ShardHead> Do(IStores stores, Model model, ShardHead head, Operation operation)
    {
        switch (operation.Kind)
        {
            case 0:
                await stores.Reopen();
                return head;
            case 1:
                var taken = await stores.Shards.Acquire(Shard);
                Assert.Equal(head with { Epoch = head.Epoch + 1 }, taken);
                return taken;
            case 2:
                // Somebody who lost the shard, or his place in it.
                var stale = Commit(model, head, operation);
                Assert.False(await stores.Shards.Commit(operation.Entered ? stale with { Epoch = head.Epoch - 1 } : stale with { OldLast = head.Last + 1 }));
                return head;
            default:
                var commit = Commit(model, head, operation);
                Assert.True(await stores.Shards.Commit(commit));
                model.Take(commit);
                return head with { Last = commit.NewLast, OutboxSeq = commit.OutboxSeq, NowMs = commit.NowMs };
        }
    }

    private static ShardCommit Commit(Model model, ShardHead head, Operation operation)
    {
        Dictionary<string, long> last = new(model.Last);
        var records = operation.Clients.Select((c, i) =>
        {
            var record = Sample.Event(head.Last + 1 + i, c, previous: last.GetValueOrDefault(c));
            last[c] = record.Position;
            return record;
        }).ToArray();
        return Sample.Next(head, records) with
        {
            NowMs = head.NowMs + 1,
            OutboxSeq = head.OutboxSeq + 1,
            Outbox = [new(head.OutboxSeq + 1, [(byte)operation.Kind])],
            Delivered = operation.Kind > 6 ? [.. model.Outbox.Take(2)] : [],
            Effects = [.. operation.Clients.Distinct().Select(c => Sample.Effects(c) with { Memberships = [new("s", operation.Entered, head.Last)] })],
            Snapshots = [.. operation.Clients.Distinct().Where(c => operation.Kind > 5 || !model.Snapshots.ContainsKey(c))
                .Select(c => new SnapshotRow(c, last[c], last[c], [(byte)head.Last], []))],
            Dues = [.. operation.Clients.Distinct().Select(c => new DueRow(c, operation.DueMs, operation.DueMs))],
        };
    }

    private static async Task Compare(IStores stores, Model model, ShardHead head)
    {
        Assert.Equal(head with { Epoch = head.Epoch + 1 }, await stores.Shards.Acquire(Shard));
        Assert.Equal(model.Outbox, (await stores.Shards.ReadOutbox(Shard)).Select(o => o.Seq));
        Assert.Equal(
            model.Snapshots.Select(s => new StoredClientHead(s.Key, s.Value.Position, s.Value.Last)),
            await stores.Shards.ReadClientHeads(Shard));
        Assert.Equal(
            model.Due.Where(d => d.Value < long.MaxValue).Select(d => new DueRow(d.Key, d.Value, d.Value)),
            await stores.Shards.ReadDues(Shard));
        Assert.Equal(model.Log.Select(r => new ClientAt(r.Client, r.Position)), await stores.Shards.ReadTail(Shard, 0));
        Assert.Equal(model.Members.Select(m => (m.Key, m.Value)), await stores.Queries.Members("s", ClientFilter.All, null, 100));
        var read = (await stores.Shards.ReadClients(Shard, [.. Clients.Select(c => new ClientAt(c, model.Last.GetValueOrDefault(c)))])).ToDictionary(c => c.Client);
        Assert.Equal(model.Snapshots.Keys, read.Keys.Order());
        foreach (var (client, snapshot) in model.Snapshots)
        {
            Assert.Equal(snapshot.State, read[client].Snapshot);
            Assert.Equal(model.Log.Where(r => r.Client == client && r.Position > snapshot.Position).Select(r => r.Position), read[client].Tail.Select(r => r.Position));
        }
    }

    private sealed record Operation(int Kind, List<string> Clients, long DueMs, bool Entered)
    {
        public override string ToString() => $"{Kind} [{string.Join(',', Clients)}] {DueMs} {Entered}";
    }

    private sealed class Model
    {
        public List<Domain.Clients.LogRecord> Log { get; } = [];

        public List<long> Outbox { get; } = [];

        public SortedDictionary<string, SnapshotRow> Snapshots { get; } = new(StringComparer.Ordinal);

        public SortedDictionary<string, long> Due { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, long> Last { get; } = [];

        public SortedDictionary<string, long> Members { get; } = new(StringComparer.Ordinal);

        public void Take(ShardCommit commit)
        {
            Log.AddRange(commit.Records);
            foreach (var record in commit.Records)
            {
                Last[record.Client] = record.Position;
            }

            Outbox.RemoveAll(commit.Delivered.Contains);
            Outbox.AddRange(commit.Outbox.Select(o => o.Seq));
            foreach (var snapshot in commit.Snapshots)
            {
                Snapshots[snapshot.Client] = snapshot;
            }

            foreach (var row in commit.Dues)
            {
                Due[row.Client] = row.DueMs;
            }

            foreach (var effects in commit.Effects)
            {
                if (effects.Memberships[0].Entered)
                {
                    Members[effects.Client] = effects.Memberships[0].AtMs;
                }
                else
                {
                    Members.Remove(effects.Client);
                }
            }
        }
    }
}
