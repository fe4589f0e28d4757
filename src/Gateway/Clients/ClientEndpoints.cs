using System.Text.Json;
using System.Text.Json.Serialization;
using Engagement.Contracts.Clients;
using Engagement.Contracts.Shards;
using Engagement.Contracts.Storage;
using Engagement.Domain;
using Engagement.Domain.Language;
using Engagement.Domain.Organisation;
using Engagement.Domain.Segments;
using Engagement.Gateway.Audit;
using Engagement.Gateway.Security;

namespace Engagement.Gateway.Clients;

/// <summary>One client: as he is, his events, and why he was or was not contacted. By relation; outside it he does not exist.</summary>
public static class ClientEndpoints
{
    /// <param name="Prompt">Null where nothing was raised.</param>
    public sealed record DecisionJson(
        string Id, string Campaign, Localized? CampaignName, string Trigger, string At, string Outcome,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Prompt, IReadOnlyList<Reason> Because);

    public static void MapClients(this IEndpointRouteBuilder endpoints)
    {
        var clients = endpoints.MapGroup("/v1/clients/{id}").For(r => r is not (Role.Ingest or Role.HqAnalyst or Role.HqAdmin));
        clients.MapGet("", async (string id, ClientAccess access, HttpContext context) =>
            await access.View(id, context.User.Principal()!, "client.read") is { } view ? Results.Json(ClientJson.Of(view), Json.Options) : Problems.NotFound());
        clients.MapGet("/events", Events);
        clients.MapGet("/decisions", Decisions);
        clients.MapGet("/assets", ClientAssetsEndpoint.Assets);
        endpoints.MapDelete("/v1/clients/{id}/personal", Erase).For(r => r.MayErasePersonal());
    }

    private static async Task<IResult> Erase(string id, ClientAccess access, IGrainFactory grains, ShardMap shards, HttpContext context) =>
        !await access.MayErase(id, context.User.Principal()!)
            ? Problems.NotFound()
            : await grains.GetGrain<IShardGrain>(shards.ShardOf(id)).Erase(id) switch
            {
                EraseOutcome.Erased => Results.NoContent(),
                EraseOutcome.Unknown => Problems.NotFound(),
                EraseOutcome.Busy => Problems.Of(429, "engine.busy", "Too much is waiting to be erased; nothing was.", retryAfterSeconds: 1),
                _ => Problems.Of(503, "engine.unavailable", "It is not known whether the fields were erased: ask again.", retryAfterSeconds: 1),
            };

    private static async Task<IResult> Events(
        string id, string? after, int? limit, ClientAccess access, IEngagementQueries queries, ShardMap shards, HttpContext context)
    {
        if (Refuse(after, limit, out var before, out var most) is { } refusal)
        {
            return refusal;
        }

        if (await access.View(id, context.User.Principal()!, "client.events") is not { } view)
        {
            return Problems.NotFound();
        }

        var events = await queries.Events(shards.ShardOf(id), new(id, view.LastRecord), before, most + 1);
        return Results.Json(
            Paging.Cut(events, most, e => e.Position.ToString())
                .Of(e => new { e.Position, e.Type, time = Rfc3339.Format(e.TimeMs), at = Rfc3339.Format(e.AtMs), data = JsonDocument.Parse(e.Data).RootElement.Clone() }),
            Json.Options);
    }

    private static async Task<IResult> Decisions(
        string id, string? after, int? limit, ClientAccess access, CurrentCatalogue catalogue, IEngagementQueries queries, HttpContext context)
    {
        if (Refuse(after, limit, out var before, out var most) is { } refusal)
        {
            return refusal;
        }

        if (await access.View(id, context.User.Principal()!, "client.decisions") is null)
        {
            return Problems.NotFound();
        }

        var decisions = await queries.Decisions(id, before, most + 1);
        // A campaign that is gone from the catalogue is shown by its id.
        var names = (await catalogue.Compiled()).Campaigns.ToDictionary(c => c.Id, c => c.Name);
        return Results.Json(
            Paging.Cut(decisions, most, d => d.Cursor.ToString()).Of(d => new DecisionJson(
                d.Decision.Id, d.Decision.Campaign, names.GetValueOrDefault(d.Decision.Campaign), d.Decision.Trigger,
                Rfc3339.Format(d.Decision.AtMs), d.Decision.Outcome, d.Decision.Prompt, d.Decision.Because)),
            Json.Options);
    }

    private static IResult? Refuse(string? after, int? limit, out long before, out int most)
    {
        before = 0;
        most = limit ?? Paging.LimitDefault;
        return Paging.Refuse(limit) ?? (after is not null && !long.TryParse(after, out before) ? Problems.Invalid("after", "is not a cursor of this list") : null);
    }
}

/// <summary>Reads a client for somebody who may see him.</summary>
public sealed class ClientAccess(IGrainFactory grains, ShardMap shards, CurrentOrganisation organisation, AuditTrail audit)
{
    /// <summary>It is recorded that he erases, or may not.</summary>
    /// <returns>False also where there is no such client.</returns>
    public async Task<bool> MayErase(string id, Principal who)
    {
        if (!Ids.IsValid(id) || await grains.GetGrain<IShardGrain>(shards.ShardOf(id)).View(id) is not { } view)
        {
            return false;
        }

        var may = Access.MayErasePersonal(who, view.Outlet, await organisation.Tree());
        await audit.Record(who, "client.erase", id, refused: !may);
        return may;
    }

    /// <param name="what">As which the access is recorded, e.g. <c>client.read</c>.</param>
    /// <returns>Null where there is no such client, or none for him.</returns>
    public async Task<ClientView?> View(string id, Principal who, string what)
    {
        if (!Ids.IsValid(id) || await grains.GetGrain<IShardGrain>(shards.ShardOf(id)).View(id) is not { } view)
        {
            return null;
        }

        var (tree, day, place) = (await organisation.Tree(), await organisation.Today(), new ClientPlace(view.Outlet, DeskId.Parse(view.Desk), view.HqFor));
        var may = Access.MayReadClient(who, place, tree, day);
        await audit.Record(who, what, id, onBehalf: may ? Access.ReadsUnder(who, place, tree, day) : null, refused: !may);
        return may ? view : null;
    }
}
