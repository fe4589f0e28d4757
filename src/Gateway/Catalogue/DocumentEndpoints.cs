using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Clock;
using Engagement.Domain;
using Engagement.Domain.Organisation;
using Engagement.Gateway.Security;

namespace Engagement.Gateway.Catalogue;

/// <summary>The two published documents: catalogue and organisation. Both are published as a whole and kept for ever.</summary>
public static class DocumentEndpoints
{
    private const int BytesMax = 4 * 1024 * 1024;

    public static void MapDocuments(this IEndpointRouteBuilder endpoints)
    {
        foreach (var name in (string[])["catalogue", "organisation"])
        {
            var group = endpoints.MapGroup("/v1/" + name);
            group.MapPut("", (HttpRequest request, IGrainFactory grains, CancellationToken cancellation) => Publish(name, request, grains, cancellation)).For(r => r.MayPublish());
            group.MapGet("", (IGrainFactory grains) => Newest(name, grains)).For(r => r.MayReadCommon());
            group.MapGet("/versions", (IGrainFactory grains) => Versions(name, grains)).For(r => r.MayReadCommon());
            group.MapGet("/versions/{version:int}", (int version, IGrainFactory grains) => Version(name, version, grains)).For(r => r.MayReadCommon());
            group.MapGet("/rollout", RollOut).For(r => r.MayReadCommon());
        }
    }

    private static async Task<IResult> Publish(string name, HttpRequest request, IGrainFactory grains, CancellationToken cancellation)
    {
        var type = request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();
        var json = type == "application/json";
        if (!json && type is not ("application/yaml" or "application/x-yaml" or "text/yaml" or "text/x-yaml"))
        {
            return Problems.Of(415, "request.content.type", "A document comes as application/yaml or application/json.");
        }

        int? match = null;
        if (request.Headers.IfMatch is [{ Length: > 0 } header])
        {
            if (!int.TryParse(header.Trim().Trim('"'), out var version))
            {
                return Problems.Of(412, "document.stale", "If-Match names no version.");
            }

            match = version;
        }

        if (await ReadText(request, cancellation) is not { } utf8)
        {
            return Problems.Of(413, "request.too.large", "A document is at most 4 MiB.");
        }

        if (!Utf8.IsValid(utf8.Span))
        {
            return Problems.Of(400, "request.unreadable", "The document is not valid UTF-8.");
        }

        var text = Encoding.UTF8.GetString(utf8.Span);

        var answer = await Grain(name, grains).Publish(text, json, match, request.HttpContext.User.Principal()!.Sub);
        return answer.Stale ? Problems.Of(412, "document.stale", $"The newest version is {answer.Version}.")
            : !answer.Problems.IsEmpty ? DocumentErrors.Invalid(request, answer.Problems)
            : Results.Json(new { version = answer.Version }, Json.Options);
    }

    private static async Task<IResult> Newest(string name, IGrainFactory grains) =>
        await Grain(name, grains).Get(0) is { } newest
            ? Shown(newest)
            : Results.Json(new { version = 0 }, Json.Options);

    private static async Task<IResult> Version(string name, int version, IGrainFactory grains) =>
        version > 0 && await Grain(name, grains).Get(version) is { } found ? Shown(found) : Problems.NotFound();

    private static async Task<IResult> Versions(string name, IGrainFactory grains) => Results.Json(
        new PageOf<object>(
            [.. (await Grain(name, grains).Versions()).Reverse().Select(v => new { v.Version, publishedAt = Rfc3339.Format(v.PublishedMs), v.By })],
            null),
        Json.Options);

    private static async Task<IResult> RollOut(IGrainFactory grains)
    {
        var progress = await grains.GetGrain<IClockGrain>(0).Settle(TimeSpan.Zero);
        return Results.Json(new { progress.Clients, done = progress.Rolled, complete = progress.Rolled == progress.Clients }, Json.Options);
    }

    private static IResult Shown(DocumentVersion version) => Results.Json(
        new
        {
            version.Version,
            publishedAt = Rfc3339.Format(version.PublishedMs),
            version.By,
            // A document that was published as JSON is shown as JSON, one in YAML as its text: as its author wrote it.
            document = version.Json ? (object)JsonDocument.Parse(version.Text).RootElement.Clone() : version.Text,
        },
        Json.Options);

    private static async Task<ReadOnlyMemory<byte>?> ReadText(HttpRequest request, CancellationToken cancellation)
    {
        using var buffer = new MemoryStream();
        var piece = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(piece, cancellation)) > 0)
        {
            if (buffer.Length + read > BytesMax)
            {
                return null;
            }

            buffer.Write(piece, 0, read);
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    private static IDocumentGrain Grain(string name, IGrainFactory grains) => grains.GetGrain<IDocumentGrain>(name);
}
