using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Storage;
using Engagement.Domain;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Documents;
using Engagement.Domain.Organisation;
using Engagement.Gateway.Audit;
using Engagement.Gateway.Security;
using CompiledCatalogue = Engagement.Domain.Campaigns.Catalogue;

namespace Engagement.Gateway.Clients;

/// <summary>Segments with their live counts, and their members as far as the caller may see them.</summary>
public static class SegmentEndpoints
{
    public static void MapSegments(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/v1/segments", Segments).For(r => r.MayReadCommon());
        endpoints.MapGet("/v1/segments/{id}/members", Members).For(r => r is not (Role.Ingest or Role.HqAnalyst or Role.HqAdmin));
    }

    private static async Task<IResult> Segments(string? after, int? limit, HttpContext context, CurrentCatalogue catalogue, CurrentOrganisation organisation, IEngagementQueries queries)
    {
        var who = context.User.Principal()!;
        // Totals are headquarters' to see; the others count their own subtree.
        var filter = Relation.Clients(who, await organisation.Tree(), await organisation.Today()) is { } own && who.Role != Role.HqOperator ? own : ClientFilter.All;
        var counts = await queries.MemberCounts(filter);
        return Paging.Page(
            [.. (await catalogue.Compiled()).Segments.OrderBy(s => s.Id, StringComparer.Ordinal)
                .Select(s => new { s.Id, name = new { s.Name.Zh, s.Name.En }, members = counts.GetValueOrDefault(s.Id) })],
            after,
            limit);
    }

    private static async Task<IResult> Members(
        string id, string? after, int? limit, HttpContext context, CurrentCatalogue catalogue, CurrentOrganisation organisation, IEngagementQueries queries, AuditTrail audit)
    {
        if (Paging.Refuse(limit) is { } refusal)
        {
            return refusal;
        }

        if (after is not null && !Ids.IsValid(after))
        {
            return Problems.Invalid("after", "is no client's id");
        }

        if (!(await catalogue.Compiled()).Segments.Any(s => s.Id == id) || Relation.Clients(context.User.Principal()!, await organisation.Tree(), await organisation.Today()) is not { } filter)
        {
            return Problems.NotFound();
        }

        var most = limit ?? Paging.LimitDefault;
        var page = Paging.Cut(await queries.Members(id, filter, after, most + 1), most, m => m.Client);
        var members = page.Items;
        await audit.Record(
            context.User.Principal()!, "segment.members", target: id, detail: members.Count == 0 ? "0 rows" : $"{members.Count} rows from {members[0].Client} to {members[^1].Client}");
        return Results.Json(page.Of(m => new { m.Client, since = Rfc3339.Format(m.SinceMs) }), Json.Options);
    }
}

/// <summary>The catalogue in force, compiled once a version.</summary>
public sealed class CurrentCatalogue(IGrainFactory grains)
{
    private CompiledCatalogue compiled = CompiledCatalogue.Empty;

    public async Task<CompiledCatalogue> Compiled()
    {
        var grain = grains.GetGrain<IDocumentGrain>("catalogue");
        var newest = await grain.Newest();
        var known = compiled;
        if (known.Version == newest)
        {
            return known;
        }

        var document = await grain.Get(newest) ?? throw new InvalidOperationException($"Catalogue {newest} was published and cannot be read.");
        return compiled = CatalogueDocument.TryRead(document.Text, document.Json ? DocumentFormat.Json : DocumentFormat.Yaml, newest, out var read, out _)
            ? read
            : throw new InvalidOperationException($"Catalogue {newest} was published and no longer compiles.");
    }
}
