using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Engagement.Domain;
using HdrHistogram;

namespace Engagement.Bench.Engine.Cluster;

/// <param name="Missing">Prompts of accepted events that no screen has shown.</param>
/// <param name="Busy">Events that were answered <c>429</c>.</param>
/// <param name="Micros">From the instant at which the event was to be sent until its prompt is on the screen.</param>
/// <param name="Accepted">Until its request is answered.</param>
internal sealed record LatencyResult(int PerSecond, long Sent, long Busy, long Missing, LongHistogram Micros, LongHistogram Accepted);

/// <summary>
/// From the instant at which an event was to be sent until its prompt is on the desk that somebody has open. Open loop: every ten
/// milliseconds a request goes out, whether or not earlier ones are answered, and what goes out late counts from when it was to.
/// </summary>
internal sealed class PromptLatency(ClusterEngine engine, int perSecond, Settings settings, TimeProvider time)
{
    private const int TicksPerSecond = 100;
    private const int PromptEvery = 100;
    private const string Campaign = "outflow";
    private static readonly TimeSpan LastPromptsWithin = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, long> expected = [];
    private readonly LongHistogram micros = new(1, 600_000_000, 3);
    private readonly LongHistogram accepted = new(1, 600_000_000, 3);
    private readonly Lock recording = new();
    private readonly Random random = new(104_729);
    private long sent;
    private long busy;
    private bool counts;

    public async Task<LatencyResult> Run()
    {
        var token = await engine.Token("auditor");
        var screens = await Task.WhenAll(Workload.Desks().Select(d => Screen.Open(engine.Address, token, d, Campaign, Seen)));
        using var http = await engine.Client("ingest");
        try
        {
            // The first seconds open connections and are not counted.
            await Send(http, Math.Max(1, settings.WarmUpSeconds / 2));
            await Shown();
            expected.Clear();
            (sent, busy, counts) = (0, 0, true);
            await Send(http, settings.Seconds);
            await Shown();
            return new(perSecond, sent, busy, expected.Count, micros, accepted);
        }
        finally
        {
            foreach (var screen in screens)
            {
                await screen.DisposeAsync();
            }
        }
    }

    private async Task Send(HttpClient http, int seconds)
    {
        var began = time.GetTimestamp();
        List<Task> answers = [];
        for (var tick = 0; tick < seconds * TicksPerSecond; tick++)
        {
            var intended = began + (tick * time.TimestampFrequency / TicksPerSecond);
            while (time.GetElapsedTime(time.GetTimestamp(), intended) is { Ticks: > 0 } early)
            {
                await Task.Delay(early, time);
            }

            var (body, events, prompting) = Body(tick, intended);
            sent += events;
            answers.Add(Deliver(http, body, events, prompting, intended));
        }

        await Task.WhenAll(answers);
    }

    private (byte[] Body, int Events, List<string> Prompting) Body(int tick, long intended)
    {
        var events = (int)(((tick + 1L) * perSecond / TicksPerSecond) - ((long)tick * perSecond / TicksPerSecond));
        var text = new StringBuilder(events * 220);
        List<string> prompting = [];
        for (var i = 0; i < events; i++)
        {
            var client = Workload.ClientOf(random.Next(settings.Clients));
            var (type, data) = Workload.Draw(random, prompts: false);
            // A client who still waits for his prompt is not made to wait for a second one.
            if (random.Next(PromptEvery) == 0 && expected.TryAdd(client, intended))
            {
                (type, data) = Workload.Prompting;
                prompting.Add(client);
            }

            var at = Rfc3339.Format(time.GetUtcNow().ToUnixTimeMilliseconds());
            text.Append(CultureInfo.InvariantCulture, $$"""{"specversion":"1.0","id":"{{intended}}-{{i}}","source":"/bench/latency","type":"{{type}}","subject":"{{client}}","time":"{{at}}","data":{{data}}}""").Append('\n');
        }

        return (Encoding.UTF8.GetBytes(text.ToString()), events, prompting);
    }

    private async Task Deliver(HttpClient http, byte[] body, int events, List<string> prompting, long intended)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-ndjson") } };
        using var answer = await http.PostAsync(new Uri("/v1/events", UriKind.Relative), content);
        if (answer.StatusCode == HttpStatusCode.TooManyRequests)
        {
            Interlocked.Add(ref busy, events);
            prompting.ForEach(p => expected.TryRemove(p, out _));
            return;
        }

        answer.EnsureSuccessStatusCode();
        Record(accepted, intended);
    }

    private void Seen(string client)
    {
        if (expected.TryRemove(client, out var intended))
        {
            Record(micros, intended);
        }
    }

    private void Record(LongHistogram histogram, long intended)
    {
        if (counts)
        {
            lock (recording)
            {
                histogram.RecordValue(Math.Max(1, (long)time.GetElapsedTime(intended).TotalMicroseconds));
            }
        }
    }

    private async Task Shown()
    {
        var since = Stopwatch.StartNew();
        while (!expected.IsEmpty && since.Elapsed < LastPromptsWithin)
        {
            await Task.Delay(20);
        }
    }
}
