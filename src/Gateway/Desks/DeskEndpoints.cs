using System.Text.Json.Serialization;
using Engagement.Contracts.Desks;
using Engagement.Contracts.Storage;
using Engagement.Domain.Desks;
using Engagement.Domain.Organisation;
using Engagement.Gateway.Audit;
using Engagement.Gateway.Security;

namespace Engagement.Gateway.Desks;

/// <summary>Desks over HTTP: their load, their prompts, and what is done to them.</summary>
public static class DeskEndpoints
{
    /// <param name="Capacity">Null: the desk has none.</param>
    public sealed record LoadJson(string Desk, long Clients, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Capacity);

    public static void MapDesks(this IEndpointRouteBuilder endpoints)
    {
        var desks = endpoints.MapGroup("/v1/desks/{desk}").For(r => r is not (Role.Ingest or Role.HqAnalyst or Role.HqAdmin));
        desks.MapGet("", Load);
        desks.MapGet("/prompts", Prompts);
        desks.MapPost("/prompts/{id}/actions", Act).For(r => r != Role.Auditor);
    }

    private static async Task<IResult> Load(string desk, HttpContext context, DeskAccess access, IGrainFactory grains)
    {
        if (await access.Of(context.User.Principal()!, desk) is null)
        {
            return Problems.NotFound();
        }

        var pulse = await grains.GetGrain<IDeskGrain>(desk).Pulse();
        return Results.Json(new LoadJson(desk, pulse.Clients, await access.Capacity(desk)), Json.Options);
    }

    private static async Task<IResult> Prompts(string desk, string? state, string? after, int? limit, HttpContext context, DeskAccess access, IDeskStore store, AuditTrail audit)
    {
        PromptState exact = default;
        if (state is not null && !PromptJson.TryParseState(state, out exact))
        {
            return Problems.Invalid("state", "is no state of a prompt");
        }

        var from = 0;
        if (Paging.Refuse(limit) is { } refusal)
        {
            return refusal;
        }

        if (after is not null && (!int.TryParse(after, out from) || from < 0))
        {
            return Problems.Invalid("after", "is not a cursor of this list");
        }

        if (await access.Recorded(context.User.Principal()!, desk, "desk.prompts") is not { } rights)
        {
            return Problems.NotFound();
        }

        var there = await store.ReadPrompts(desk, state is null ? null : exact);
        var hidden = await access.Hidden(rights, there);
        var all = there.Where(p => !hidden.Contains(p.Id)).ToList();
        var most = limit ?? Paging.LimitMax;
        await audit.Record(context.User.Principal()!, "desk.prompts", target: desk, detail: $"{Math.Clamp(all.Count - from, 0, most)} rows from {from}");
        return Results.Json(
            new PageOf<PromptJson>([.. all.Skip(from).Take(most).Select(PromptJson.Of)], all.Count > from + most ? (from + most).ToString() : null),
            Json.Options);
    }

    private static async Task<IResult> Act(string desk, string id, ActionJson action, HttpContext context, DeskAccess access, DeskActions actions)
    {
        var who = context.User.Principal()!;
        if (await access.Recorded(who, desk, "prompt.act") is not { } rights)
        {
            return Problems.NotFound();
        }

        if (!rights.MayAct)
        {
            return Problems.Forbidden();
        }

        if (action.Read(out var refusal) is not { } read)
        {
            return Refused(refusal!);
        }

        var answer = await actions.Act(who, rights, desk, id, read);
        return answer is null ? Problems.Forbidden() : answer.Prompt is { } prompt ? Results.Json(PromptJson.Of(prompt), Json.Options) : Refused(answer.Refusal!);
    }

    private static IResult Refused(ActionRefusal refusal) => Problems.Of(
        refusal.Code switch { ActionRefusal.Taken or ActionRefusal.State => 409, ActionRefusal.Unknown => 404, _ => 422 },
        refusal.Code,
        refusal.Detail);
}
