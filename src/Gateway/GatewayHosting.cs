using Engagement.Contracts.Clock;
using Engagement.Contracts.Faults;
using Engagement.Domain.Audit;
using Engagement.Gateway.Audit;
using Engagement.Gateway.Catalogue;
using Engagement.Gateway.Clients;
using Engagement.Gateway.Clock;
using Engagement.Gateway.Desks;
using Engagement.Gateway.Ingest;
using Engagement.Gateway.Map;
using Engagement.Gateway.Quotes;
using Engagement.Gateway.Reference;
using Engagement.Gateway.Screens;
using Engagement.Gateway.Security;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Engagement.Gateway;

/// <summary>Composes a gateway: endpoints, hubs, screens.</summary>
public static class GatewayHosting
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(5);

    /// <param name="key">Null: tokens are those of the authority that is configured.</param>
    /// <param name="auditKey">Null: as it is configured, or beside the key.</param>
    public static WebApplicationBuilder AddGateway(this WebApplicationBuilder builder, EmbeddedKey? key, AuditKey? auditKey = null)
    {
        builder.AddScreens();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<IFaultPoints>(NoFaults.Instance);
        if (key is not null)
        {
            builder.Services.AddEmbeddedAuthentication(key);
        }
        else
        {
            builder.Services.AddAuthorityAuthentication();
        }

        builder.Services.AddOptions<IngestOptions>().BindConfiguration("Engagement").ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<IngestOptions>, IngestOptionsValidator>();
        builder.Services.AddSingleton<IngestRoom>();
        builder.Services.AddRequestRate();
        builder.Services.AddSingleton(auditKey ?? AuditOptions.Key(builder.Configuration, key?.Folder));
        builder.Services.AddSingleton<AuditTrail>();
        builder.Services.AddHostedService(s => s.GetRequiredService<AuditTrail>());
        builder.Services.AddSingleton<CurrentOrganisation>();
        builder.Services.AddSingleton<CurrentCatalogue>();
        builder.Services.AddSingleton<ClientAccess>();
        builder.Services.AddSingleton<ClientRelay>();
        builder.Services.AddHostedService(s => s.GetRequiredService<ClientRelay>());
        builder.Services.AddSingleton<DeskAccess>().AddSingleton<DeskActions>();
        builder.Services.AddSingleton<DeskRelay>();
        builder.Services.AddHostedService(s => s.GetRequiredService<DeskRelay>());
        builder.Services.AddSingleton<MapAccess>().AddSingleton<RegionReader>().AddSingleton<MapMinutes>().AddSingleton<MapSurges>().AddSingleton<MapReader>();
        builder.Services.AddSingleton<MapRelay>();
        builder.Services.AddHostedService(s => s.GetRequiredService<MapRelay>());
        builder.Services.AddOpenApi(ApiDescription.Describe);
        builder.Services.AddSingleton<HubLog>();
        builder.Services.AddSignalR(o =>
        {
            o.MaximumReceiveMessageSize = 32 * 1024;
            o.AddFilter<HubLog>();
            o.AddFilter<HubRate>();
        });
        builder.Logging.AddFilter(HubLog.Silenced, LogLevel.None);
        // The request log would hold tokens that hubs take in the query.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.AddServerHeader = false;
            k.Limits.MaxRequestBodySize = EventBodyLimit;
            // What a connection may send before anybody reads it, and how many there are: a bound on what IngestRoom does not see.
            k.Limits.MaxRequestBufferSize = 128 * 1024;
            k.Limits.MaxConcurrentConnections = ConnectionsMax;
            k.Limits.MaxConcurrentUpgradedConnections = ConnectionsMax;
        });
        return builder;
    }

    // A little more than the limit of the endpoint, which counts after inflation and answers with its own code.
    private const long EventBodyLimit = 17 * 1024 * 1024;
    private const int ConnectionsMax = 10_000;

    public static WebApplication MapGateway(this WebApplication app)
    {
        app.UseProblems();
        app.UseScreenHeaders();
        app.UseSameOrigin();
        app.UseAuthentication();
        app.UseRequestRate();
        app.UseAuthorization();
        app.UseMoving();
        app.MapGet("/health/live", () => Results.Text("live")).AllowAnonymous();
        app.MapGet("/health/ready", Ready).AllowAnonymous();
        app.MapOpenApi();
        app.MapReference();
        app.MapSession();
        app.MapEvents();
        app.MapDocuments();
        app.MapClients();
        app.MapSegments();
        app.MapDesks();
        app.MapTotals();
        app.MapQuotes();
        app.MapClock();
        app.MapAudit();
        app.MapHub<DeskHub>("/hubs/desk", o => o.CloseOnAuthenticationExpiration = true);
        app.MapHub<ClientHub>("/hubs/client", o => o.CloseOnAuthenticationExpiration = true);
        app.MapHub<MapHub>("/hubs/map", o => o.CloseOnAuthenticationExpiration = true);
        app.MapScreens();
        return app;
    }

    /// <summary>Ready when every shard answers.</summary>
    private static async Task<IResult> Ready(IGrainFactory grains)
    {
        try
        {
            await grains.GetGrain<IClockGrain>(0).Settle(TimeSpan.Zero).WaitAsync(ReadyWithin);
            return Results.Text("ready");
        }
        catch (Exception e) when (e is TimeoutException or Orleans.Runtime.OrleansException or Contracts.Storage.StoreUnavailableException)
        {
            return Problems.Of(503, "engine.unavailable", "Not every shard answers yet.", 1);
        }
    }
}
