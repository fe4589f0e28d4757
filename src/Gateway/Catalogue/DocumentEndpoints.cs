using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Shards;
using Engagement.Domain.Organisation;
using Engagement.Gateway.Audit;
using Engagement.Gateway.Security;

namespace Engagement.Gateway.Catalogue;

/// <summary>The two published documents: catalogue and organisation. Both are published as a whole and kept for ever.</summary>
public static class DocumentEndpoints
{
    public static void MapDocuments(this IEndpointRouteBuilder endpoints)
    {
        foreach (var name in (string[])["catalogue", "organisation"])
        {
            var group = endpoints.MapGroup("/v1/" + name);
            group.MapPut("", (HttpRequest request, IGrainFactory grains, AuditTrail audit, CancellationToken cancellation) => Publish(name, request, grains, audit, cancellation)).For(r => r.MayPublish());
            group.MapPost("/versions/{version:int}/approve", (int version, HttpRequest request, IGrainFactory grains, AuditTrail audit) => Approve(name, version, request, grains, audit)).For(r => r.MayPublish());
            group.MapPost("/versions/{version:int}/reject", (int version, HttpRequest request, IGrainFactory grains, AuditTrail audit) => Reject(name, version, request, grains, audit)).For(r => r.MayPublish());
            group.MapGet("/rollout", RollOut).For(r => r.MayReadCommon());
            group.MapDelete("/rollout", (HttpRequest request, IGrainFactory grains, AuditTrail audit) => TakeBack(name, request, grains, audit)).For(r => r.MayPublish());
            group.MapVersions(name);
            group.MapCheck(name);
        }

        endpoints.MapPreview();
        endpoints.MapOrganisationPreview();
    }

    private static async Task<IResult> Publish(string name, HttpRequest request, IGrainFactory grains, AuditTrail audit, CancellationToken cancellation)
    {
        if (Match(request, out var match) is { } stale)
        {
            return stale;
        }

        var (body, refusal) = await DocumentBody.Read(request, cancellation);
        if (body is null)
        {
            return refusal!;
        }

        var who = request.HttpContext.User.Principal()!;
        await audit.Record(who, name + ".publish", target: name);
        return Answer(request, await grains.GetGrain<IDocumentGrain>(name).Publish(body.Text, body.Json, match, who.Sub));
    }

    private static async Task<IResult> Approve(string name, int version, HttpRequest request, IGrainFactory grains, AuditTrail audit)
    {
        if (Match(request, out var match) is { } stale)
        {
            return stale;
        }

        var who = request.HttpContext.User.Principal()!;
        await audit.Record(who, name + ".approve", target: name, detail: $"version {version}");
        return Answer(request, await grains.GetGrain<IDocumentGrain>(name).Approve(version, match, who.Sub));
    }

    private static async Task<IResult> Reject(string name, int version, HttpRequest request, IGrainFactory grains, AuditTrail audit)
    {
        var who = request.HttpContext.User.Principal()!;
        await audit.Record(who, name + ".reject", target: name, detail: $"version {version}");
        return Answer(request, await grains.GetGrain<IDocumentGrain>(name).Reject(version, who.Sub));
    }

    private static async Task<IResult> TakeBack(string name, HttpRequest request, IGrainFactory grains, AuditTrail audit)
    {
        if (Match(request, out var version) is { } stale)
        {
            return stale;
        }

        if (version is not { } taken)
        {
            return Problems.Of(412, "document.stale", "If-Match must name the version that is taken back.");
        }

        var who = request.HttpContext.User.Principal()!;
        await audit.Record(who, name + ".take-back", target: name, detail: $"version {taken}");
        return await grains.GetGrain<IDocumentGrain>(name).TakeBack(taken, who.Sub) is { } answer
            ? Answer(request, answer)
            : Problems.Of(409, "rollout.complete", "Everybody is under it: to go back, publish the one before it.");
    }

    private static IResult? Match(HttpRequest request, out int? match)
    {
        match = null;
        if (request.Headers.IfMatch is not [{ Length: > 0 } header])
        {
            return null;
        }

        if (!int.TryParse(header.Trim().Trim('"'), out var version))
        {
            return Problems.Of(412, "document.stale", "If-Match names no version.");
        }

        match = version;
        return null;
    }

    private static IResult Answer(HttpRequest request, PublishAnswer answer) => answer switch
    {
        { Refusal: ApprovalRefusal.Unknown } => Problems.NotFound(),
        { Refusal: ApprovalRefusal.NotWaiting } => Problems.Of(409, "document.approval.state", $"Version {answer.Version} does not wait for a second person."),
        { Refusal: ApprovalRefusal.SamePerson } => Problems.Of(403, "document.approval.self", "Whoever sent a version cannot approve it."),
        { Stale: true } => Problems.Of(412, "document.stale", $"The newest version is {answer.Version}."),
        { Problems.IsEmpty: false } => DocumentErrors.Invalid(request, answer.Problems),
        _ => Results.Json(new { version = answer.Version }, Json.Options, statusCode: answer.Backfills || answer.Waits ? 202 : 200),
    };

    private static async Task<IResult> RollOut(IGrainFactory grains, ShardMap shards)
    {
        var progress = await Task.WhenAll(Enumerable.Range(0, shards.Count).Select(s => grains.GetGrain<IShardGrain>(s).Progress()));
        var (clients, done) = (progress.Sum(p => p.Clients), progress.Sum(p => p.Rolled));
        return Results.Json(
            new
            {
                clients,
                done,
                percent = clients == 0 ? 100 : Math.Round(100m * done / clients, 1, MidpointRounding.ToZero),
                complete = done == clients,
                shards = progress.Select((p, shard) => new { shard, p.Clients, done = p.Rolled }),
            },
            Json.Options);
    }
}
