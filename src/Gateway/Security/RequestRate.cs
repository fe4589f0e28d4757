using System.ComponentModel.DataAnnotations;
using System.Threading.RateLimiting;
using Engagement.Domain.Organisation;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Engagement.Gateway.Security;

/// <summary>How often one token may ask. Bound to <c>Engagement:Rate</c>, validated at start.</summary>
public sealed class RateOptions
{
    public const string Section = "Engagement:Rate";

    /// <summary>Requests and hub calls a second in the long run, for each token's person and role, or each address without one. Default: 2,000.</summary>
    [Range(10, 1_000_000)]
    public int PerSecond { get; set; } = 2_000;

    /// <summary>Requests at once, after a pause. Default: 20,000.</summary>
    [Range(10, 10_000_000)]
    public int Burst { get; set; } = 20_000;
}

[OptionsValidator]
internal sealed partial class RateOptionsValidator : IValidateOptions<RateOptions>;

/// <summary>
/// Bounds what one caller may ask for, so that a loop gone wild or a stolen token takes nobody else's room. Events are left out: what
/// is sent of them has a bound of its own (<see cref="Ingest.IngestRoom"/>), which is about the engine and not about the caller.
/// </summary>
public sealed class RequestRate : IAsyncDisposable
{
    public const string Code = "request.rate";

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    private readonly PartitionedRateLimiter<string> limiter;

    public RequestRate(IOptions<RateOptions> options)
    {
        var perPeriod = Math.Max(1, options.Value.PerSecond / 10);
        limiter = PartitionedRateLimiter.Create<string, string>(caller => RateLimitPartition.GetTokenBucketLimiter(caller, _ => new()
        {
            TokenLimit = options.Value.Burst,
            TokensPerPeriod = perPeriod,
            ReplenishmentPeriod = Period,
            QueueLimit = 0,
        }));
    }

    /// <returns>Null: he may. Otherwise in how many seconds he may again.</returns>
    public int? Refuse(string caller)
    {
        using var lease = limiter.AttemptAcquire(caller);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
    }

    public static string CallerOf(HttpContext context) => Of(context.User.Principal()) ?? $"address {context.Connection.RemoteIpAddress}";

    public static string? Of(Principal? who) => who is null ? null : $"{who.Role} {who.Sub}";

    public ValueTask DisposeAsync() => limiter.DisposeAsync();
}

/// <summary>Calls on hubs count as requests do.</summary>
internal sealed class HubRate(RequestRate rate) : IHubFilter
{
    public ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next) =>
        RequestRate.Of(invocationContext.Context.User?.Principal()) is { } caller && rate.Refuse(caller) is { } seconds
            ? throw new HubException($"{RequestRate.Code}: too many calls; again in {seconds} s")
            : next(invocationContext);
}

internal static class RateHosting
{
    public static IServiceCollection AddRequestRate(this IServiceCollection services)
    {
        services.AddOptions<RateOptions>().BindConfiguration(RateOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RateOptions>, RateOptionsValidator>();
        return services.AddSingleton<RequestRate>().AddSingleton<HubRate>();
    }

    /// <summary>Belongs after the authentication, which says who asks.</summary>
    public static WebApplication UseRequestRate(this WebApplication app)
    {
        var rate = app.Services.GetRequiredService<RequestRate>();
        app.Use((context, next) =>
            !context.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase)
            && !(context.Request.Path.Value == "/v1/events" && context.User.Principal()?.Role.MaySendEvents() == true)
            && rate.Refuse(RequestRate.CallerOf(context)) is { } seconds
                ? Problems.Of(429, RequestRate.Code, "Too many requests of one caller.", seconds).ExecuteAsync(context)
                : next(context));
        return app;
    }
}
