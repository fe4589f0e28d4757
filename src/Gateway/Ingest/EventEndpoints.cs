using System.Text;
using System.Text.Unicode;
using Engagement.Contracts.Clock;
using Engagement.Contracts.Faults;
using Engagement.Contracts.Shards;
using Engagement.Contracts.Storage;
using Engagement.Domain;
using Engagement.Domain.Clients;
using Engagement.Domain.Organisation;
using Engagement.Gateway.Audit;
using Engagement.Gateway.Security;

namespace Engagement.Gateway.Ingest;

/// <summary>Events in: read, checked one by one, handed to their shards, answered when all of them are durable.</summary>
public static class EventEndpoints
{
    public sealed record Rejected(int Index, string? Id, string Code, string Detail);

    public static void MapEvents(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/v1/events", Take).For(r => r.MaySendEvents());
        endpoints.MapGet("/v1/dead-letters", DeadLetters).For(r => r.MayReadDeadLetters());
    }

    private static async Task<IResult> Take(
        HttpRequest request, IGrainFactory grains, ShardMap shards, IngestRoom room, IDeadLetters deadLetters, IFaultPoints faults, TimeProvider time, CancellationToken cancellation)
    {
        using var share = room.Enter();
        var (raw, refusal) = await EventBody.Read(request, room, share, cancellation);
        if (refusal is not null)
        {
            return refusal;
        }

        var now = (await Moving.Wait(() => grains.GetGrain<IClockGrain>(0).Read(), time)).NowMs;
        Dictionary<int, List<IncomingEvent>> good = [];
        List<Rejected> rejected = [];
        for (var i = 0; i < raw.Count; i++)
        {
            if (EventReader.TryRead(raw[i], now, out var id, out var read) is { } bad)
            {
                rejected.Add(new(i, id, bad.Code, bad.Detail));
                continue;
            }

            var shard = shards.ShardOf(read!.Client);
            if (!good.TryGetValue(shard, out var events))
            {
                good.Add(shard, events = []);
            }

            events.Add(read);
        }

        if (!share.TryTakeEvents(raw.Count - rejected.Count))
        {
            return EventBody.Busy(room.RetryAfterSeconds);
        }

        var answers = await Task.WhenAll(good.Select(g => Moving.Wait(() => grains.GetGrain<IShardGrain>(g.Key).Append(g.Value), time, a => a.Outcome == AppendOutcome.Moving)));
        if (answers.Length > 0 && answers.All(a => a.Outcome == AppendOutcome.Busy))
        {
            return EventBody.Busy(answers.Max(a => a.RetryAfterSeconds));
        }

        if (answers.Any(a => a.Outcome != AppendOutcome.Durable))
        {
            return Problems.Of(503, "engine.unavailable", "A part was not appended: send all of it again; what was appended is not taken twice.", Math.Max(1, answers.Max(a => a.RetryAfterSeconds)));
        }

        faults.Reach(FaultPoint.IngestAppended);
        if (rejected.Count > 0)
        {
            await deadLetters.Add([.. rejected.Select(r => new DeadLetter(0, now, r.Index, r.Id?.Replace('\0', '\uFFFD'), r.Code, r.Detail, Text(raw[r.Index].Span)))]);
            faults.Reach(FaultPoint.IngestRefused);
        }

        return Results.Json(new { accepted = raw.Count - rejected.Count, rejected }, Json.Options);
    }

    private static async Task<IResult> DeadLetters(IDeadLetters deadLetters, string? after, int? limit, HttpContext context, AuditTrail audit)
    {
        if (Paging.Refuse(limit) is { } refusal)
        {
            return refusal;
        }

        var from = 0L;
        if (after is not null && !long.TryParse(after, out from))
        {
            return Problems.Invalid("after", "is not a cursor of this list");
        }

        var most = limit ?? Paging.LimitDefault;
        var letters = await deadLetters.Read(from, most);
        // They may hold whatever was sent of a client.
        await audit.Record(context.User.Principal()!, "dead-letters.read", detail: $"{letters.Count} rows");
        return Results.Json(
            new PageOf<object>(
                [.. letters.Select(l => new { l.Position, at = Rfc3339.Format(l.AtMs), l.Index, l.Id, l.Code, l.Detail, l.Raw })],
                letters.Count == most ? letters[^1].Position.ToString() : null),
            Json.Options);
    }

    /// <summary>At most 32 KiB of text that every database takes: bytes that are no UTF-8, and NUL, are replaced.</summary>
    private static string Text(ReadOnlySpan<byte> raw)
    {
        var text = Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, EventReader.EventBytesMax)]).Replace('\0', '\uFFFD');
        Span<byte> cut = new byte[EventReader.EventBytesMax];
        Utf8.FromUtf16(text, cut, out var characters, out _);
        return text[..characters];
    }
}
