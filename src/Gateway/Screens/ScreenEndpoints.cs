using Microsoft.Extensions.FileProviders;

namespace Engagement.Gateway.Screens;

/// <summary>Serves the screens, which src/Web builds into this project's static web assets.</summary>
public static class ScreenEndpoints
{
    /// <summary>The routes of the page. Somebody who types another address into a browser is shown the page too, with 404.</summary>
    private static readonly string[] Pages = ["/desk", "/map", "/catalogue", "/clients/{id}", "/licences", "/demo"];

    /// <summary>What is asked for by programs: there an unknown address is a problem, whoever asks.</summary>
    private static readonly PathString[] NoPages = ["/v1", "/hubs", "/docs", "/openapi", "/health", "/metrics", "/assets"];

    /// <summary>
    /// Lets the assets be found outside Development too: without it an engine that runs from its build output answers
    /// 200 with nothing in it. Does nothing once published.
    /// </summary>
    public static WebApplicationBuilder AddScreens(this WebApplicationBuilder builder)
    {
        builder.WebHost.UseStaticWebAssets();
        // Else, run from its build output, a route for files that changed since takes every GET: also of addresses that take only POST.
        builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
        return builder;
    }

    /// <summary>
    /// Adds the security headers of every answer and the caching of the assets. Belongs before everything that answers.
    /// </summary>
    public static WebApplication UseScreenHeaders(this WebApplication app)
    {
        app.UseMiddleware<ScreenHeaders>();
        return app;
    }

    /// <summary>
    /// Maps the assets, <c>/</c> (redirected to <c>/desk</c>) and the pages. All of it is open to anybody: the page itself shows
    /// a signed-out visitor nothing but the sign-in, and holds no data.
    /// </summary>
    public static WebApplication MapScreens(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/", () => Results.Redirect("/desk")).AllowAnonymous().ExcludeFromDescription();
        foreach (var page in Pages)
        {
            app.MapGet(page, Page).AllowAnonymous().ExcludeFromDescription();
        }

        return app;
    }

    /// <summary>Did a browser ask for a page of which nobody knows?</summary>
    internal static bool IsUnknownPage(HttpContext context) =>
        context.Response.StatusCode is StatusCodes.Status404NotFound or StatusCodes.Status401Unauthorized
        && context.GetEndpoint() is null
        && HttpMethods.IsGet(context.Request.Method)
        && context.Request.Headers.Accept.Any(accept => accept?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true)
        && !Path.HasExtension(context.Request.Path.Value)
        && !NoPages.Any(path => context.Request.Path.StartsWithSegments(path))
        && IndexOf(context).Exists;

    /// <summary>The page itself: the sign-in, and to whoever is signed in that there is no such page, with the way back.</summary>
    internal static Task UnknownPage(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.SendFileAsync(IndexOf(context), context.RequestAborted);
    }

    private static IFileInfo IndexOf(HttpContext context) =>
        context.RequestServices.GetRequiredService<IWebHostEnvironment>().WebRootFileProvider.GetFileInfo("index.html");

    private static IResult Page(HttpContext context)
    {
        var page = IndexOf(context);
        if (!page.Exists)
        {
            return Results.Problem(statusCode: StatusCodes.Status404NotFound, title: "This engine was built without its screens.", extensions: [new("code", "screens.absent")]);
        }

        // It names the hashed assets of one build: the browser asks again each time, and is told when it has the newest.
        context.Response.Headers.CacheControl = "no-cache";
        var etag = $"\"{page.LastModified.UtcTicks:x}-{page.Length:x}\"";
        return Results.Stream(page.CreateReadStream(), "text/html; charset=utf-8", lastModified: page.LastModified, entityTag: new(etag));
    }
}
