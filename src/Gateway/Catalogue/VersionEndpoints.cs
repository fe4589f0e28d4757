using System.Text.Json;
using Engagement.Contracts.Catalogue;
using Engagement.Domain;
using Engagement.Domain.Documents;
using Engagement.Gateway.Security;
using Engagement.Domain.Organisation;

namespace Engagement.Gateway.Catalogue;

/// <summary>What was published: who, when, what, and in what any two versions differ.</summary>
public static class VersionEndpoints
{
    public static void MapVersions(this RouteGroupBuilder document, string name)
    {
        document.MapGet("", (IGrainFactory grains) => Newest(name, grains)).For(r => r.MayReadCommon());
        document.MapGet("/versions", (string? after, int? limit, IGrainFactory grains) => List(name, after, limit, grains)).For(r => r.MayReadCommon());
        document.MapGet("/versions/{version:int}", (int version, IGrainFactory grains) => Version(name, version, grains)).For(r => r.MayReadCommon());
        document.MapGet("/versions/{version:int}/diff", (int version, string? to, IGrainFactory grains) => Diff(name, version, to, grains)).For(r => r.MayReadCommon());
    }

    private static async Task<IResult> Newest(string name, IGrainFactory grains) =>
        await Grain(name, grains).Get(0) is { } newest
            ? Shown(newest)
            : Results.Json(new { version = 0 }, Json.Options);

    private static async Task<IResult> Version(string name, int version, IGrainFactory grains) =>
        version > 0 && await Grain(name, grains).Get(version) is { } found ? Shown(found) : Problems.NotFound();

    private static async Task<IResult> List(string name, string? after, int? limit, IGrainFactory grains)
    {
        var before = int.MaxValue;
        if (Paging.Refuse(limit) is { } refusal)
        {
            return refusal;
        }

        if (after is not null && !int.TryParse(after, out before))
        {
            return Problems.Invalid("after", "is not a cursor of this list");
        }

        var most = limit ?? Paging.LimitDefault;
        var page = (await Grain(name, grains).Versions()).Reverse().Where(v => v.Version < before).Take(most + 1).ToList();
        return Results.Json(
            new PageOf<object>(
                [.. page.Take(most).Select(v => new { v.Version, publishedAt = PublishedAt(v), sentAt = SentAt(v), v.By, state = State(v), v.SecondBy })],
                page.Count > most ? page[most - 1].Version.ToString() : null),
            Json.Options);
    }

    /// <summary>Version 0 stands for nothing: before the first publish.</summary>
    private static async Task<IResult> Diff(string name, int version, string? to, IGrainFactory grains)
    {
        var grain = Grain(name, grains);
        var other = 0;
        if (to is not null && !int.TryParse(to, out other))
        {
            return Problems.Invalid("to", "is not the number of a version");
        }

        if (to is null)
        {
            other = await grain.Newest();
        }

        return await Text(grain, version) is var (from, fromFormat) && await Text(grain, other) is var (until, untilFormat)
            ? Results.Json(
                new
                {
                    from = version,
                    to = other,
                    changes = DocumentDifference.Between(from, fromFormat, until, untilFormat)
                        .Select(c => new { c.Path, kind = JsonNamingPolicy.CamelCase.ConvertName(c.Kind.ToString()), c.From, c.To }),
                },
                Json.Options)
            : Problems.NotFound();
    }

    private static async Task<(string Text, DocumentFormat Format)?> Text(IDocumentGrain grain, int version) =>
        version == 0 ? ("", DocumentFormat.Yaml)
        : version > 0 && await grain.Get(version) is { } found ? (found.Text, found.Json ? DocumentFormat.Json : DocumentFormat.Yaml)
        : null;

    private static IResult Shown(DocumentVersion version) => Results.Json(
        new
        {
            version.Version,
            publishedAt = PublishedAt(version),
            sentAt = SentAt(version),
            version.By,
            state = State(version),
            version.SecondBy,
            // A document that was published as JSON is shown as JSON, one in YAML as its text: as its author wrote it.
            document = version.Json ? (object)JsonDocument.Parse(version.Text).RootElement.Clone() : version.Text,
        },
        Json.Options);

    /// <summary>Null: it never took effect, or not yet.</summary>
    private static string? PublishedAt(DocumentVersion version) => version.State == DocumentState.Published ? Rfc3339.Format(version.PublishedMs) : null;

    private static string? SentAt(DocumentVersion version) => version.State == DocumentState.Published ? null : Rfc3339.Format(version.PublishedMs);

    private static string State(DocumentVersion version) => JsonNamingPolicy.CamelCase.ConvertName(version.State.ToString());

    private static IDocumentGrain Grain(string name, IGrainFactory grains) => grains.GetGrain<IDocumentGrain>(name);
}
