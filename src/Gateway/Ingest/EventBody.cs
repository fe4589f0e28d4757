using System.IO.Compression;
using System.Text.Json;
using Engagement.Domain.Clients;
using Microsoft.AspNetCore.Http.Features;

namespace Engagement.Gateway.Ingest;

/// <summary>A request's body, read within its limits and cut into events, or why it could not be.</summary>
internal static class EventBody
{
    public const int BytesMax = 16 * 1024 * 1024;
    public const int EventsMax = 10_000;

    private const int PieceBytes = 64 * 1024;

    // Deep enough that an event which is too deep can be refused alone; no JSON of people comes near.
    private const int SplitDepthMax = 1_024;

    private const string Single = "application/cloudevents+json";
    private const string Batch = "application/cloudevents-batch+json";
    private const string Lines = "application/x-ndjson";

    public static async Task<(IReadOnlyList<ReadOnlyMemory<byte>> Events, IResult? Refusal)> Read(
        HttpRequest request, IngestRoom room, IngestRoom.Share share, CancellationToken cancellation)
    {
        var type = request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();
        if (type is not (Single or Batch or Lines))
        {
            return ([], Problems.Of(415, "request.content.type", $"Events come as {Single}, {Batch} or {Lines}."));
        }

        if (room.IsFull)
        {
            return ([], Busy(room.RetryAfterSeconds));
        }

        var (body, refusal) = await ReadBody(request, room, share, cancellation);
        if (refusal is not null)
        {
            return ([], refusal);
        }

        if (body.Span.StartsWith("\uFEFF"u8))
        {
            body = body[3..];
        }

        var events = type switch
        {
            Single => body.Length == 0 ? null : [body],
            Batch => SplitArray(body),
            _ => SplitLines(body),
        };
        return events is null ? ([], Problems.Of(400, "request.unreadable", "The body cannot be split into events: it is empty, or an array that is no valid JSON or holds an event over 32 KiB."))
            : events.Count > EventsMax ? ([], Problems.Of(413, "request.too.large", $"A request holds at most {EventsMax} events."))
            : (events, null);
    }

    public static IResult Busy(int retryAfterSeconds) =>
        Problems.Of(429, "engine.busy", "The engine has more than it can work off; nothing of this was appended. Send it again later.", retryAfterSeconds);

    private static async Task<(ReadOnlyMemory<byte> Body, IResult? Refusal)> ReadBody(
        HttpRequest request, IngestRoom room, IngestRoom.Share share, CancellationToken cancellation)
    {
        var encoding = request.Headers.ContentEncoding.ToString().Trim().ToLowerInvariant();
        if (encoding is not ("" or "identity" or "gzip"))
        {
            return (default, Problems.Of(415, "request.content.type", "Content-Encoding may be gzip."));
        }

        // Beyond the limit it is not read on but let run out: the server would cut off whoever still sends, before he can read why.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        // It grows with what comes, for which room was taken; a length that is only announced takes none.
        using var buffer = new MemoryStream(PieceBytes);
        try
        {
            var end = encoding == "gzip" ? new GzipEnd(request.Body) : null;
            await using var gzip = end is null ? null : new GZipStream(end, CompressionMode.Decompress);
            var source = gzip ?? request.Body;
            var piece = new byte[PieceBytes];
            int read;
            while ((read = await source.ReadAsync(piece, cancellation)) > 0)
            {
                // Counted after inflation: a small request may hold a large one.
                if (buffer.Length + read > BytesMax)
                {
                    return (default, Problems.Of(413, "request.too.large", "A request is at most 16 MiB, after inflation."));
                }

                if (!share.TryTakeBytes(read))
                {
                    return (default, Busy(room.RetryAfterSeconds));
                }

                buffer.Write(piece, 0, read);
            }

            if (end?.IsWhole(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)) == false)
            {
                throw new InvalidDataException();
            }
        }
        catch (InvalidDataException)
        {
            return (default, Problems.Of(400, "request.unreadable", "The body is not valid gzip, or was cut off."));
        }

        return (buffer.GetBuffer().AsMemory(0, (int)buffer.Length), null);
    }

    private static List<ReadOnlyMemory<byte>>? SplitArray(ReadOnlyMemory<byte> body)
    {
        if (!System.Text.Unicode.Utf8.IsValid(body.Span))
        {
            return null;
        }

        var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = SplitDepthMax });
        List<ReadOnlyMemory<byte>> events = [];
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                if (reader.BytesConsumed - start > EventReader.EventBytesMax)
                {
                    return null;
                }

                events.Add(body[start..(int)reader.BytesConsumed]);
            }

            // Nothing may follow the array.
            return reader.Read() ? null : events;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static List<ReadOnlyMemory<byte>> SplitLines(ReadOnlyMemory<byte> body)
    {
        List<ReadOnlyMemory<byte>> events = [];
        while (body.Length > 0)
        {
            var end = body.Span.IndexOf((byte)'\n');
            var line = end < 0 ? body : body[..end];
            body = end < 0 ? default : body[(end + 1)..];
            var blank = line.Span.Trim(" \t\r"u8).IsEmpty;
            if (!blank)
            {
                events.Add(line);
            }
        }

        return events;
    }
}
