using Engagement.Contracts.Clock;
using Engagement.Domain;
using Engagement.Domain.Organisation;
using Engagement.Gateway.Audit;
using Engagement.Gateway.Security;

namespace Engagement.Gateway.Clock;

/// <summary>The engine's clock, and how far it has come.</summary>
public static class ClockEndpoints
{
    private const int WaitSecondsMax = 600;

    public sealed record SetClock(string? Now);

    public static void MapClock(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/v1/clock", async (IGrainFactory grains) => Answer(await Clock(grains).Read())).For(r => r is Role.HqAdmin or Role.Auditor);
        endpoints.MapPost("/v1/clock", Set).For(r => r.MayPublish());
        endpoints.MapGet("/v1/progress", Progress).For(r => r.MayReadCommon());
    }

    private static async Task<IResult> Set(SetClock set, IGrainFactory grains, HttpContext context, AuditTrail audit)
    {
        if (set.Now is not { } text || !Rfc3339.TryParse(text, out var now))
        {
            return Problems.Invalid("now", "must be an RFC 3339 timestamp with a zone");
        }

        await audit.Record(context.User.Principal()!, "clock.set", detail: Rfc3339.Format(now));
        return await Clock(grains).Advance(now)
            ? Answer(await Clock(grains).Read())
            : Problems.Of(409, "clock.refused", "The clock is the wall's, or is beyond that instant already.");
    }

    private static async Task<IResult> Progress(IGrainFactory grains, double? wait)
    {
        if (wait is < 0 or > WaitSecondsMax or double.NaN)
        {
            return Problems.Invalid("wait", $"must be 0 to {WaitSecondsMax} seconds");
        }

        var progress = await Clock(grains).Settle(TimeSpan.FromSeconds(wait ?? 0));
        return Results.Json(new { progress.Appended, progress.Applied, progress.Settled }, Json.Options);
    }

    private static IResult Answer(ClockReading reading) =>
        Results.Json(new { clock = reading.Manual ? "manual" : "wall", now = Rfc3339.Format(reading.NowMs) }, Json.Options);

    private static IClockGrain Clock(IGrainFactory grains) => grains.GetGrain<IClockGrain>(0);
}
