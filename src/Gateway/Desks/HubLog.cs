using Microsoft.AspNetCore.SignalR;

namespace Engagement.Gateway.Desks;

/// <summary>
/// Says what a call of the hub came to. A refusal is an answer and no failure, and SignalR's own log makes no difference: its
/// category is silenced, and this stands in its place.
/// </summary>
internal sealed partial class HubLog(ILogger<HubLog> logger) : IHubFilter
{
    /// <summary>Where SignalR logs every exception of a call, with its stack.</summary>
    public const string Silenced = "Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher";

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocationContext);
        }
        catch (HubException e)
        {
            LogRefused(invocationContext.HubMethodName, e.Message);
            throw;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(e, invocationContext.HubMethodName);
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Method} was refused: {Reason}")]
    private partial void LogRefused(string method, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} failed")]
    private partial void LogFailed(Exception exception, string method);
}
