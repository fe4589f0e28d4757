using System.Text.Json.Nodes;
using Engagement.Faults.Tests.Model;

namespace Engagement.Faults.Tests;

/// <summary>
/// A seeded stream of valid events of every type: late ones, some ahead of the clock, repeats near and from beyond the
/// remembered ones, and clients whom no <c>account.opened</c> ever names.
/// </summary>
internal sealed class EventStream(SeededRandom random, StreamShape shape)
{
    /// <summary>One client with so many events that a repeat can come from beyond the last 128.</summary>
    private const int Busiest = 0;
    private const int NearRepeat = 100;
    private const int FarRepeat = 160;

    private readonly Dictionary<int, List<SentEvent>> _sent = [];
    private readonly EventData _data = new(random, shape.NearBoundOneIn);
    private int _made;

    public SentEvent Next(long now)
    {
        var number = random.Chance(2) ? Busiest : random.Next(shape.Clients);
        if (!_sent.TryGetValue(number, out var sent))
        {
            _sent[number] = sent = [];
        }

        var repeated = random.Chance(4) ? Repeat(sent) : null;
        var e = repeated ?? Make(number, now, opens: sent.Count == 0 ? random.Chance(90) : random.Chance(2));
        if (repeated is null)
        {
            sent.Add(e);
        }

        return e;
    }

    /// <summary>Something that may end what somebody has just done to a prompt of the client: a permission, or the desk.</summary>
    public SentEvent After(string client, long now)
    {
        var type = random.Pick("consent.changed", "consent.changed", "status.changed", "profile.changed", "risk.assessed");
        JsonObject data = type switch
        {
            "consent.changed" => new() { ["channel"] = random.Pick("phone", "app", "automation"), ["granted"] = random.Chance(40) },
            "status.changed" => new() { ["status"] = random.Pick("active", "frozen") },
            "profile.changed" => new() { ["outlet"] = random.Pick("north-001", "south-001", "north-002") },
            _ => new() { ["level"] = random.Between(1, 5), ["validUntil"] = ShanghaiTime.DateOf(now).ToString("yyyy-MM-dd") },
        };
        return new("desk", $"e-{++_made}", type, client, now, ShanghaiTime.Text(now), Wire(data));
    }

    /// <summary>Never from around the 128th: there the answer would depend on how often a batch was sent.</summary>
    private SentEvent? Repeat(List<SentEvent> sent)
    {
        if (sent.Count == 0)
        {
            return null;
        }

        var far = sent.Count > FarRepeat && random.Chance(50);
        var e = far ? sent[random.Next(sent.Count - FarRepeat)] : sent[^random.Between(1, Math.Min(sent.Count, NearRepeat))];
        if (far)
        {
            // Accepted anew, so it stands among the last ones again.
            sent.Remove(e);
            sent.Add(e);
            return e;
        }

        // What makes a repeat is its source and id, whatever else it says.
        return random.Chance(30) ? random.Pick([.. sent]) with { Source = e.Source, Id = e.Id } : e;
    }

    private SentEvent Make(int number, long now, bool opens)
    {
        _made++;
        var (type, data) = _data.Next(number, now, opens && number % 20 != 19);
        var time = Time(now);
        return new(random.Pick("core", "app"), $"e-{_made}", type, $"c-{number:0000}", time, Text(time), Wire(data));
    }

    /// <summary>The model reads what goes over the wire, not what it was made from.</summary>
    private static JsonObject Wire(JsonObject data) => JsonNode.Parse(data.ToJsonString())!.AsObject();

    private long Time(long now) => random.Next(100) switch
    {
        < 60 => now - random.Next(60_000),
        < 70 => now + random.Next((int)(5 * ShanghaiTime.Minute)),
        < 85 => now - random.Next((int)(6 * ShanghaiTime.Hour)),
        < 97 => now - random.Next((int)(4 * ShanghaiTime.Day)),
        _ => now - (random.Between(5, 700) * ShanghaiTime.Day) - random.Next((int)ShanghaiTime.Day),
    };

    /// <summary>The same instant in several spellings; digits below the millisecond are cut.</summary>
    private string Text(long time) => random.Next(4) switch
    {
        0 => DateTimeOffset.FromUnixTimeMilliseconds(time).ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+08:00'"),
        1 => ShanghaiTime.Text(time)[..^1] + "987Z",
        _ => ShanghaiTime.Text(time),
    };
}
