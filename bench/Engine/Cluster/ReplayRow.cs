using System.Globalization;
using Engagement.Tests.Postgres;

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

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
