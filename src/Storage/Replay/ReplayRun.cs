using System.Diagnostics;
using Engagement.Contracts.Storage;
using Engagement.Domain.Replay;

namespace Engagement.Storage.Replay;

/// <summary>Makes clients anew from the log alone, and compares them with what is stored.</summary>
public sealed class ReplayRun(IReplayStore store)
{
    private readonly ReplayProgress progress = new();

    /// <summary>Records so far.</summary>
    public long Records => progress.Records;

    /// <summary>Every client, shards side by side. Memory holds the clients of as many shards as there are processors.</summary>
    public ReplayReport All()
    {
        var started = Stopwatch.GetTimestamp();
        var views = store.Open(Environment.ProcessorCount);
        try
        {
            var shards = views[0].ReadShards();
            var (documents, start) = (new ArchivedDocuments(views[0]), views[0].ReadLogStart());
            var (next, clients, found, kept) = (-1, 0L, new Difference?[shards.Count], new long[shards.Count]);
            // The first difference is the one in the lowest shard: shards after one that has a difference are not asked any more.
            var first = int.MaxValue;
            Task.WaitAll([.. views.Select(view => Task.Factory.StartNew(() => Work(view), TaskCreationOptions.LongRunning))]);
            return new(clients, progress.Records, Stopwatch.GetElapsedTime(started), found.FirstOrDefault(d => d is not null) ?? Strays(views[0], clients))
            {
                LogStart = start, KeptMs = kept.DefaultIfEmpty().Max(),
            };

            void Work(IReplayView view)
            {
                while (Interlocked.Increment(ref next) is var index && index < shards.Count && index < Volatile.Read(ref first))
                {
                    var replay = new ShardReplay(shards[index], start, view, documents, progress);
                    found[index] = replay.Run(null, () => index < Volatile.Read(ref first));
                    Interlocked.Add(ref clients, replay.Clients);
                    kept[index] = replay.KeptMs;
                    if (found[index] is not null)
                    {
                        InterlockedMin(ref first, index);
                    }
                }
            }
        }
        finally
        {
            foreach (var view in views)
            {
                view.Dispose();
            }
        }
    }

    /// <returns>A report with no client where the log does not know him.</returns>
    public ReplayReport One(int shard, string client)
    {
        var started = Stopwatch.GetTimestamp();
        using var view = store.Open(1)[0];
        if (view.ReadShards().FirstOrDefault(s => s.Shard == shard) is not { } head)
        {
            return new(0, 0, Stopwatch.GetElapsedTime(started), null);
        }

        var start = view.ReadLogStart();
        var replay = new ShardReplay(head, start, view, new ArchivedDocuments(view), progress);
        var difference = replay.Run(client, () => true);
        return new(replay.Clients, progress.Records, Stopwatch.GetElapsedTime(started), difference) { LogStart = start, KeptMs = replay.KeptMs };
    }

    /// <summary>What is stored of clients whom no log names.</summary>
    private static Difference? Strays(IReplayView view, long clients) =>
        view.CountPlaces() is var places && places != clients ? new(-1, "", 0, "clients with a place", $"{clients}", $"{places}")
        : view.FindStray() is { } stray ? new(-1, stray.Client, 0, $"rows in {stray.Table}", Difference.None, "some, though no log names him")
        : null;

    private static void InterlockedMin(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) > value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
            // Somebody else lowered it: look again.
        }
    }
}

/// <summary>What came of a replay.</summary>
public sealed record ReplayReport(long Clients, long Records, TimeSpan Elapsed, Difference? Difference)
{
    /// <summary>Records of each shard before this position were dropped by age; 0: none were.</summary>
    public long LogStart { get; init; }

    /// <summary>The latest instant as of which a client was kept whose log before was dropped: what came after it was made anew for everybody; 0: none was.</summary>
    public long KeptMs { get; init; }

    public double RecordsPerSecond => Records / Math.Max(Elapsed.TotalSeconds, 0.001);
}

/// <summary>How far a replay has come.</summary>
internal sealed class ReplayProgress
{
    private long records;

    public long Records => Interlocked.Read(ref records);

    public void Add(int more) => Interlocked.Add(ref records, more);
}
