using Engagement.Contracts;
using Engagement.Contracts.Storage;
using Orleans.Runtime;

namespace Engagement.Gateway;

/// <summary>Requests that meet what is on its way from one silo to another.</summary>
internal static class MovingRequests
{
    /// <summary>Asks a second time for whoever only reads.</summary>
    public static WebApplication UseMoving(this WebApplication app)
    {
        app.Use(async (context, next) =>
        {
            if (!HttpMethods.IsGet(context.Request.Method) || context.Request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase))
            {
                await next(context);
                return;
            }

            await Moving.Wait(
                async () =>
                {
                    try
                    {
                        await next(context);
                    }
                    catch (Exception e) when (e is OrleansMessageRejectionException or TimeoutException or StoreUnavailableException && context.Response.HasStarted)
                    {
                        // Half of an answer is out.
                        context.Abort();
                    }

                    return true;
                },
                context.RequestServices.GetRequiredService<TimeProvider>());
        });
        return app;
    }
}
