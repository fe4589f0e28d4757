using System.Collections.Concurrent;
using Engagement.Contracts.Storage;
using Engagement.Domain.Organisation;
using Engagement.Gateway.Security;
using Microsoft.AspNetCore.SignalR;

namespace Engagement.Gateway.Clients;

/// <summary>Asks every second, for all open pages of clients at once, whether their readers still may, and tells those who may not.</summary>
public sealed partial class ClientRelay(IHubContext<ClientHub> hub, IEngagementQueries queries, CurrentOrganisation organisation, TimeProvider time, ILogger<ClientRelay> logger)
    : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan SentWithin = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Watching> connections = [];

    public void Watch(string connectionId, Principal who, string client) => connections[connectionId] = new(connectionId, who, client);

    public void Leave(string connectionId) => connections.TryRemove(connectionId, out _);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Look();
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // No beat goes out: the pages see that what they show is late, which is the truth.
                LogNoBeat(e);
            }
        }
    }

    private async Task Look()
    {
        List<Watching> watched = [.. connections.Values];
        if (watched.Count == 0)
        {
            return;
        }

        var (tree, day) = (await organisation.Tree(), await organisation.Today());
        var places = await queries.Places([.. watched.Select(w => w.Client).Distinct()]);
        foreach (var connection in watched)
        {
            var may = places.TryGetValue(connection.Client, out var place) && Access.MayReadClient(connection.Who, place, tree, day);
            if (!may)
            {
                connections.TryRemove(new(connection.Id, connection));
            }

            // Not waited for: a page that does not read holds nobody up, and is sent no second beat before it took the first.
            if (!may || connection.Sending.IsCompleted)
            {
                connection.Sending = Send(connection, may);
            }
        }
    }

    private async Task Send(Watching connection, bool may)
    {
        using var tooLong = new CancellationTokenSource(SentWithin, time);
        try
        {
            var to = hub.Clients.Client(connection.Id);
            await (may
                ? to.SendAsync("Live", new { client = connection.Client }, tooLong.Token)
                : to.SendAsync("Ended", new { client = connection.Client, code = "request.not.found" }, tooLong.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException)
        {
            LogGone(connection.Id);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Whether open pages of clients may still be seen could not be asked")]
    private partial void LogNoBeat(Exception exception);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The connection {Connection} to a client's page ended")]
    private partial void LogGone(string connection);

    private sealed record Watching(string Id, Principal Who, string Client)
    {
        public Task Sending { get; set; } = Task.CompletedTask;
    }
}
