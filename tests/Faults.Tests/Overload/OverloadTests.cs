using System.Globalization;
using System.Text.Json.Nodes;
using Engagement.Faults.Tests.Model;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace Engagement.Faults.Tests.Overload;

/// <summary>
/// More than the engine can work off, for as long as it lasts: refused with 429 and an honest time, nothing that was accepted
/// lost or taken twice, memory flat. Longer: set ENGAGEMENT_OVERLOAD_SECONDS.
/// </summary>
public sealed class OverloadTests(ITestOutputHelper output)
{
    private const int Senders = 8;
    private const long GrowthBytesMax = 400L * 1024 * 1024;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(
        int.TryParse(Environment.GetEnvironmentVariable("ENGAGEMENT_OVERLOAD_SECONDS"), CultureInfo.InvariantCulture, out var seconds) ? seconds : 8);

    private static readonly TimeSpan LiveWithin = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Engine_SentMoreThanItSustains_RefusesTheRestAndKeepsWhatItTook()
    {
        await using var engine = await Engine.StartAsync(Script.Start, ("Engagement__QueueMax", "1000"), ("Engagement__TurnMax", "200"));
        var senders = Enumerable.Range(0, Senders).Select(lane => new Sender(engine, lane)).ToList();
        await Task.WhenAll(senders.Select(s => s.SendForAsync(Duration / 4)));
        var before = engine.WorkingSetBytes;

        using var over = new CancellationTokenSource();
        var live = StaysLiveAsync(engine, over.Token);
        var peak = PeakAsync(engine, over.Token);
        await Task.WhenAll(senders.Select(s => s.SendForAsync(Duration)));
        await over.CancelAsync();
        var (beats, grown) = (await live, await peak - before);
        await new Player(engine).SettleAsync();

        var offered = senders.Sum(s => s.Offered);
        var accepted = senders.Sum(s => s.Accepted.Values.Sum());
        var waits = senders.SelectMany(s => s.RetryAfterSeconds).ToHashSet();
        output.WriteLine($"offered {offered:N0}, accepted {accepted:N0}, Retry-After {string.Join(", ", waits.Order())} s, grown by {grown / 1024 / 1024} MiB from {before / 1024 / 1024}, live {beats} times");
        Assert.True(offered >= 3 * accepted, $"offered {offered}, accepted {accepted}");
        Assert.All(waits, seconds => Assert.InRange(seconds, 1, 30));
        Assert.True(beats > 0);
        Assert.True(grown < GrowthBytesMax, $"grown by {grown} bytes");
        await AppliedOnceAsync(engine, senders.SelectMany(s => s.Accepted).ToDictionary());
        engine.Passed();
    }

    private static async Task<int> StaysLiveAsync(Engine engine, CancellationToken over)
    {
        using var http = new HttpClient { BaseAddress = engine.Ingest.BaseAddress, Timeout = LiveWithin };
        var beats = 0;
        while (!over.IsCancellationRequested)
        {
            using var answer = await http.GetAsync(new Uri("/health/live", UriKind.Relative), CancellationToken.None);
            Assert.True(answer.IsSuccessStatusCode);
            beats++;
            await Task.Delay(50, CancellationToken.None);
        }

        return beats;
    }

    private static async Task<long> PeakAsync(Engine engine, CancellationToken over)
    {
        var peak = 0L;
        while (!over.IsCancellationRequested)
        {
            peak = Math.Max(peak, engine.WorkingSetBytes);
            await Task.Delay(100, CancellationToken.None);
        }

        return peak;
    }

    /// <summary>Each event moved one yuan: the log counts them, and so do the client's assets.</summary>
    private static async Task AppliedOnceAsync(Engine engine, Dictionary<string, long> accepted)
    {
        using var connection = new SqliteConnection($"Data Source={engine.DatabaseFile};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select client, count(*), count(distinct id) from log where kind = 1 group by client";
        using var rows = command.ExecuteReader();
        Dictionary<string, (long, long)> logged = [];
        while (rows.Read())
        {
            logged[rows.GetString(0)] = (rows.GetInt64(1), rows.GetInt64(2));
        }

        Assert.Equal(accepted.ToDictionary(a => a.Key, a => (a.Value, a.Value)), logged);
        var reader = new Reader(engine);
        foreach (var (client, events) in accepted)
        {
            JsonNode found = await reader.GetAsync($"/v1/clients/{client}");
            Assert.Equal(events, (decimal)found["assets"]!);
        }
    }
}
