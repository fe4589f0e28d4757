using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Engagement.Domain.Clients;

/// <summary>Reads one CloudEvent in JSON and checks it against the contract. Pure: the engine's clock is an argument.</summary>
public static class EventReader
{
    public const int EventBytesMax = 32 * 1024;
    public const int DepthMax = 32;
    public const long FutureMsMax = 5 * 60_000;
    public const long PastMsMax = 800 * Shanghai.DayMs;

    private const int SourceLengthMax = 256;

    /// <summary>Reads an event.</summary>
    /// <param name="utf8">The event's bytes.</param>
    /// <param name="nowMs">The engine's clock.</param>
    /// <param name="id">The event's id where it could be read, also of a refused event.</param>
    /// <param name="read">The event, where it is good.</param>
    /// <returns>Null where it is good; otherwise why not.</returns>
    public static EventRefusal? TryRead(ReadOnlyMemory<byte> utf8, long nowMs, out string? id, out IncomingEvent? read)
    {
        id = null;
        read = null;
        if (utf8.Length > EventBytesMax)
        {
            return new(EventRefusal.TooLarge, $"an event is at most {EventBytesMax} bytes, this one has {utf8.Length}");
        }

        if (!System.Text.Unicode.Utf8.IsValid(utf8.Span))
        {
            return new(EventRefusal.JsonInvalid, "the event is not valid UTF-8");
        }

        try
        {
            // Of two fields of one name, one would be checked and both kept.
            using var document = JsonDocument.Parse(utf8, new() { MaxDepth = DepthMax, AllowDuplicateProperties = false });
            return ReadDocument(document.RootElement, nowMs, out id, out read);
        }
        catch (JsonException e)
        {
            return DepthOf(utf8.Span) > DepthMax
                ? new(EventRefusal.TooDeep, $"an event is nested at most {DepthMax} levels deep")
                : new(EventRefusal.JsonInvalid, e.BytePositionInLine is { } at ? $"not valid JSON at byte {at}" : "a name stands twice in one object");
        }
        catch (InvalidOperationException)
        {
            // How the parser says that an escape names half of a surrogate pair, wherever that stands.
            return new(EventRefusal.JsonInvalid, "a string holds half of a surrogate pair");
        }
    }

    private static EventRefusal? ReadDocument(JsonElement root, long nowMs, out string? id, out IncomingEvent? read)
    {
        id = null;
        read = null;
        if (root.ValueKind != JsonValueKind.Object)
        {
            return new(EventRefusal.JsonInvalid, "an event is a JSON object");
        }

        if (root.TryGetProperty("id", out var idElement) && idElement.ValueKind == JsonValueKind.String && TryText(idElement, out var text) && text.Length <= 256)
        {
            id = text;
        }

        if (Attribute(root, "specversion", out var version) is { } a)
        {
            return a;
        }

        if (version != "1.0")
        {
            return new(EventRefusal.AttributeInvalid, "specversion must be \"1.0\"");
        }

        string source = "", type = "", subject = "", time = "";
        if ((Attribute(root, "id", out var eventId) ?? Attribute(root, "source", out source) ?? Attribute(root, "type", out type)
            ?? Attribute(root, "subject", out subject) ?? Attribute(root, "time", out time)) is { } b)
        {
            return b;
        }

        if (!root.TryGetProperty("data", out var data))
        {
            return new(EventRefusal.AttributeMissing, "data is missing");
        }

        if (!Ids.IsValid(eventId))
        {
            return new(EventRefusal.AttributeInvalid, "id must be 1 to 64 characters of A-Z a-z 0-9 . _ : -");
        }

        if (!Ids.IsValid(subject))
        {
            return new(EventRefusal.AttributeInvalid, "subject must be 1 to 64 characters of A-Z a-z 0-9 . _ : -");
        }

        if (source.Length is 0 or > SourceLengthMax || source.AsSpan().ContainsAnyInRange('\0', ' '))
        {
            return new(EventRefusal.AttributeInvalid, $"source must be a URI reference of 1 to {SourceLengthMax} characters");
        }

        if (!Rfc3339.TryParse(time, out var timeMs))
        {
            return new(EventRefusal.AttributeInvalid, "time must be an RFC 3339 timestamp with a zone");
        }

        if (!EventTypes.IsKnown(type))
        {
            return new(EventRefusal.TypeUnknown, $"the type '{(type.Length > 64 ? type[..64] : type)}' is not known");
        }

        if (data.ValueKind != JsonValueKind.Object)
        {
            return new(EventRefusal.DataInvalid, "data must be an object");
        }

        if ((TimeRefusal("time", timeMs, nowMs) ?? EventSchema.Check(type, data, nowMs)) is { } refusal)
        {
            return refusal;
        }

        read = new(subject, source, eventId, type, timeMs, WithoutPersonal(type, data, out var personal), personal);
        return null;
    }

    internal static EventRefusal? TimeRefusal(string field, long ms, long nowMs) =>
        ms > nowMs + FutureMsMax ? new(EventRefusal.TimeFuture, $"{field} is more than 5 minutes ahead of the engine's clock ({Rfc3339.Format(nowMs)})")
        : ms < nowMs - PastMsMax ? new(EventRefusal.TimePast, $"{field} is more than 800 days behind the engine's clock ({Rfc3339.Format(nowMs)})")
        : null;

    /// <summary>A JSON string may hold half of a surrogate pair, which is no text.</summary>
    internal static bool TryText(JsonElement element, out string text)
    {
        try
        {
            text = element.GetString() ?? "";
            return true;
        }
        catch (InvalidOperationException)
        {
            text = "";
            return false;
        }
    }

    private static EventRefusal? Attribute(JsonElement root, string name, out string text)
    {
        text = "";
        return !root.TryGetProperty(name, out var element) || element.ValueKind == JsonValueKind.Null ? new(EventRefusal.AttributeMissing, $"{name} is missing")
            : element.ValueKind != JsonValueKind.String || !TryKnown(element, out text) ? new(EventRefusal.AttributeInvalid, $"{name} must be a string")
            : null;
    }

    /// <summary>Types and the version are the same texts again and again: those that are known are not made anew.</summary>
    private static bool TryKnown(JsonElement element, out string text)
    {
        var utf8 = JsonMarshal.GetRawUtf8Value(element)[1..^1];
        text = utf8.SequenceEqual("1.0"u8) ? "1.0" : EventTypes.Find(utf8) ?? "";
        return text.Length > 0 || TryText(element, out text);
    }

    private static byte[] WithoutPersonal(string type, JsonElement data, out PersonalFields? personal)
    {
        personal = null;
        var profile = type is EventTypes.AccountOpened or EventTypes.ProfileChanged;
        var raw = JsonMarshal.GetRawUtf8Value(data);
        // Escapes go through the writer, which refuses half of a surrogate pair: no later reader must stumble over one.
        if (!profile && !raw.Contains((byte)'\\'))
        {
            return raw.ToArray();
        }

        var buffer = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer, new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        writer.WriteStartObject();
        foreach (var property in data.EnumerateObject())
        {
            if (profile && property.Name is "name" or "phone" or "birthDate")
            {
                if (property.Value.ValueKind == JsonValueKind.String)
                {
                    var value = property.Value.GetString()!;
                    var known = personal ?? PersonalFields.None;
                    personal = property.Name switch
                    {
                        "name" => known with { Name = value },
                        "phone" => known with { Phone = value },
                        _ => known with { BirthDate = Rfc3339.TryParseDate(value, out var date) ? date : null },
                    };
                }

                continue;
            }

            property.WriteTo(writer);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Levels of nesting, without a limit of its own so that a deep event is told from a broken one.</summary>
    private static int DepthOf(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = EventBytesMax });
        var depth = 0;
        try
        {
            while (reader.Read())
            {
                // A container's own depth is one less than that of what it holds.
                depth = Math.Max(depth, reader.CurrentDepth + (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? 1 : 0));
            }
        }
        catch (JsonException)
        {
            // Broken: the parser says where.
            return depth;
        }

        return depth;
    }
}
