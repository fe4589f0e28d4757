using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Engagement.Bench.Engine;

/// <summary>
/// A new segment over many clients who are asleep in the file: how long the preview of it takes, and how long after the publish
/// everybody is under it, with events sent meanwhile or without. What the preview said is compared with what came.
/// </summary>
internal static class RollOverRun
{
    private const string Added = "- { id: bench-added, when: 'client.assets >= 200000.0 && trades.count(\"30d\") > 10' }";
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(50);

    private sealed record RollOut(long Clients, long Done, bool Complete);

    /// <param name="keep">Folder whose data is kept for another run; null: a folder of its own that goes at the end.</param>
    public static async Task Run(int clients, int connections, string? keep, TimeProvider time)
    {
        using var folder = await FilledFolder.Open(keep, clients, time);
        await using var engine = await EngineProcess.StartAsync(folder.Path);
        using var admin = await engine.Client("hq-admin");
        await EngineRun.Settle(admin);
        Line($"{Environment.ProcessorCount} cores, {clients:N0} clients in the file with 50 events behind each; working set {Mebibytes(engine)} MiB.");
        Line($"");
        Line($"| | |");
        Line($"|---|---|");
        var without = EngineRun.Catalogue();
        var with = without.Replace("\nsegments:\n", $"\nsegments:\n{Added}\n", StringComparison.Ordinal);
        await RollOver(engine, admin, "back to 20 segments", without);

        var (cpu, started) = (engine.Cpu, Stopwatch.GetTimestamp());
        var would = await Count(admin, HttpMethod.Post, "/v1/catalogue/preview", with, "would");
        Line($"| preview of one more segment | {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s, {PerClient(engine, cpu, clients):F1} µs of a processor a client |");
        await RollOver(engine, admin, "one more segment", with);
        var members = await Count(admin, HttpMethod.Get, "/v1/segments", null, "members");
        if (members != would)
        {
            throw new InvalidOperationException($"The preview said {would} members, and {members} came.");
        }

        Line($"| members of it, as the preview said | {members:N0} |");
        using var stop = new CancellationTokenSource();
        var lanes = Enumerable.Range(0, connections).Select(lane => Send(engine, new(lane, connections, clients, time), time, stop.Token)).ToList();
        await RollOver(engine, admin, $"without it again, {connections} connections sending", without);
        await stop.CancelAsync();
        var sent = await Task.WhenAll(lanes);
        Line($"| events meanwhile | {sent.Sum(s => s.Events):N0}, slowest answer {sent.Max(s => s.SlowestMs):N0} ms |");
        Line($"| working set at the end | {Mebibytes(engine)} MiB |");
    }

    private static async Task RollOver(EngineProcess engine, HttpClient admin, string what, string catalogue)
    {
        var (cpu, started) = (engine.Cpu, Stopwatch.GetTimestamp());
        await EngineRun.Publish(admin, "catalogue", "application/yaml", catalogue);
        var answered = Stopwatch.GetElapsedTime(started);
        RollOut progress;
        while (!(progress = (await admin.GetFromJsonAsync<RollOut>(new Uri("/v1/catalogue/rollout", UriKind.Relative)))!).Complete)
        {
            await Task.Delay(PollEvery);
        }

        Line($"| {what} | published in {answered.TotalMilliseconds:N0} ms, everybody under it after {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s, {PerClient(engine, cpu, progress.Clients):F1} µs of a processor a client |");
    }

    private static async Task<long> Count(HttpClient admin, HttpMethod method, string path, string? catalogue, string name)
    {
        using var request = new HttpRequestMessage(method, path);
        if (catalogue is not null)
        {
            request.Content = new StringContent(catalogue, Encoding.UTF8, new MediaTypeHeaderValue("application/yaml"));
        }

        using var answer = await admin.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (json.TryGetProperty("segments", out var segments) ? segments : json.GetProperty("items")).EnumerateArray()
            .Single(s => s.GetProperty("id").GetString() == "bench-added").GetProperty(name).GetInt64();
    }

    private static async Task<(long Events, double SlowestMs)> Send(EngineProcess engine, Workload work, TimeProvider time, CancellationToken stop)
    {
        using var http = await engine.Client("ingest");
        var (events, slowest) = (0L, 0.0);
        while (!stop.IsCancellationRequested)
        {
            var started = Stopwatch.GetTimestamp();
            events += await EngineRun.Send(http, work.Next(100), time);
            slowest = Math.Max(slowest, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return (events, slowest);
    }

    private static double PerClient(EngineProcess engine, TimeSpan before, long clients) => (engine.Cpu - before).TotalMicroseconds / clients;

    private static long Mebibytes(EngineProcess engine) => engine.WorkingSetBytes / 1024 / 1024;

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
