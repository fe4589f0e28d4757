using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Clock;
using Engagement.Contracts.Shards;
using Engagement.Domain;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Documents;
using Engagement.Domain.Organisation;
using Engagement.Gateway.Security;

namespace Engagement.Gateway.Catalogue;

/// <summary>What a catalogue would change, without changing anything.</summary>
public static class PreviewEndpoint
{
    /// <summary>Shards asked at once; each silo reads as many as it has room for.</summary>
    private const int AtOnceMax = 16;

    public static void MapPreview(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/v1/catalogue/preview", Sent).For(r => r.MayPublish());
        endpoints.MapPost("/v1/catalogue/versions/{version:int}/preview", Stored).For(r => r.MayPublish());
    }

    private static async Task<IResult> Sent(HttpContext context, IGrainFactory grains, ShardMap shards, CurrentOrganisation organisation, CancellationToken cancellation)
    {
        var (body, refusal) = await DocumentBody.Read(context.Request, cancellation);
        return body is null ? refusal! : await Preview(body, context, grains, shards, organisation, cancellation);
    }

    /// <summary>Of a version that is stored: what somebody else sent, and one is to approve.</summary>
    private static async Task<IResult> Stored(int version, HttpContext context, IGrainFactory grains, ShardMap shards, CurrentOrganisation organisation, CancellationToken cancellation) =>
        version > 0 && await grains.GetGrain<IDocumentGrain>(DocumentKeys.Of(DocumentKind.Catalogue)).Get(version) is { } found
            ? await Preview(new(found.Text, found.Json), context, grains, shards, organisation, cancellation)
            : Problems.NotFound();

    private static async Task<IResult> Preview(
        DocumentBody body, HttpContext context, IGrainFactory grains, ShardMap shards, CurrentOrganisation organisation, CancellationToken cancellation)
    {
        if (!CatalogueDocument.TryRead(body.Text, body.Json ? DocumentFormat.Json : DocumentFormat.Yaml, CandidateDocuments.Version, out _, out var problems))
        {
            return DocumentErrors.Invalid(context.Request, problems);
        }

        var visible = Relation.Clients(context.User.Principal()!, await organisation.Tree(), await organisation.Today());
        var version = await grains.GetGrain<IDocumentGrain>(DocumentKeys.Of(DocumentKind.Catalogue)).Newest();
        var nowMs = (await grains.GetGrain<IClockGrain>(0).Read()).NowMs;
        var counts = await EachShard(shards, (shard, stop) => grains.GetGrain<IPreviewGrain>(shard).Preview(body.Text, body.Json, nowMs, visible, stop), cancellation);
        return Shown(version, nowMs, PreviewCounts.Sum(counts));
    }

    public static async Task<T[]> EachShard<T>(ShardMap shards, Func<int, CancellationToken, Task<T>> ask, CancellationToken cancellation)
    {
        var answers = new T[shards.Count];
        await Parallel.ForAsync(0, shards.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnceMax, CancellationToken = cancellation }, async (shard, stop) =>
            answers[shard] = await ask(shard, stop));
        return answers;
    }

    private static IResult Shown(int version, long nowMs, PreviewCounts counts) => Results.Json(
        new
        {
            version,
            at = Rfc3339.Format(nowMs),
            counts.Clients,
            segments = counts.Segments.Select(s => new
            {
                s.Id, s.Members, s.Would, enter = new { clients = s.Enter, ids = s.EnterIds }, leave = new { clients = s.Leave, ids = s.LeaveIds },
            }),
            tiers = counts.Tiers.Select(t => new { t.From, t.To, t.Clients }),
        },
        Json.Options);
}
