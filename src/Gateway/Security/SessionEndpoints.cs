using Engagement.Contracts.Clock;
using Engagement.Domain;
using Engagement.Domain.Organisation;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Engagement.Gateway.Security;

/// <summary>Someone as whom one click signs in, where there is a demo.</summary>
public sealed record SignInPerson(string Sub, string Role, string? Node, string Name);

/// <summary>Signing in to the embedded engine: a token, or one of the demo's people, becomes a cookie that scripts cannot read.</summary>
public static class SessionEndpoints
{
    public sealed record SignIn(string? Token, string? Person);

    public static void MapSession(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/v1/session", Open).AllowAnonymous();
        endpoints.MapDelete("/v1/session", (HttpContext context) =>
        {
            context.Response.Cookies.Delete(Authentication.Cookie);
            return Results.NoContent();
        }).AllowAnonymous();
        endpoints.MapGet("/v1/me", Me).For(r => r.MayReadCommon());
    }

    private static async Task<IResult> Open(
        SignIn signIn, HttpContext context, TimeProvider time, IEnumerable<SignInPerson> people, IOptionsMonitor<JwtBearerOptions> bearer)
    {
        var token = signIn.Token?.Trim();
        if (signIn.Person is { } sub)
        {
            if (people.FirstOrDefault(p => p.Sub == sub) is not { } person)
            {
                return Problems.NotFound();
            }

            token = context.RequestServices.GetRequiredService<EmbeddedKey>().Sign(person.Role, person.Sub, person.Node, person.Name, time);
        }

        var options = bearer.Get(JwtBearerDefaults.AuthenticationScheme);
        var parameters = options.TokenValidationParameters.Clone();
        // An authority's keys are looked up there.
        parameters.ConfigurationManager = options.ConfigurationManager as BaseConfigurationManager;
        var validated = await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(token ?? "", parameters);
        if (!validated.IsValid)
        {
            return Problems.Of(401, "session.token.invalid", "The token is not valid, or no longer.");
        }

        context.Response.Cookies.Append(Authentication.Cookie, token!, new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            // Before an authority's gateway stands what ends TLS: the request does not say that it came by it.
            Secure = context.Request.IsHttps || context.RequestServices.GetService<EmbeddedKey>() is null,
            Expires = validated.SecurityToken.ValidTo,
        });
        return Results.NoContent();
    }

    private static async Task<IResult> Me(HttpContext context, CurrentOrganisation organisation, IGrainFactory grains, IEnumerable<SignInPerson> people)
    {
        var who = context.User.Principal()!;
        var tree = await organisation.Tree();
        var name = context.User.FindFirst("name")?.Value ?? (tree.Advisors.TryGetValue(who.Sub, out var advisor) ? advisor.Name : null);
        return Results.Json(
            new
            {
                sub = who.Sub, role = who.Role.Name(), name, node = who.Node, desks = Relation.Desks(who, tree, await organisation.Today()),
                // Screens count ages and snoozes by the engine's clock, whatever the computer's says.
                now = Rfc3339.Format((await grains.GetGrain<IClockGrain>(0).Read()).NowMs),
                demo = people.Any() ? true : (bool?)null,
            },
            Json.Options);
    }
}
