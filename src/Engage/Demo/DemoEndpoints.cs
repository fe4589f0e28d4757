using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Engagement.Engage.Demo;

/// <summary>What to change; what is left out stays.</summary>
/// <param name="Step">True: pause, and play on by about a minute of the market.</param>
internal sealed record DemoChange(bool? Paused, double? Speed, bool? Step);

internal static class DemoEndpoints
{
    /// <summary>
    /// <c>GET</c> and <c>POST /v1/demo</c> for whoever has signed in, and <c>GET /v1/demo/people</c> for everyone: the people
    /// are asked for before anybody has signed in.
    /// </summary>
    public static IEndpointConventionBuilder MapDemo(this IEndpointRouteBuilder endpoints)
    {
        var demo = endpoints.MapGroup("/v1/demo").WithTags("demo");
        demo.MapGet("", Status);
        demo.MapPost("", Change);
        demo.MapGet("/people", People).AllowAnonymous();
        return demo;
    }

    private static JsonHttpResult<DemoStatus> Status(DemoControl control) => Json(control.Status);

    private static async Task<Results<JsonHttpResult<DemoStatus>, ProblemHttpResult>> Change(HttpRequest request, DemoControl control)
    {
        if (await Read(request) is not { } change)
        {
            return TypedResults.Problem(
                "Expected {paused?, speed?, step?} as application/json.", statusCode: StatusCodes.Status400BadRequest,
                extensions: [new("code", "request.unreadable")]);
        }

        Apply(change, control);
        return Json(control.Status);
    }

    private static async Task<DemoChange?> Read(HttpRequest request)
    {
        try
        {
            return request.HasJsonContentType()
                ? await request.ReadFromJsonAsync(DemoJson.Default.DemoChange, request.HttpContext.RequestAborted)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonHttpResult<ImmutableArray<DemoPerson>> People() =>
        TypedResults.Json(DemoPeople.All, DemoJson.Default.ImmutableArrayDemoPerson);

    private static void Apply(DemoChange change, DemoControl control)
    {
        if (change.Speed is { } speed)
        {
            control.Speed(speed);
        }

        if (change.Paused == true)
        {
            control.Pause();
        }
        else if (change.Paused == false)
        {
            control.Resume();
        }

        if (change.Step == true)
        {
            control.Step();
        }
    }

    private static JsonHttpResult<DemoStatus> Json(DemoStatus status) =>
        TypedResults.Json(status, DemoJson.Default.DemoStatus);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(DemoStatus))]
[JsonSerializable(typeof(DemoChange))]
[JsonSerializable(typeof(ImmutableArray<DemoPerson>))]
[JsonSerializable(typeof(DemoProgress))]
[JsonSerializable(typeof(IReadOnlyList<DemoQuote>))]
internal sealed partial class DemoJson : JsonSerializerContext;
