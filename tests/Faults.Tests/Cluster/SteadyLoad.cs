using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Engagement.Faults.Tests.Model;

namespace Engagement.Faults.Tests.Cluster;

/// <summary>
/// Senders who each send one batch after the other to clients of all shards, and repeat a batch until it is accepted, as a feed
/// does. Each event moves one yuan, so that a client's assets are the number of his events that had their effect.
/// </summary>
internal sealed class SteadyLoad : IAsyncDisposable
{
    public const int Clients = 200;
    private const int Senders = 3;

    private readonly RunningCluster cluster;
    private readonly CancellationTokenSource ending = new();
    private readonly CancellationTokenSource abandoned = new();
    private readonly List<string> refused = [];
    private readonly long[] accepted = new long[Senders];
    private readonly long[] perClient = new long[Clients];
    private readonly Task[] senders;

    public SteadyLoad(RunningCluster cluster)
    {
        this.cluster = cluster;
        senders = [.. Enumerable.Range(0, Senders).Select(s => Task.Run(() => Send(s)))];
    }

    /// <summary>Answers that were no acceptance.</summary>
    public IReadOnlyList<string> Refused
    {
        get
        {
            lock (refused)
            {
                return [.. refused];
            }
        }
    }

    public long Sent(int client) => Interlocked.Read(ref perClient[client]);

    /// <summary>Waits until every sender has had a batch accepted that he began after now.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> Goes(TimeSpan within)
    {
        // The batch that is under way may have been begun before.
        var (since, from) = (Stopwatch.StartNew(), Enumerable.Range(0, Senders).Select(s => Interlocked.Read(ref accepted[s])).ToArray());
        while (Enumerable.Range(0, Senders).Any(s => Interlocked.Read(ref accepted[s]) < from[s] + 2))
        {
            Assert.True(since.Elapsed < within, $"Not every sender goes on: {string.Join(" | ", Refused.TakeLast(5))}{cluster.Log()}");
            if (senders.FirstOrDefault(s => s.IsFaulted) is { } failed)
            {
                await failed;
            }

            await Task.Delay(20);
        }

        return since.Elapsed;
    }

    /// <summary>Ends when every batch that was begun is accepted.</summary>
    public async Task EndAsync()
    {
        await ending.CancelAsync();
        await Task.WhenAll(senders);
    }

    public async ValueTask DisposeAsync()
    {
        // After a failure there may be nobody left who could accept what is under way.
        await ending.CancelAsync();
        await abandoned.CancelAsync();
        await Task.WhenAll(senders).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Dispose();
        abandoned.Dispose();
    }

    private async Task Send(int sender)
    {
        for (var batch = 0; !ending.IsCancellationRequested; batch++)
        {
            var at = ShanghaiTime.Text(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
            var body = new JsonArray([.. Enumerable.Range(0, Clients / 2).Select(i => Event(sender, batch, (2 * i) + (batch % 2), at))]).ToJsonString();
            while (!await TrySend(cluster.IngestAt((sender + batch) % cluster.Gateways), body))
            {
                await Task.Delay(100, abandoned.Token);
            }

            for (var i = 0; i < Clients / 2; i++)
            {
                Interlocked.Increment(ref perClient[(2 * i) + (batch % 2)]);
            }

            Interlocked.Increment(ref accepted[sender]);
        }
    }

    private async Task<bool> TrySend(HttpClient http, string body)
    {
        try
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/cloudevents-batch+json");
            using var answer = await http.PostAsync("/v1/events", content, abandoned.Token);
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                Assert.Equal(Clients / 2, (int)JsonNode.Parse(text)!["accepted"]!);
                return true;
            }

            // Nothing but this may be answered while something is away.
            Assert.True(answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests, $"{(int)answer.StatusCode} {text}{cluster.Log()}");
            Note($"{(int)answer.StatusCode}");
        }
        catch (HttpRequestException e)
        {
            Note(e.Message);
        }

        return false;
    }

    private void Note(string answer)
    {
        lock (refused)
        {
            refused.Add(answer);
        }
    }

    private static JsonObject Event(int sender, int batch, int client, string at) => new JsonObject
    {
        ["specversion"] = "1.0", ["id"] = $"{sender}-{batch}-{client}", ["source"] = "load", ["type"] = "cash.moved", ["subject"] = $"c-{client}", ["time"] = at,
        ["data"] = new JsonObject { ["amount"] = 1 },
    };
}
