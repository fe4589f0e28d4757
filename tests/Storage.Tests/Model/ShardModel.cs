using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;

namespace Engagement.Storage.Tests.Model;

/// <summary>What one shard of a store must hold, in plain collections.</summary>
internal sealed class ShardModel(int shard)
{
    private readonly Dictionary<long, PersonalFields> personal = [];
    private readonly SortedDictionary<string, SnapshotRow> snapshots = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, DueRow> dues = new(StringComparer.Ordinal);
    private readonly SortedDictionary<long, byte[]> outbox = [];

    public ShardHead Head { get; private set; } = new(shard, 0, 0, 0, 0, 0, null, 0);

    public List<LogRecord> Log { get; } = [];

    /// <summary>The ids of its clients, whether they have anything or not. No other shard has them.</summary>
    public IReadOnlyList<string> Clients { get; } = [.. Enumerable.Range(0, 5).Select(i => $"s{shard}-c{i}")];

    public IEnumerable<long> Waiting => outbox.Keys;

    public long LastOf(string client) => Log.FindLast(r => r.Client == client)?.Position ?? 0;

    public void OnAcquired() => Head = Head with { Epoch = Head.Epoch + 1 };

    public void Take(ShardCommit commit)
    {
        Head = Head with
        {
            Last = commit.NewLast,
            OutboxSeq = commit.OutboxSeq,
            NowMs = commit.NowMs,
            RolledPosition = commit.RolledPosition,
            RolledTo = commit.RolledTo,
            Checkpoint = commit.Checkpoint,
        };
        foreach (var record in commit.Records)
        {
            Log.Add(record);
            if (record.Kind == RecordKind.Erased)
            {
                foreach (var old in Log.Where(r => r.Client == record.Client))
                {
                    personal.Remove(old.Position);
                }
            }

            if (record.Personal is { } fields)
            {
                personal[record.Position] = fields;
            }
        }

        foreach (var row in commit.Snapshots)
        {
            snapshots[row.Client] = row;
        }

        foreach (var row in commit.Dues)
        {
            if (row.DueMs == long.MaxValue)
            {
                dues.Remove(row.Client);
            }
            else
            {
                dues[row.Client] = row;
            }
        }

        foreach (var row in commit.Outbox)
        {
            outbox[row.Seq] = row.Payload;
        }

        foreach (var seq in commit.Delivered)
        {
            outbox.Remove(seq);
        }
    }

    /// <summary>Reads everything of the shard and compares. Takes an epoch.</summary>
    public async Task Compare(IStores stores)
    {
        OnAcquired();
        Assert.Equal(Head, await stores.Shards.Acquire(shard));
        Assert.Equal(Log.Where(r => r.Client.Length == 0).Select(Text), (await stores.Shards.ReadControls(shard)).Select(Text));
        Assert.Equal(outbox.Select(o => (o.Key, Convert.ToHexString(o.Value))), (await stores.Shards.ReadOutbox(shard)).Select(o => (o.Seq, Convert.ToHexString(o.Payload))));
        Assert.Equal(snapshots.Values.Select(s => new StoredClientHead(s.Client, s.Position, s.Last)), await stores.Shards.ReadClientHeads(shard));
        Assert.Equal(dues.Values, await stores.Shards.ReadDues(shard));
        var from = Head.Last / 2;
        Assert.Equal(
            Log.Where(r => r.Position > from && r.Client.Length > 0).Select(r => new ClientAt(r.Client, r.Position)),
            await stores.Shards.ReadTail(shard, from));
        var read = (await stores.Shards.ReadClients(shard, [.. Clients.Select(c => new ClientAt(c, LastOf(c)))])).ToDictionary(c => c.Client);
        foreach (var client in Clients)
        {
            Compare(client, read.GetValueOrDefault(client));
            Assert.Equal(
                Log.Where(r => r.Client == client && r.Kind == RecordKind.Event).Select(r => r.Position).Reverse(),
                (await stores.Queries.Events(shard, new(client, LastOf(client)), 0, 1_000)).Select(e => e.Position));
        }
    }

    private void Compare(string client, StoredClient? read)
    {
        var (snapshot, own) = (snapshots.GetValueOrDefault(client), Log.FindAll(r => r.Client == client));
        if (snapshot is null && own.Count == 0)
        {
            Assert.Null(read);
            return;
        }

        Assert.NotNull(read);
        var at = snapshot?.Position ?? 0;
        Assert.Equal(at, read.Position);
        Assert.Equal(snapshot?.State, read.Snapshot);
        Assert.Equal(snapshot?.Recent, read.Recent);
        Assert.Equal(own.Where(r => r.Position > at).Select(Text), read.Tail.Select(Text));
        var folded = own.Where(r => r.Position <= at && personal.ContainsKey(r.Position)).Aggregate(PersonalFields.None, (all, r) => all.With(personal[r.Position]));
        Assert.Equal(folded, read.Personal);
    }

    private string Text(LogRecord record)
    {
        var fields = personal.GetValueOrDefault(record.Position);
        return $"{record.Position} {record.Kind} {record.Client} {record.Source} {record.Id} {record.Type} {record.TimeMs} {record.AtMs} {Convert.ToHexString(record.Data)} {record.Previous} {fields}";
    }
}
