using Engagement.Gateway.Screens;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Net.Http.Headers;

namespace Engagement.Gateway;

/// <summary>Refusals as RFC 9457 problems with a stable code. An answer never holds a stack trace.</summary>
public static class Problems
{
    public static IResult Of(int status, string code, string detail, int? retryAfterSeconds = null, IReadOnlyList<object>? errors = null) =>
        new ProblemAnswer(status, code, detail, retryAfterSeconds, errors);

    public static IResult NotFound() => Of(404, "request.not.found", "There is no such thing, or it is not yours to see.");

    public static IResult Forbidden() => Of(403, "request.forbidden", "Your role may not do this.");

    public static IResult Invalid(string field, string detail) => Of(400, "request.invalid", $"{field}: {detail}");

    /// <summary>Gives every refusal of the framework's own a code too, and turns what went wrong inside into a plain answer.</summary>
    public static WebApplication UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = Unexpected, SuppressDiagnosticsCallback = _ => false });
        app.UseStatusCodePages(context => ScreenEndpoints.IsUnknownPage(context.HttpContext)
            ? ScreenEndpoints.UnknownPage(context.HttpContext)
            : Of(
                context.HttpContext.Response.StatusCode,
                CodeOf(context.HttpContext.Response.StatusCode),
                DetailOf(context.HttpContext.Response.StatusCode)).ExecuteAsync(context.HttpContext));
        // Else whoever reads such a body finds out, in the middle of it, that nobody knows its characters.
        app.Use((context, next) => MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) && type.Charset.HasValue && type.Encoding is null
            ? Of(415, CodeOf(415), DetailOf(415)).ExecuteAsync(context)
            : next(context));
        return app;
    }

    private static Task Unexpected(HttpContext context)
    {
        var failure = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        var answer = failure switch
        {
            BadHttpRequestException bad => Of(bad.StatusCode, CodeOf(bad.StatusCode), DetailOf(bad.StatusCode)),
            Contracts.Storage.StoreUnavailableException or System.Data.Common.DbException or TimeoutException or OperationCanceledException or Orleans.Runtime.OrleansException =>
                Of(503, "engine.unavailable", "The engine cannot answer right now.", retryAfterSeconds: 1),
            _ => Of(500, "engine.failed", "Something went wrong that is not yours to mend; it has been logged."),
        };
        return answer.ExecuteAsync(context);
    }

    private static string CodeOf(int status) => status switch
    {
        401 => "request.unauthenticated",
        403 => "request.forbidden",
        404 => "request.not.found",
        405 => "request.method",
        413 => "request.too.large",
        415 => "request.content.type",
        _ => "request.unreadable",
    };

    private static string DetailOf(int status) => status switch
    {
        401 => "A valid token is needed.",
        403 => "Your role may not do this.",
        404 => "There is no such thing, or it is not yours to see.",
        405 => "This address does not take that method.",
        413 => "The request is too large.",
        415 => "The content type is not taken here.",
        _ => "The request could not be read.",
    };

    private sealed class ProblemAnswer(int status, string code, string detail, int? retryAfterSeconds, IReadOnlyList<object>? errors) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            if (retryAfterSeconds is { } seconds)
            {
                httpContext.Response.Headers.RetryAfter = seconds.ToString();
            }

            var body = new Dictionary<string, object?>
            {
                ["type"] = $"/docs/problems#{code}",
                ["title"] = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status),
                ["status"] = status,
                ["code"] = code,
                ["detail"] = detail,
            };
            if (errors is not null)
            {
                body["errors"] = errors;
            }

            return httpContext.Response.WriteAsJsonAsync(body, Json.Options, "application/problem+json");
        }
    }
}
