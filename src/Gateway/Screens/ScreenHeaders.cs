namespace Engagement.Gateway.Screens;

/// <summary>
/// The headers that keep a browser from doing with an answer what nobody meant. The page's policy allows scripts and styles of
/// this origin and nothing inline; the one page of others, <c>/docs</c>, has both inline, and nothing from elsewhere either.
/// </summary>
internal sealed class ScreenHeaders(RequestDelegate next)
{
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private const string ReferencePolicy =
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; " +
        "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        // Added when the answer begins: one to a failure is begun anew, without what was set before.
        context.Response.OnStarting(static state => Add((HttpContext)state), context);
        return next(context);
    }

    private static Task Add(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        }

        headers.ContentSecurityPolicy = context.Request.Path.Value is "/docs" or "/docs/" ? ReferencePolicy : Policy;

        // What is about clients stays in no cache, neither the browser's nor one on the way.
        if (context.Request.Path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase))
        {
            headers.CacheControl = "no-store";
        }

        // Vite puts a hash of the content into these names: what they hold never changes.
        if (context.Request.Path.StartsWithSegments("/assets", StringComparison.OrdinalIgnoreCase)
            && context.Response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status304NotModified)
        {
            headers.CacheControl = "public,max-age=31536000,immutable";
        }

        return Task.CompletedTask;
    }
}
