using Markdig;
using Scalar.AspNetCore;

namespace Engagement.Gateway.Reference;

/// <summary>
/// The reference, for who is signed in: the API under <c>/docs</c>, and the pages that it and the problems point to. Everything
/// comes from the engine itself: nothing is fetched from elsewhere.
/// </summary>
internal static class ReferenceEndpoints
{
    private static readonly string[] Pages = ["problems", "language", "api"];

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers().Build();

    public static void MapReference(this IEndpointRouteBuilder endpoints)
    {
        foreach (var page in Pages)
        {
            var html = new Lazy<string>(() => Html(page));
            endpoints.MapGet($"/docs/{page}", () => Results.Content(html.Value, "text/html; charset=utf-8")).ExcludeFromDescription();
        }

        endpoints.MapScalarApiReference("/docs", options =>
        {
            options.Title = "Engagement";
            options.OpenApiRoutePattern = "/openapi/v1.json";
            options.DefaultFonts = false;
            // What its makers offer beside it works on their servers.
            options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
            options.HideClientButton = true;
            options.DisableAgent();
        }).ExcludeFromDescription();
    }

    private static string Html(string page)
    {
        using var stream = typeof(ReferenceEndpoints).Assembly.GetManifestResourceStream(page + ".md")!;
        using var reader = new StreamReader(stream);
        return $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Engagement: {page}</title>
            <link rel="stylesheet" href="/reference.css"></head><body><main>
            {Pointing(Markdown.ToHtml(reader.ReadToEnd(), Pipeline))}
            </main></body></html>
            """;
    }

    /// <summary>The pages point to each other as files of the repository.</summary>
    private static string Pointing(string html)
    {
        foreach (var page in Pages)
        {
            html = html.Replace($"href=\"../{page}.md", $"href=\"/docs/{page}", StringComparison.Ordinal)
                .Replace($"href=\"reference/{page}.md", $"href=\"/docs/{page}", StringComparison.Ordinal)
                .Replace($"href=\"{page}.md", $"href=\"/docs/{page}", StringComparison.Ordinal);
        }

        return html;
    }
}
