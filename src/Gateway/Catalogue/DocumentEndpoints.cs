using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Shards;
using Engagement.Domain.Organisation;
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
            group.MapPut("", (HttpRequest request, IGrainFactory grains, CancellationToken cancellation) => Publish(name, request, grains, cancellation)).For(r => r.MayPublish());
            group.MapGet("/rollout", RollOut).For(r => r.MayReadCommon());
            group.MapVersions(name);
            group.MapCheck(name);
        }

        endpoints.MapPreview();
    }

    private static async Task<IResult> Publish(string name, HttpRequest request, IGrainFactory grains, CancellationToken cancellation)
    {
        int? match = null;
        if (request.Headers.IfMatch is [{ Length: > 0 } header])
        {
            if (!int.TryParse(header.Trim().Trim('"'), out var version))
            {
                return Problems.Of(412, "document.stale", "If-Match names no version.");
            }

            match = version;
        }

        var (body, refusal) = await DocumentBody.Read(request, cancellation);
        if (body is null)
        {
            return refusal!;
        }

        var answer = await grains.GetGrain<IDocumentGrain>(name).Publish(body.Text, body.Json, match, request.HttpContext.User.Principal()!.Sub);
        return answer.Stale ? Problems.Of(412, "document.stale", $"The newest version is {answer.Version}.")
            : !answer.Problems.IsEmpty ? DocumentErrors.Invalid(request, answer.Problems)
            : Results.Json(new { version = answer.Version }, Json.Options, statusCode: answer.Backfills ? 202 : 200);
    }

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
