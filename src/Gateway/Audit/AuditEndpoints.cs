using System.Text.Json;
using Engagement.Contracts.Storage;
using Engagement.Domain;
using Engagement.Domain.Audit;
using Engagement.Domain.Organisation;
using Engagement.Gateway.Security;

namespace Engagement.Gateway.Audit;

/// <summary>The trail, for the auditor: newest first by pages, or all of it, oldest first, as NDJSON.</summary>
public static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder endpoints)
    {
        var trail = endpoints.MapGroup("/v1/audit").For(r => r == Role.Auditor);
        trail.MapGet("", List);
        trail.MapGet("/export", Export);
    }

    private static async Task<IResult> List(
        string? client, string? who, string? from, string? to, string? after, int? limit, HttpContext context, AuditTrail trail, IAuditStore store)
    {
        AuditPlace? place = null;
        if (Paging.Refuse(limit) is { } wrong)
        {
            return wrong;
        }

        if (Refuse(client, who, from, to, out var between) is { } refusal)
        {
            return refusal;
        }

        if (after is not null && (place = Place(after)) is null)
        {
            return Problems.Invalid("after", "is not a cursor of this list");
        }

        await trail.Record(context.User.Principal()!, "audit.read", client);
        var most = limit ?? Paging.LimitDefault;
        var rows = await store.Read(new(client, who, between.From, between.To, place, OldestFirst: false), most + 1);
        return Results.Json(Paging.Cut(rows, most, r => $"{r.Entry.AtMs}-{r.Shard}-{r.Seq}").Of(Shown), Json.Options);
    }

    private static async Task<IResult> Export(string? client, string? who, string? from, string? to, HttpContext context, AuditTrail trail, IAuditStore store)
    {
        if (Refuse(client, who, from, to, out var between) is { } refusal)
        {
            return refusal;
        }

        await trail.Record(context.User.Principal()!, "audit.export", client);
        var query = new AuditQuery(client, who, between.From, between.To, null, OldestFirst: true);
        // The first page is read before the answer begins: an engine that cannot read can still say so.
        var page = await store.Read(query, Paging.LimitMax);
        return Results.Stream(stream => Write(stream, query, page, store, context.RequestAborted), "application/x-ndjson", "audit.ndjson");
    }

    private static async Task Write(Stream stream, AuditQuery query, IReadOnlyList<AuditRow> page, IAuditStore store, CancellationToken cancellation)
    {
        while (page.Count > 0)
        {
            foreach (var row in page)
            {
                await stream.WriteAsync((byte[])[.. JsonSerializer.SerializeToUtf8Bytes(Shown(row), Json.Options), (byte)'\n'], cancellation);
            }

            var last = page[^1];
            page = page.Count < Paging.LimitMax ? [] : await store.Read(query with { After = new(last.Entry.AtMs, last.Shard, last.Seq) }, Paging.LimitMax);
        }
    }

    private static object Shown(AuditRow row) => new
    {
        at = Rfc3339.Format(row.Entry.AtMs),
        row.Entry.Who,
        row.Entry.Role,
        row.Entry.Node,
        row.Entry.Action,
        refused = row.Entry.Refused ? true : (bool?)null,
        row.Entry.Client,
        row.Entry.Target,
        row.Entry.Detail,
        onBehalf = row.Entry.Branch is null ? null : new { row.Entry.Branch, row.Entry.Mandate },
        row.Shard,
        row.Seq,
        hash = Convert.ToHexStringLower(row.Hash),
    };

    private static IResult? Refuse(string? client, string? who, string? from, string? to, out (long? From, long? To) between)
    {
        between = default;
        if (client is not null && !Ids.IsValid(client))
        {
            return Problems.Invalid("client", "is no id");
        }

        // No text of a database holds one.
        if (who?.Contains('\0', StringComparison.Ordinal) == true)
        {
            return Problems.Invalid("who", "is nobody's name");
        }

        if (from is not null)
        {
            if (!Rfc3339.TryParse(from, out var ms))
            {
                return Problems.Invalid("from", "must be an RFC 3339 timestamp with a zone");
            }

            between.From = ms;
        }

        if (to is not null)
        {
            if (!Rfc3339.TryParse(to, out var ms))
            {
                return Problems.Invalid("to", "must be an RFC 3339 timestamp with a zone");
            }

            between.To = ms;
        }

        return null;
    }

    private static AuditPlace? Place(string cursor) =>
        cursor.Split('-') is [var at, var shard, var seq] && long.TryParse(at, out var ms) && int.TryParse(shard, out var chain) && long.TryParse(seq, out var row)
            ? new(ms, chain, row)
            : null;
}
