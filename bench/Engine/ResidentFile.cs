using Engagement.Contracts.Shards;
using Engagement.Contracts.Storage;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Clients;
using Engagement.Domain.Documents;
using Engagement.Domain.Organisation;
using Engagement.Storage.Sqlite;

namespace Engagement.Bench.Engine;

/// <summary>
/// Fills an engine's file with clients who each have 50 events behind them, as the snapshots that the engine itself would
/// have left: making them through HTTP would take 50 events each.
/// </summary>
internal sealed class ResidentFile(string path, TimeProvider time) : IPublishedDocuments
{
    private const int Shards = 16;
    private const int EventsEach = 50;
    private const int DuesMax = 200;
    private const int Batch = 5_000;

    private readonly Catalogue catalogue = CatalogueDocument.TryRead(EngineRun.Catalogue(), DocumentFormat.Yaml, 1, out var read, out var problems)
        ? read
        : throw new InvalidOperationException(string.Join('\n', problems));

    private readonly OrganisationTree organisation = OrganisationDocument.TryRead(Workload.Organisation(), DocumentFormat.Json, 1, out var read, out var problems)
        ? read
        : throw new InvalidOperationException(string.Join('\n', problems));

    public Catalogue Catalogue(int version) => catalogue;

    public OrganisationTree Organisation(int version) => organisation;

    /// <returns>Bytes of an average snapshot, the hashes of the last events included.</returns>
    public async Task<double> Fill(int clients)
    {
        await using var database = new SqliteDatabase(path);
        var store = new SqliteShardStore(database);
        var map = new ShardMap(Shards);
        var bytes = 0L;
        foreach (var group in Enumerable.Range(0, clients).GroupBy(i => map.ShardOf(Workload.ClientOf(i))))
        {
            var head = await store.Acquire(group.Key);
            // Everybody's records are made up at the same positions: no log holds them, and none may lie beyond its end.
            var (first, last) = (head.Last, head.Last + 2 + EventsEach + DuesMax);
            foreach (var batch in group.Chunk(Batch))
            {
                var rows = batch.AsParallel().AsOrdered().Select(c => Snapshot(c, first)).ToList();
                bytes += rows.Sum(r => (long)r.Row.State.Length + r.Row.Recent.Length);
                if (!await store.Commit(new()
                {
                    Shard = group.Key, Epoch = head.Epoch, OldLast = head.Last, NewLast = last, OutboxSeq = head.OutboxSeq, NowMs = head.NowMs,
                    RolledPosition = head.RolledPosition, RolledTo = head.RolledTo, Checkpoint = last, Records = [], Effects = [], Outbox = [], Delivered = [],
                    Snapshots = rows.ConvertAll(r => r.Row), Dues = rows.ConvertAll(r => r.Due),
                }))
                {
                    throw new InvalidOperationException("Somebody else holds the shard.");
                }

                head = head with { Last = last };
            }
        }

        return (double)bytes / clients;
    }

    private (SnapshotRow Row, DueRow Due) Snapshot(int number, long last)
    {
        var client = Workload.ClientOf(number);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var engine = new ClientEngine(new() { Id = client, CatalogueVersion = 1, OrganisationVersion = 1 }, PersonalFields.None, this);
        var random = new Random(number);
        ClientEffects? effects = null;
        for (var i = 0; i < EventsEach + 2; i++)
        {
            var (type, data) = i switch
            {
                0 => ("account.opened", """{"outlet":"o-1","channel":"online","risk":3,"riskValidUntil":"2099-01-01","consents":["phone","app"]}"""),
                1 => ("assets.valued", $$"""{"total":{{random.Next(1_000, 400_000)}}}"""),
                _ => Workload.Draw(random),
            };
            // The last of them an hour ago, the first some eight weeks.
            var at = now - 3_600_000 - ((EventsEach + 2 - i) * 90_000_000L);
            effects = engine.Apply(new(last + 1 + i, RecordKind.Event, client, Workload.Source, $"h-{i}", type, at, at, System.Text.Encoding.UTF8.GetBytes(data), null));
        }

        // What fell due since has been carried, as by an engine that ran: nobody must be woken for it.
        for (var position = last + EventsEach + 3; effects!.DueMs <= now; position++)
        {
            effects = engine.Apply(new(position, RecordKind.Due, client, "", "", LogRecord.DueType, effects.DueMs, effects.DueMs, [], null));
        }

        var recent = new byte[EventsEach * sizeof(ulong)];
        random.NextBytes(recent);
        return (new(client, engine.State.Position, engine.State.LastRecord, ClientSnapshot.Write(engine.State), recent), new(client, effects.DueMs, effects.AsksMs));
    }
}
