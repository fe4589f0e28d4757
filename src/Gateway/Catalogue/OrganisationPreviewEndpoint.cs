using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Clock;
using Engagement.Contracts.Shards;
using Engagement.Domain;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Documents;
using Engagement.Domain.Organisation;
using Engagement.Gateway.Security;

namespace Engagement.Gateway.Catalogue;

/// <summary>What an organisation would move, without moving anybody. Counts alone: it names no client.</summary>
public static class OrganisationPreviewEndpoint
{
    /// <summary>Rows of desks and of advisors that are shown, those with the most clients concerned first.</summary>
    private const int RowsMax = 1_000;

    public static void MapOrganisationPreview(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/v1/organisation/preview", Sent).For(r => r.MayPublish());
        endpoints.MapPost("/v1/organisation/versions/{version:int}/preview", Stored).For(r => r.MayPublish());
    }

    private static async Task<IResult> Sent(HttpContext context, IGrainFactory grains, ShardMap shards, CancellationToken cancellation)
    {
        var (body, refusal) = await DocumentBody.Read(context.Request, cancellation);
        return body is null ? refusal! : await Preview(body, context, grains, shards, cancellation);
    }

    /// <summary>Of a version that is stored: what somebody else sent, and one is to approve.</summary>
    private static async Task<IResult> Stored(int version, HttpContext context, IGrainFactory grains, ShardMap shards, CancellationToken cancellation) =>
        version > 0 && await grains.GetGrain<IDocumentGrain>(DocumentKeys.Of(DocumentKind.Organisation)).Get(version) is { } found
            ? await Preview(new(found.Text, found.Json), context, grains, shards, cancellation)
            : Problems.NotFound();

    private static async Task<IResult> Preview(DocumentBody body, HttpContext context, IGrainFactory grains, ShardMap shards, CancellationToken cancellation)
    {
        if (!OrganisationDocument.TryRead(body.Text, body.Json ? DocumentFormat.Json : DocumentFormat.Yaml, CandidateDocuments.Version, out _, out var problems))
        {
            return DocumentErrors.Invalid(context.Request, problems);
        }

        var version = await grains.GetGrain<IDocumentGrain>(DocumentKeys.Of(DocumentKind.Organisation)).Newest();
        var nowMs = (await grains.GetGrain<IClockGrain>(0).Read()).NowMs;
        var counts = await PreviewEndpoint.EachShard(
            shards, (shard, stop) => grains.GetGrain<IPreviewGrain>(shard).PreviewOrganisation(body.Text, body.Json, nowMs, stop), cancellation);
        return Shown(version, nowMs, OrganisationPreview.Sum(counts));
    }

    private static IResult Shown(int version, long nowMs, OrganisationPreview preview) => Results.Json(
        new
        {
            version,
            at = Rfc3339.Format(nowMs),
            preview.Clients,
            preview.Moved,
            prompts = new { moved = preview.PromptsMoved, withdrawn = preview.PromptsWithdrawn },
            branches = preview.Branches.Select(b => new { b.Id, b.Clients, b.Would, b.Waiting, b.WouldWait, b.Served, b.Capacity }),
            mandates = preview.Mandates.Select(m => new { m.Branch, scope = Lower(m.Scope), m.Clients, m.Would }),
            advisors = preview.Advisors.OrderByDescending(a => a.Clients).Take(RowsMax).Select(a => new { a.Id, now = Shown(a.Now), then = Shown(a.Then), a.Clients, a.Would }),
            desks = preview.Desks.OrderByDescending(d => d.Come + d.Leave).Take(RowsMax).Select(d => new { d.Desk, d.Come, d.Leave }),
            more = preview.Advisors.Length > RowsMax || preview.Desks.Length > RowsMax,
        },
        Json.Options);

    private static object? Shown(AdvisorPost? post) => post is null ? null : new { post.Branch, post.Outlet, status = Lower(post.Status), post.Capacity };

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
