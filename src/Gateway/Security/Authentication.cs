using System.Security.Claims;
using Engagement.Domain.Organisation;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Engagement.Gateway.Security;

/// <summary>Who is asking: a bearer token, the session cookie that holds one, or, for hubs only, <c>access_token</c>.</summary>
public static class Authentication
{
    public const string Cookie = "engagement";

    private static readonly TimeSpan KeysAgainAfter = TimeSpan.FromSeconds(10);

    private static readonly string[] Asymmetric =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    public static IServiceCollection AddEmbeddedAuthentication(this IServiceCollection services, EmbeddedKey key)
    {
        services.AddSingleton(key);
        return services.AddBearer(options => options.TokenValidationParameters = new()
        {
            ValidIssuer = EmbeddedKey.Issuer,
            ValidAudience = EmbeddedKey.Audience,
            IssuerSigningKey = key.Key,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            ClockSkew = TimeSpan.FromSeconds(30),
            NameClaimType = "sub",
            RoleClaimType = "role",
        });
    }

    /// <summary>Tokens of an OpenID Connect authority, by <see cref="AuthOptions"/>.</summary>
    public static IServiceCollection AddAuthorityAuthentication(this IServiceCollection services)
    {
        services.AddOptions<AuthOptions>().BindConfiguration(AuthOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AuthOptions>, AuthOptionsValidator>();
        services.AddBearer(_ => { });
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<IOptions<AuthOptions>>((bearer, auth) =>
        {
            (bearer.Authority, bearer.Audience, bearer.RequireHttpsMetadata) = (auth.Value.Authority, auth.Value.Audience, auth.Value.RequireHttps);
            // Never a secret shared with whoever checks: a public key must not pass for one, nor no signature for any.
            bearer.TokenValidationParameters.ValidAlgorithms = Asymmetric;
            // A key that nobody knows yet is looked for, however many tokens name one, this often.
            bearer.RefreshInterval = KeysAgainAfter;
            bearer.TokenValidationParameters.NameClaimType = "sub";
            bearer.TokenValidationParameters.RoleClaimType = "role";
            bearer.TokenValidationParameters.ClockSkew = TimeSpan.FromSeconds(30);
        });
        return services;
    }

    private static IServiceCollection AddBearer(this IServiceCollection services, Action<JwtBearerOptions> configure)
    {
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options =>
        {
            options.MapInboundClaims = false;
            configure(options);
            options.Events = new()
            {
                OnMessageReceived = context =>
                {
                    if (context.Request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase) && context.Request.Query["access_token"] is [{ Length: > 0 } token])
                    {
                        context.Token = token;
                    }
                    else if (context.Request.Headers.Authorization.Count == 0)
                    {
                        context.Token = context.Request.Cookies[Cookie];
                    }

                    return Task.CompletedTask;
                },
            };
        });
        // No endpoint is open unless it says so.
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return services;
    }

    /// <summary>The principal of a token; null where its claims name no role that we know.</summary>
    public static Principal? Principal(this ClaimsPrincipal user) =>
        user.FindFirst("sub")?.Value is { Length: > 0 } sub && RoleNames.TryParse(user.FindFirst("role")?.Value, out var role)
            ? new(sub, role, user.FindFirst("node")?.Value)
            : null;

    /// <summary>A browser of another origin may not use our cookie, nor open our hubs.</summary>
    public static WebApplication UseSameOrigin(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            var request = context.Request;
            var sensitive = request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase)
                || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));
            if (sensitive && request.Headers.Origin is [{ Length: > 0 } origin]
                && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == request.Host.Value))
            {
                return Problems.Of(403, "request.origin", "Requests from other origins are refused.").ExecuteAsync(context);
            }

            return next(context);
        });
        return app;
    }
}
