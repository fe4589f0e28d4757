using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Engagement.Faults.Tests.Model;

namespace Engagement.Faults.Tests.Overload;

/// <summary>Pushes on one connection, and pays no heed to being told to wait. What was refused is not sent again.</summary>
internal sealed class Sender(IEngine engine, int lane)
{
    private const int Clients = 10;
    private const int Batch = 400;

    private int _made;

    public long Offered { get; private set; }

    public Dictionary<string, long> Accepted { get; } = [];

    public HashSet<int> RetryAfterSeconds { get; } = [];

    public async Task SendForAsync(TimeSpan duration)
    {
        var since = Stopwatch.StartNew();
        while (since.Elapsed < duration)
        {
            using var body = new StringContent(Lines(), Encoding.UTF8, "application/x-ndjson");
            using var answer = await engine.Ingest.PostAsync("/v1/events", body);
            var text = await answer.Content.ReadAsStringAsync();
            Offered += Batch;
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                Assert.Equal("engine.busy", (string?)JsonNode.Parse(text)!["code"]);
                RetryAfterSeconds.Add((int)answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
                continue;
            }

            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{(int)answer.StatusCode} {text}{engine.Log()}");
            Assert.Equal(Batch, (int)JsonNode.Parse(text)!["accepted"]!);
            for (var i = 0; i < Batch; i++)
            {
                Accepted[Client(i)] = Accepted.GetValueOrDefault(Client(i)) + 1;
            }
        }
    }

    private string Lines()
    {
        var time = ShanghaiTime.Text(Script.Start);
        var lines = new StringBuilder();
        for (var i = 0; i < Batch; i++)
        {
            lines.Append($$"""{"specversion":"1.0","id":"{{++_made}}","source":"overload","type":"cash.moved","subject":"{{Client(i)}}","time":"{{time}}","data":{"amount":1} }""").Append('\n');
        }

        return lines.ToString();
    }

    private string Client(int i) => $"c-{lane}-{i % Clients}";
}
