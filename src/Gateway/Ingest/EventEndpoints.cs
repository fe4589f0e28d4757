using System.Text.Json.Serialization;
using Engagement.Contracts;
using Engagement.Contracts.Clock;
using Engagement.Contracts.Faults;
using Engagement.Contracts.Shards;
using Engagement.Contracts.Storage;
using Engagement.Domain;
using Engagement.Domain.Organisation;
using Engagement.Gateway.Audit;
using Engagement.Gateway.Security;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Engagement.Gateway.Ingest;

/// <summary>Events in: read, checked one by one, handed to their shards, answered when all of them are durable.</summary>
public static class EventEndpoints
{
    /// <param name="Id">Null where it could not be read.</param>
    public sealed record Rejected(int Index, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Id, string Code, string Detail);

    /// <inheritdoc cref="Rejected"/>
    public sealed record Letter(
        long Position, string At, int Index, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Id, string Code, string Detail, string Raw);

    public static void MapEvents(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/v1/events", Take).For(r => r.MaySendEvents());
        endpoints.MapGet("/v1/dead-letters", DeadLetters).For(r => r.MayReadDeadLetters());
    }

    private static async Task<IResult> Take(
        HttpRequest request, IGrainFactory grains, ShardMap shards, IngestRoom room, IDeadLetters deadLetters, IFaultPoints faults, IOptions<ClientMessagingOptions> calls,
        TimeProvider time, CancellationToken cancellation)
    {
        using var share = room.Enter();
        var (raw, refusal) = await EventBody.Read(request, room, share, cancellation);
        if (refusal is not null)
        {
            return refusal;
        }

        var now = (await Moving.Wait(() => grains.GetGrain<IClockGrain>(0).Read(), time)).NowMs;
        var intake = new EventIntake(raw, now, shards);
        if (!share.TryTakeEvents(intake.Good))
        {
            return EventBody.Busy(room.RetryAfterSeconds);
        }

        var answers = await EventAppends.Send(grains, intake, calls.Value.ResponseTimeout, time);
        if (answers.Length > 0 && answers.All(a => a.Outcome == AppendOutcome.Busy))
        {
            return EventBody.Busy(answers.Max(a => a.RetryAfterSeconds));
        }

        if (answers.Any(a => a.Outcome != AppendOutcome.Durable))
        {
            return Problems.Of(503, "engine.unavailable", "A part was not appended: send all of it again; what was appended is not taken twice.", Math.Max(1, answers.Max(a => a.RetryAfterSeconds)));
        }

        faults.Reach(FaultPoint.IngestAppended);
        if (intake.Refused.Count > 0)
        {
            await deadLetters.Add(intake.DeadLetters());
            faults.Reach(FaultPoint.IngestRefused);
        }

        var rejected = intake.Refused.Select(r => new Rejected(r.Index, r.Id, r.Refusal.Code, r.Refusal.Detail));
        return Results.Json(new { accepted = intake.Good, rejected }, Json.Options);
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
        var page = Paging.Cut(await deadLetters.Read(from, most + 1), most, l => l.Position.ToString());
        // They may hold whatever was sent of a client.
        await audit.Record(context.User.Principal()!, "dead-letters.read", detail: $"{page.Items.Count} rows");
        return Results.Json(page.Of(l => new Letter(l.Position, Rfc3339.Format(l.AtMs), l.Index, l.Id, l.Code, l.Detail, l.Raw)), Json.Options);
    }
}
