using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;

namespace Engagement.Bench.Engine;

/// <summary>From HTTP to committed effects: every event is counted only once the engine says that it has settled.</summary>
internal sealed class EngineRun(IRunningEngine engine, Settings settings, TimeProvider time)
{
    private const int SettleSeconds = 600;

    private sealed record Progress(long Appended, long Applied, bool Settled);

    private sealed record Answer(int Accepted);

    public async Task<EngineResult> Run()
    {
        using var admin = await engine.Client("hq-admin");
        await Publish(engine);
        var lanes = await Task.WhenAll(Enumerable.Range(0, settings.Connections).Select(async lane =>
            (Http: await engine.Client("ingest"), Work: new Workload(lane, settings.Connections, settings.Clients, time))));
        try
        {
            await Task.WhenAll(lanes.Select(async l =>
            {
                foreach (var body in l.Work.Beginnings(settings.Batch))
                {
                    await Send(l.Http, body, time);
                }
            }));
            await Settle(admin);
            // A warm-up: what compiles, compiles now, and every client has been met.
            await Task.WhenAll(lanes.Select(l => SendFor(l.Http, l.Work, settings.WarmUpSeconds)));
            await Settle(admin);

            var raised = engine.Raised();
            var (cpu, database) = (engine.Cpu, engine.DatabaseCpu);
            var started = Stopwatch.GetTimestamp();
            var events = (await Task.WhenAll(lanes.Select(l => SendFor(l.Http, l.Work, settings.Seconds)))).Sum();
            await Settle(admin);
            return new(new(events, Stopwatch.GetElapsedTime(started), engine.Cpu - cpu, engine.DatabaseCpu - database), engine.Raised() - raised, engine.WorkingSetBytes);
        }
        finally
        {
            foreach (var lane in lanes)
            {
                lane.Http.Dispose();
            }
        }
    }

    /// <summary>The same events again and again, until nobody wants more.</summary>
    /// <returns>Events accepted.</returns>
    public async Task<long> Load(int connections, CancellationToken ending) => (await Task.WhenAll(Enumerable.Range(0, connections).Select(async lane =>
    {
        using var http = await engine.Client("ingest");
        // Clients of lanes beyond those of the run: their events have ids of their own.
        var (work, events) = (new Workload(settings.Connections + lane, (settings.Connections * 2) + connections, settings.Clients, time), 0L);
        while (!ending.IsCancellationRequested)
        {
            events += await Send(http, work.Next(settings.Batch), time);
        }

        return events;
    }))).Sum();

    private async Task<long> SendFor(HttpClient http, Workload work, int seconds)
    {
        var started = Stopwatch.GetTimestamp();
        var events = 0L;
        while (Stopwatch.GetElapsedTime(started).TotalSeconds < seconds)
        {
            events += await Send(http, work.Next(settings.Batch), time);
        }

        return events;
    }

    /// <summary>Sends one request until it is taken.</summary>
    /// <returns>Events accepted: all of them, or the workload is wrong.</returns>
    public static async Task<int> Send(HttpClient http, ReadOnlyMemory<byte> body, TimeProvider time)
    {
        while (true)
        {
            using var content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-ndjson") } };
            using var answer = await http.PostAsync(new Uri("/v1/events", UriKind.Relative), content);
            // After 503 a part may be in the log: all of it is sent again, and counts once.
            if (answer.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
            {
                await Task.Delay(answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1), time);
                continue;
            }

            await Check(answer);
            var accepted = (await answer.Content.ReadFromJsonAsync<Answer>())!.Accepted;
            return accepted == body.Span.Count((byte)'\n') ? accepted : throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
        }
    }

    /// <summary>Organisation and catalogue, each as its first version.</summary>
    public static async Task Publish(IRunningEngine engine)
    {
        using var admin = await engine.Client("hq-admin");
        await Publish(admin, "organisation", "application/json", Workload.Organisation());
        await Publish(admin, "catalogue", "application/yaml", Catalogue());
        await Settle(admin);
    }

    public static async Task Settle(HttpClient admin)
    {
        var progress = await admin.GetFromJsonAsync<Progress>(new Uri($"/v1/progress?wait={SettleSeconds}", UriKind.Relative));
        if (progress is not { Settled: true })
        {
            throw new InvalidOperationException($"The engine did not settle within {SettleSeconds} s: {progress}.");
        }
    }

    public static async Task Publish(HttpClient admin, string name, string type, string text)
    {
        using var content = new StringContent(text, Encoding.UTF8, type);
        using var answer = await admin.PutAsync(new Uri("/v1/" + name, UriKind.Relative), content);
        await Check(answer);
    }

    private static async Task Check(HttpResponseMessage answer)
    {
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{answer.RequestMessage!.RequestUri}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }

    public static string Catalogue()
    {
        using var reader = new StreamReader(typeof(EngineRun).Assembly.GetManifestResourceStream("catalogue.yaml")!);
        return reader.ReadToEnd();
    }
}

internal sealed record EngineResult(Measured Measured, long Raised, long WorkingSetBytes);
