using Engagement.Gateway.Security;
using Microsoft.AspNetCore.SignalR;

namespace Engagement.Gateway.Map;

/// <summary>The live map. A connection watches one node, the last that it asked for. A refusal is a hub error whose text begins with its code.</summary>
public sealed class MapHub(MapRelay relay, MapAccess access) : Hub
{
    private string? watching;

    public async Task<MapNodeJson> Watch(string node)
    {
        var who = Context.User?.Principal();
        if (who is null || await access.Of(who, node) is not { } found)
        {
            throw new HubException("request.not.found: there is no such node, or it is not yours to see");
        }

        watching = Context.ConnectionId;
        var shown = await relay.Watch(Context.ConnectionId, who, found.Node, found.Tree);
        if (Context.ConnectionAborted.IsCancellationRequested)
        {
            // It went meanwhile, when there was nothing to leave yet: its node would be looked at for ever.
            relay.Leave(Context.ConnectionId);
        }

        return shown;
    }

    /// <summary>A hub lasts for one call and is let go when the answer has been written: what changed since is sent after it.</summary>
    protected override void Dispose(bool disposing)
    {
        if (watching is { } connection)
        {
            relay.Answered(connection);
        }

        base.Dispose(disposing);
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        relay.Leave(Context.ConnectionId);
        return Task.CompletedTask;
    }
}
