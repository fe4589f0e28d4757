using System.Globalization;
using Engagement.Storage.Postgres;
using Engagement.Storage.Replay;
using Engagement.Tests.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Engagement.Bench.Engine.Cluster;

/// <summary><c>engage replay</c> of a log that the engine has just written: beside an engine that rests, and beside one that works.</summary>
internal static class ReplayRow
{
    public static async Task Run(string[] serverSettings, Settings settings, TimeProvider time)
    {
        var folder = Directory.CreateTempSubdirectory("engage-bench-").FullName;
        using var server = new PostgresServer(serverSettings);
        try
        {
            await using var engine = await ClusterEngine.StartAsync(folder, server, 1);
            var run = new EngineRun(engine, settings, time);
            var result = await run.Run();
            Line($"{result.Measured.Events:N0} events in the last {settings.Seconds} s, {result.Raised:N0} prompts raised.");
            for (var i = 0; i < 3; i++)
            {
                await Replay(engine, "engine at rest");
            }

            for (var i = 0; i < 4; i++)
            {
                Warm(engine);
            }

            using var ending = new CancellationTokenSource();
            var load = run.Load(settings.Connections, ending.Token);
            await Replay(engine, $"engine under load, {settings.Connections} senders");
            await ending.CancelAsync();
            Line($"{await load:N0} events accepted meanwhile.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Replay(ClusterEngine engine, string beside)
    {
        var before = engine.DatabaseCpu;
        var said = await engine.Replay();
        Line($"{beside}: {said} Server: {(engine.DatabaseCpu - before).TotalSeconds:F1} s of processor time.");
    }

    /// <summary>In this process, whose code has been compiled by the last of them.</summary>
    private static void Warm(ClusterEngine engine)
    {
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var (before, database) = (Environment.CpuUsage.TotalTime, engine.DatabaseCpu);
        var report = new ReplayRun(new PostgresReplayStore(engine.Connection, services.GetRequiredService<Serializer>())).All();
        var (cpu, server) = (Environment.CpuUsage.TotalTime - before, engine.DatabaseCpu - database);
        Line($"the same in one process: {report.Difference?.ToString() ?? "no difference"}, {report.Records:N0} records, {report.RecordsPerSecond:N0} records/s, {cpu.TotalMicroseconds / report.Records:F1} µs of processor time a record, server {server.TotalMicroseconds / report.Records:F1} µs.");
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
