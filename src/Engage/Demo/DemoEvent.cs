using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Engagement.Engage.Demo;

/// <summary>One event as it is sent.</summary>
/// <param name="Client">The client's id.</param>
/// <param name="TimeMs">Milliseconds since 1970-01-01T00:00:00Z.</param>
internal readonly record struct DemoEvent(string Id, string Client, long TimeMs, Fact Fact)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes CloudEvents 1.0, one a line (<c>application/x-ndjson</c>).</summary>
    public static void WriteLines(IEnumerable<DemoEvent> events, IBufferWriter<byte> into)
    {
        using var json = new Utf8JsonWriter(into, Options);
        foreach (var one in events)
        {
            one.Write(json);
            json.Flush();
            json.Reset();
            into.Write("\n"u8);
        }
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("specversion", "1.0");
        json.WriteString("id", Id);
        json.WriteString("source", "demo");
        json.WriteString("type", Fact.Type);
        json.WriteString("subject", Client);
        json.WriteString("time", DateTimeOffset.FromUnixTimeMilliseconds(TimeMs));
        json.WriteStartObject("data");
        Fact.Write(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
