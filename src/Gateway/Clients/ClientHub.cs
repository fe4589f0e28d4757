using Engagement.Gateway.Security;
using Microsoft.AspNetCore.SignalR;

namespace Engagement.Gateway.Clients;

/// <summary>An open page of a client: it learns within a second that the right to see him has ended. A refusal is a hub error whose text begins with its code.</summary>
public sealed class ClientHub(ClientRelay relay, ClientAccess access) : Hub
{
    /// <summary>Watches one client, the last that was asked for. What he is, the page reads by HTTP.</summary>
    public async Task Watch(string client)
    {
        var who = Context.User?.Principal();
        if (who is null || client is null || await access.View(client, who, "client.watch") is null)
        {
            throw new HubException("request.not.found: there is no such client, or he is not yours to see");
        }

        relay.Watch(Context.ConnectionId, who, client);
        if (Context.ConnectionAborted.IsCancellationRequested)
        {
            // It went meanwhile, when there was nothing to leave yet.
            relay.Leave(Context.ConnectionId);
        }
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        relay.Leave(Context.ConnectionId);
        return Task.CompletedTask;
    }
}
