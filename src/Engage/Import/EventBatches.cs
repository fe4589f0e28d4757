using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Engagement.Engage.Import;

/// <summary>
/// Cuts a file into requests. A request holds at most 128 events of one client: so many the engine knows again, and whatever
/// becomes of an answer, a request that is sent once more changes nothing.
/// </summary>
/// <param name="line">Lines that were read before.</param>
internal sealed class EventBatches(LineReader lines, long line, int eventsMax)
{
    public const int EventsMax = 10_000;
    private const int BytesMax = 8 * 1024 * 1024;
    private const int RepeatsKnown = 128;

    private readonly ArrayBufferWriter<byte> body = new();
    private readonly List<long> numbers = [];
    private readonly Dictionary<string, int> clients = [];
    private (long Offset, long Line) before = (lines.Offset, line);
    private bool held;
    private ReadOnlyMemory<byte> text;

    /// <returns>Null at the end. What was returned before is good no more.</returns>
    public EventBatch? Next()
    {
        body.ResetWrittenCount();
        numbers.Clear();
        clients.Clear();
        while (held || lines.TryRead(out text))
        {
            held = false;
            if (text.Span.Trim(" \t\r"u8).IsEmpty)
            {
                before = (lines.Offset, before.Line + 1);
                continue;
            }

            if (!TryTake())
            {
                held = true;
                break;
            }
        }

        return numbers.Count > 0 ? new(body.WrittenMemory, numbers, before.Offset, before.Line) : null;
    }

    private bool TryTake()
    {
        if (numbers.Count == eventsMax || body.WrittenCount + text.Length >= BytesMax)
        {
            return false;
        }

        if (Client(text.Span) is { } client)
        {
            ref var events = ref CollectionsMarshal.GetValueRefOrAddDefault(clients, client, out _);
            if (events == RepeatsKnown)
            {
                return false;
            }

            events++;
        }

        before = (lines.Offset, before.Line + 1);
        numbers.Add(before.Line);
        body.Write(text.Span);
        body.Write("\n"u8);
        return true;
    }

    /// <returns>Null where the line is no event; the engine says why.</returns>
    private static string? Client(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
                {
                    var subject = reader.ValueTextEquals("subject"u8);
                    reader.Read();
                    if (subject)
                    {
                        return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                    }

                    reader.Skip();
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
        }

        return null;
    }
}
