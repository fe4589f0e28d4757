using System.Diagnostics;
using System.Globalization;

namespace Engagement.Bench.Engine;

/// <summary>Memory: many clients with 50 events of history each, first asleep in the file, then woken one and all by an event.</summary>
internal static class ResidentRun
{
    /// <param name="awake">How many of them the engine keeps ready to work; the others rest packed.</param>
    /// <param name="keep">Folder whose clients are kept for another run; null: one of its own that goes at the end.</param>
    public static async Task Run(int clients, int awake, string? keep, TimeProvider time)
    {
        Environment.SetEnvironmentVariable("Engagement__ResidentMax", (clients * 2).ToString(CultureInfo.InvariantCulture));
        Environment.SetEnvironmentVariable("Engagement__AwakeMax", awake.ToString(CultureInfo.InvariantCulture));
        using var folder = await FilledFolder.OpenCopy(keep, clients, time);
        await using var resident = await EngineProcess.StartAsync(folder.Path);
        using var http = await resident.Client("ingest");
        using var admin = await resident.Client("hq-admin");
        await EngineRun.Settle(admin);
        var asleep = resident.WorkingSetBytes;
        var (started, cpu, slowest) = (Stopwatch.GetTimestamp(), resident.Cpu, TimeSpan.Zero);
        var workload = new Workload(0, 1, clients, time);
        foreach (var body in workload.Visits(1_000))
        {
            var sent = Stopwatch.GetTimestamp();
            await EngineRun.Send(http, body, time);
            slowest = Stopwatch.GetElapsedTime(sent) is var took && took > slowest ? took : slowest;
        }

        await EngineRun.Settle(admin);
        var (elapsed, used) = (Stopwatch.GetElapsedTime(started), resident.Cpu - cpu);
        var afterwards = resident.WorkingSetBytes;
        Line($"| {clients:N0} clients with 50 events of history each, at most {awake:N0} awake | |");
        Line($"|---|---|");
        Line($"| a snapshot with the hashes of the last events, in the file | {folder.SnapshotBytes:N0} bytes |");
        Line($"| working set, everybody asleep | {asleep / 1048576.0:N0} MiB |");
        Line($"| working set, everybody woken by one event | {afterwards / 1048576.0:N0} MiB |");
        Line($"| of it a client | {(double)afterwards / clients:N0} bytes |");
        Line($"| woken and applied | {clients / elapsed.TotalSeconds:N0} clients/s, {used.TotalMicroseconds / clients:N0} µs of processor time each |");
        Line($"| slowest answer to 1,000 of them | {slowest.TotalMilliseconds:N0} ms |");
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
