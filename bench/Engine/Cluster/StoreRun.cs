using System.Diagnostics;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Engagement.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.Bench.Engine.Cluster;

/// <summary>The engine's store without the engine: shards side by side commit turns of log records, with nothing that follows from them.</summary>
internal static class StoreRun
{
    private const int Shards = 32;
    private const int Turn = 250;

    public static async Task<Measured> Run(Meter meter, string connection, Settings settings, TimeProvider time)
    {
        await ClusterDatabase.Prepare(connection, migrate: true, shards: null, time);
        await using var services = new ServiceCollection().AddPostgresStorage(connection).BuildServiceProvider();
        var store = services.GetRequiredService<IShardStore>();
        var (_, events) = PeerWork.Events(settings.Clients, settings.Batch, time);
        var sample = events.Take(20_000).ToList();
        await Commit(store, sample, TimeSpan.FromSeconds(settings.WarmUpSeconds));
        return await meter.Measure(() => Commit(store, sample, TimeSpan.FromSeconds(settings.Seconds)));
    }

    private static async Task<long> Commit(IShardStore store, List<IncomingEvent> sample, TimeSpan most)
    {
        var started = Stopwatch.GetTimestamp();
        var rows = await Task.WhenAll(Enumerable.Range(0, Shards).Select(async shard =>
        {
            var head = await store.Acquire(shard);
            var (last, next) = (head.Last, shard * Turn);
            while (Stopwatch.GetElapsedTime(started) < most)
            {
                var records = Enumerable.Range(1, Turn).Select(i => Record(sample[next++ % sample.Count], last + i)).ToList();
                var commit = new ShardCommit
                {
                    Shard = shard, Epoch = head.Epoch, OldLast = last, NewLast = last + Turn, OutboxSeq = 0, NowMs = 1, RolledPosition = 0, RolledTo = null, Checkpoint = 0,
                    Records = records, Effects = [], Outbox = [], Snapshots = [], Dues = [], Delivered = [],
                };
                if (!await store.Commit(commit))
                {
                    throw new InvalidOperationException("A shard was lost that nobody else has.");
                }

                last += Turn;
            }

            return last - head.Last;
        }));
        return rows.Sum();
    }

    private static LogRecord Record(IncomingEvent e, long position) =>
        new(position, RecordKind.Event, e.Client, e.Source, e.Id, e.Type, e.TimeMs, e.TimeMs, e.Data, null);
}
