using System.Buffers;
using System.Globalization;
using System.Text;
using Engagement.Domain;
using Engagement.Domain.Clients;

namespace Engagement.Engage.Surge;

/// <summary>Makes the events. Same seed, same events; only ids and times are those of the run.</summary>
/// <param name="run">Tells this run's clients from those of earlier ones on the same engine.</param>
internal sealed class SurgeEvents(Profile profile, string run, TimeProvider time)
{
    private const string Source = "/surge";
    private static readonly string[] Symbols = ["600519", "688981", "510300", "000001", "601318", "159915"];

    private readonly Random random = new(profile.Seed);
    private long sent;
    private long opened;

    public static string[] Outlets { get; } = ["surge-1", "surge-2", "surge-3", "surge-4"];

    /// <summary>The clients who are there before it begins, in requests of at most so many.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Beginnings(int eventsMax)
    {
        foreach (var batch in Enumerable.Range(0, profile.Clients).Chunk(eventsMax))
        {
            var body = new ArrayBufferWriter<byte>(batch.Length * 256);
            foreach (var client in batch)
            {
                Write(body, EventTypes.AccountOpened, $"s-{run}-{client}", $$"""{"outlet":"{{Outlets[client % Outlets.Length]}}","channel":"outlet"}""");
            }

            yield return body.WrittenMemory;
        }
    }

    /// <returns>The account that the event opens, otherwise null.</returns>
    public string? Add(string type, IBufferWriter<byte> body)
    {
        if (type == EventTypes.AccountOpened)
        {
            var account = $"n-{run}-{++opened}";
            Write(body, type, account, $$"""{"outlet":"{{Outlets[opened % Outlets.Length]}}","channel":"online"}""");
            return account;
        }

        Write(body, type, $"s-{run}-{random.Next(profile.Clients)}", type switch
        {
            EventTypes.TradeExecuted => string.Create(CultureInfo.InvariantCulture,
                $$"""{"symbol":"{{Symbol()}}","side":"{{(random.Next(2) == 0 ? "buy" : "sell")}}","quantity":{{100 * random.Next(1, 10)}},"price":{{random.Next(200, 4_000) / 100m}},"product":"stock","commission":5}"""),
            EventTypes.CashMoved => $$"""{"amount":{{random.Next(-5_000, 5_000)}}}""",
            _ => $$"""{"page":"quote","symbol":"{{Symbol()}}"}""",
        });
        return null;
    }

    private string Symbol() => Symbols[random.Next(Symbols.Length)];

    private void Write(IBufferWriter<byte> body, string type, string client, string data) => Encoding.UTF8.GetBytes(
        $$"""{"specversion":"1.0","id":"{{run}}-{{++sent}}","source":"{{Source}}","type":"{{type}}","subject":"{{client}}","time":"{{Rfc3339.Format(time.GetUtcNow().ToUnixTimeMilliseconds())}}","data":{{data}}}""" + "\n", body);
}
