using System.Globalization;
using Engagement.Tests.Postgres;
using HdrHistogram;

namespace Engagement.Bench.Engine.Cluster;

/// <summary>
/// The rows on PostgreSQL of the contract's table "How fast", side by side in one run: ceilings, peers, the engine with one silo
/// and with three, and how soon a prompt is on the screen at half of what one silo carried.
/// </summary>
internal static class HowFast
{
    // As a server of its own would have it on this machine: durable, and checkpoints by time rather than by size.
    private static readonly string[] Server = ["synchronous_commit=on", "shared_buffers=1GB", "max_wal_size=8GB", "checkpoint_completion_target=0.9", "wal_compression=lz4"];

    private sealed record Row(string What, Measured Measured);

    public static async Task Run(Settings settings, bool withAkka, TimeProvider time)
    {
        var folder = Directory.CreateTempSubdirectory("engage-bench-").FullName;
        using var server = new PostgresServer(Server);
        try
        {
            var (meter, ceilings) = (new Meter(server), server.NewDatabase());
            var copySeconds = Math.Max(3, settings.Seconds / 3);
            var call = await Measure("call from grain to grain that does nothing", () => NullCall.Run(settings.Calls));
            var before = await Measure($"COPY of 250-byte rows, batches of {settings.Batch}, four writers", () => CopyCeiling.Run(meter, ceilings, settings.Batch, copySeconds));
            var state = await Measure("one `WriteStateAsync` an event, same fold, called in its own process", () => WriteStatePeer.Run(meter, server.NewDatabase(), settings, time));
            var akka = withAkka
                ? await Measure("Akka.NET: cluster sharding, Akka.Persistence.Sql, same fold, called in its own process", () => AkkaPeer.Run(meter, server.NewDatabase(), settings, time))
                : null;
            var store = await Measure("the engine's store alone: log records by its committer", () => StoreRun.Run(meter, server.NewDatabase(), settings, time));
            var one = await Engine(server, folder, 1, settings, time);
            var three = await Engine(server, folder, 3, settings, time);
            var after = await Measure("the same COPY again", () => CopyCeiling.Run(meter, ceilings, settings.Batch, copySeconds));
            Print(settings, [call, before, after, state, .. akka is null ? (Row[])[] : [akka], store, one.Row, three.Row], one.Row.Measured);
            var ceiling = Math.Min(call.Measured.PerSecond, (before.Measured.PerSecond + after.Measured.PerSecond) / 2);
            PrintGoals(one.Row.Measured, three.Row.Measured, state.Measured, akka?.Measured, ceiling, one.Latency!);
            PrintRun(one.Engine, one.Latency!);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The store's row alone, beside COPY: for whoever works on it.</summary>
    public static async Task Store(Settings settings, TimeProvider time)
    {
        using var server = new PostgresServer(Server);
        var meter = new Meter(server);
        var copy = await Measure("COPY", () => CopyCeiling.Run(meter, server.NewDatabase(), settings.Batch, settings.Seconds));
        var store = await Measure("the engine's store alone: log records by its committer", () => StoreRun.Run(meter, server.NewDatabase(), settings, time));
        Print(settings, [copy, store], store.Measured);
    }

    /// <summary>The engine with one silo alone, beside COPY, with its latency: for whoever works on it.</summary>
    /// <param name="shards">Null: as many as it has by itself.</param>
    public static async Task One(Settings settings, int? shards, TimeProvider time)
    {
        var folder = Directory.CreateTempSubdirectory("engage-bench-").FullName;
        using var server = new PostgresServer(Server);
        try
        {
            var copy = await Measure("COPY", () => CopyCeiling.Run(new(server), server.NewDatabase(), settings.Batch, Math.Max(3, settings.Seconds / 3)));
            var one = await Engine(server, folder, 1, settings, time, shards);
            Print(settings, [copy, one.Row], one.Row.Measured);
            PrintRun(one.Engine, one.Latency!);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A replay alone.</summary>
    public static Task Replay(Settings settings, TimeProvider time) => ReplayRow.Run(Server, settings, time);

    private static async Task<Row> Measure(string what, Func<Task<Measured>> run)
    {
        var row = new Row(what, await run());
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{what}: {row.Measured.PerSecond:N0} events/s (load {Load()})"));
        return row;
    }

    /// <summary>Throughput; with one silo also the latency at half of it, on the same engine.</summary>
    private static async Task<(Row Row, EngineResult Engine, LatencyResult? Latency)> Engine(
        PostgresServer server, string folder, int silos, Settings settings, TimeProvider time, int? shards = null)
    {
        await using var engine = await ClusterEngine.StartAsync(folder, server, silos, shards);
        EngineResult? result = null;
        var row = await Measure($"engine, silos: {silos}, one gateway, HTTP to committed effects", async () => (result = await new EngineRun(engine, settings, time).Run()).Measured);
        if (silos > 1)
        {
            return (row, result!, null);
        }

        var latency = await new PromptLatency(engine, (int)(row.Measured.PerSecond / 2), settings, time).Run();
        await Console.Error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"event to prompt on the screen: {latency.Micros.TotalCount} prompts, {latency.Missing} not shown, p50 {Ms(latency.Micros, 50):F1} ms, p99 {Ms(latency.Micros, 99):F1} ms; accepted p50 {Ms(latency.Accepted, 50):F1} ms, p99 {Ms(latency.Accepted, 99):F1} ms (load {Load()})"));
        return (row, result!, latency);
    }

    private static void Print(Settings settings, IEnumerable<Row> rows, Measured engine)
    {
        Line($"{Environment.ProcessorCount} cores, load {Load()}, {settings.Clients:N0} clients, {settings.Connections} connections, {settings.Batch:N0} events a request, {engine.Elapsed.TotalSeconds:F1} s until settled; database, engine and senders on the same cores.");
        Line($"");
        Line($"| on PostgreSQL | events/s | processor time an event | and the database's | engine / this |");
        Line($"|---|---|---|---|---|");
        foreach (var row in rows)
        {
            Line($"| {row.What} | {row.Measured.PerSecond:N0} | {row.Measured.CpuMicrosecondsEach:F1} µs | {row.Measured.DatabaseMicrosecondsEach:F1} µs | {engine.PerSecond / row.Measured.PerSecond:F2} |");
        }
    }

    private static void PrintGoals(Measured engine, Measured three, Measured state, Measured? akka, double ceiling, LatencyResult latency)
    {
        Line($"");
        Line($"| goal | target | seen |");
        Line($"|---|---|---|");
        Line($"| against `WriteStateAsync` an event | >= 25 x | {engine.PerSecond / state.PerSecond:F1} x |");
        if (akka is { } peer)
        {
            Line($"| against Akka.NET | >= 5 x | {engine.PerSecond / peer.PerSecond:F1} x |");
        }

        Line($"| against the lower ceiling | >= 30 % | {engine.PerSecond / ceiling:P1} |");
        Line($"| event to prompt on the screen, {latency.PerSecond:N0} events/s | p50 <= 20 ms, p99 <= 100 ms | p50 {Ms(latency.Micros, 50):F1} ms, p99 {Ms(latency.Micros, 99):F1} ms, worst {Ms(latency.Micros, 100):F1} ms |");
        Line($"| three silos against one, on the same cores | >= 80 % | {three.PerSecond / engine.PerSecond:P1} |");
    }

    private static void PrintRun(EngineResult engine, LatencyResult latency)
    {
        Line($"");
        Line($"{engine.Measured.Events:N0} events, {engine.Raised:N0} prompts raised ({(double)engine.Raised / engine.Measured.Events:P2}), working set of silo and gateway {engine.WorkingSetBytes / 1024 / 1024:N0} MiB. Latency: {latency.Micros.TotalCount:N0} prompts of {latency.Sent:N0} events, {latency.Missing:N0} not shown, {latency.Busy:N0} events answered 429; accepted p50 {Ms(latency.Accepted, 50):F1} ms, p99 {Ms(latency.Accepted, 99):F1} ms.");
    }

    private static double Ms(LongHistogram micros, double percentile) => micros.GetValueAtPercentile(percentile) / 1_000.0;

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
