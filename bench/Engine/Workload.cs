using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Engagement.Domain;

namespace Engagement.Bench.Engine;

/// <summary>
/// What is sent: clients' beginnings, and then a market morning of about 200 bytes an event, of which one in a hundred is a
/// large withdrawal that raises a prompt. Same seed, same events; only their times are those of the run.
/// </summary>
internal sealed class Workload(int lane, int lanes, int clients, TimeProvider time)
{
    private const int Outlets = 4;
    private const int AdvisorsAnOutlet = 20;
    private const int AdvisorCapacity = 200;
    public const string Source = "/bench";

    private static readonly string[] Symbols = ["600519", "300750", "688981", "510300", "000001", "601318", "688041", "159915"];

    private static readonly string[] Licences = ["advice"];

    private readonly Random random = new(7_919 + lane);
    private readonly ArrayBufferWriter<byte> buffer = new(512 * 1024);
    private long sent;

    /// <summary>The clients of this lane. No other lane sends for them, so that each client's events arrive in order.</summary>
    private int Clients => (clients - lane + lanes - 1) / lanes;

    /// <summary>Account, valuation and consent of every client of this lane, in requests of at most so many events.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Beginnings(int eventsMax)
    {
        var events = 0;
        buffer.ResetWrittenCount();
        for (var i = 0; i < Clients; i++)
        {
            var client = ClientAt(i);
            Line(client, "account.opened", $$"""{"outlet":"o-{{i % Outlets}}","channel":"online","risk":{{1 + (i % 5)}},"riskValidUntil":"2099-01-01","consents":["phone","advisor","app"]}""");
            Line(client, "assets.valued", $$"""{"total":{{10_000 + (random.Next(100) * 10_000)}}}""");
            events += 2;
            if (events + 2 > eventsMax || i == Clients - 1)
            {
                yield return buffer.WrittenMemory;
                buffer.ResetWrittenCount();
                events = 0;
            }
        }
    }

    /// <summary>The next request. Valid until the one after it is asked for.</summary>
    public ReadOnlyMemory<byte> Next(int events)
    {
        buffer.ResetWrittenCount();
        for (var i = 0; i < events; i++)
        {
            var (type, data) = Draw(random);
            Line(ClientAt(random.Next(Clients)), type, data);
        }

        return buffer.WrittenMemory;
    }

    /// <summary>The tree with room for everybody whom the valuations give an advisor.</summary>
    public static string Organisation() => JsonSerializer.Serialize(new
    {
        branches = new[]
        {
            new
            {
                id = "hn",
                name = new { zh = "华南分公司", en = "South China" },
                province = 440000,
                mode = "linked",
                kpi = "share",
                outlets = Enumerable.Range(0, Outlets).Select(o => new
                {
                    id = $"o-{o}",
                    advisors = Enumerable.Range(0, AdvisorsAnOutlet).Select(a => new { id = $"a-{o}-{a:00}", name = "a", capacity = AdvisorCapacity, status = "active", licences = Licences }),
                }),
            },
        },
        defaults = new { advisorFrom = 500_000, intensiveBelow = 50_000, capacity = AdvisorCapacity },
    });

    /// <summary>One visit of each client, in requests of so many events.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Visits(int events)
    {
        foreach (var batch in Enumerable.Range(0, Clients).Chunk(events))
        {
            buffer.ResetWrittenCount();
            foreach (var i in batch)
            {
                Line(ClientAt(i), "app.active", "{}");
            }

            yield return buffer.WrittenMemory;
        }
    }

    public static string ClientOf(int number) => $"c-{number:000000}";

    private string ClientAt(int i) => ClientOf((i * lanes) + lane);

    /// <summary>A withdrawal that raises a prompt on the client's desk.</summary>
    public static readonly (string Type, string Data) Prompting = ("cash.moved", """{"amount":-120000}""");

    /// <summary>Every desk of the tree.</summary>
    public static IEnumerable<string> Desks() => Enumerable.Range(0, Outlets).SelectMany(o =>
        Enumerable.Range(0, AdvisorsAnOutlet).Select(a => $"advisor:a-{o}-{a:00}").Prepend($"outlet:o-{o}"));

    /// <param name="prompts">False: whoever asks adds the withdrawals that raise prompts.</param>
    public static (string Type, string Data) Draw(Random random, bool prompts = true) => random.Next(prompts ? 0 : 1, 100) switch
    {
        0 => Prompting,
        < 10 => ("cash.moved", $$"""{"amount":{{random.Next(1, 5_000)}}}"""),
        < 40 => ("app.active", $$"""{"page":"quote","symbol":"{{Symbol(random)}}"}"""),
        _ => ("trade.executed", string.Create(CultureInfo.InvariantCulture,
            $$"""{"symbol":"{{Symbol(random)}}","side":"{{(random.Next(2) == 0 ? "buy" : "sell")}}","quantity":{{100 * random.Next(1, 10)}},"price":{{random.Next(200, 4_000) / 100m}},"product":"stock","commission":5}""")),
    };

    private static string Symbol(Random random) => Symbols[random.Next(Symbols.Length)];

    private void Line(string client, string type, string data)
    {
        var now = Rfc3339.Format(time.GetUtcNow().ToUnixTimeMilliseconds());
        Encoding.UTF8.GetBytes(
            $$"""{"specversion":"1.0","id":"{{lane}}-{{++sent}}","source":"{{Source}}","type":"{{type}}","subject":"{{client}}","time":"{{now}}","data":{{data}}}""", buffer);
        buffer.Write("\n"u8);
    }
}
