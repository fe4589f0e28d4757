using System.Collections.Concurrent;
using Engagement.Domain.Map;
using Engagement.Domain.Organisation;
using Microsoft.AspNetCore.SignalR;

namespace Engagement.Gateway.Map;

/// <summary>
/// Stands between the regions and the connections of this gateway: looks at each node that somebody here watches, once for all of them
/// and at most four times a second, and asks every second whether they still may.
/// </summary>
public sealed partial class MapRelay(MapReader reader, MapAccess access, IHubContext<MapHub> hub, TimeProvider time, ILogger<MapRelay> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan BeatEvery = TimeSpan.FromMilliseconds(750);
    private static readonly TimeSpan EndedWithin = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, MapConnection> connections = [];
    private readonly ConcurrentDictionary<string, WatchedNode> nodes = [];

    public async Task<MapNodeJson> Watch(string connectionId, Principal who, MapNode node, OrganisationTree tree)
    {
        Leave(connectionId);
        var shown = await reader.Read(node, tree);
        var connection = new MapConnection(connectionId, who, node.ToString(), shown);
        connections[connectionId] = connection;
        WatchedNode watched;
        do
        {
            // A look that meanwhile found nobody here may have let the node go.
            watched = nodes.GetOrAdd(connection.Node, _ => new(node));
            watched.Connections[connectionId] = connection;
        }
        while (!nodes.TryGetValue(connection.Node, out var current) || current != watched);

        return shown;
    }

    /// <summary>The answer to Watch is on its way: what changed since is sent from here on.</summary>
    public void Answered(string connectionId)
    {
        if (connections.TryGetValue(connectionId, out var connection))
        {
            _ = Send(connection);
        }
    }

    public void Leave(string connectionId)
    {
        if (connections.TryRemove(connectionId, out var connection))
        {
            connection.Ended.Cancel();
            if (nodes.TryGetValue(connection.Node, out var watched))
            {
                watched.Connections.TryRemove(connectionId, out _);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var watched in nodes.Values.Where(n => n.Look.IsCompleted))
            {
                // Not waited for: a region that does not answer holds up its own screens alone.
                watched.Look = Look(watched);
            }
        }
    }

    private async Task Look(WatchedNode watched)
    {
        try
        {
            if (watched.Connections.IsEmpty && nodes.TryRemove(new(watched.Node.ToString(), watched)))
            {
                // Somebody may have come between the look and the removal.
                if (watched.Connections.IsEmpty || !nodes.TryAdd(watched.Node.ToString(), watched))
                {
                    return;
                }
            }

            var beats = watched.BeatAt is not { } beatAt || time.GetElapsedTime(beatAt) >= BeatEvery;
            if (beats || watched.Tree is null)
            {
                await AskRights(watched);
            }

            if (watched.Tree is not { } tree || !watched.Node.IsIn(tree))
            {
                return;
            }

            var newest = await reader.Read(watched.Node, tree);
            if (beats || watched.Newest is null || !Same(newest, watched.Newest))
            {
                (watched.Newest, watched.BeatAt) = (newest, beats ? time.GetTimestamp() : watched.BeatAt);
                foreach (var connection in watched.Connections.Values)
                {
                    connection.Show(newest);
                }
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Nothing goes out: the screens see that what they show is late, which is the truth.
            LogNotRead(e, watched.Node.ToString());
        }
    }

    private async Task AskRights(WatchedNode watched)
    {
        foreach (var connection in watched.Connections.Values)
        {
            if (await access.Of(connection.Who, connection.Node) is { } found)
            {
                watched.Tree = found.Tree;
            }
            else
            {
                // Not waited for: a screen that does not read would hold up everybody else's.
                _ = End(connection);
            }
        }
    }

    private static bool Same(MapNodeJson a, MapNodeJson b) =>
        a.ShowsAs(b) && a.Parts == b.Parts && a.Children.Count == b.Children.Count && a.Children.Zip(b.Children).All(c => c.First.ShowsAs(c.Second));

    private async Task End(MapConnection connection)
    {
        Leave(connection.Id);
        using var tooLong = new CancellationTokenSource(EndedWithin, time);
        try
        {
            await hub.Clients.Client(connection.Id).SendAsync("Ended", new { node = connection.Node, code = "request.not.found" }, tooLong.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException)
        {
            LogEnded(connection.Node);
        }
    }

    private async Task Send(MapConnection connection)
    {
        try
        {
            await connection.Send(hub.Clients.Client(connection.Id));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException)
        {
            LogEnded(connection.Node);
        }
        finally
        {
            connections.TryRemove(new(connection.Id, connection));
            if (nodes.TryGetValue(connection.Node, out var watched))
            {
                watched.Connections.TryRemove(new(connection.Id, connection));
            }

            connection.Dispose();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Node {Node} of the map could not be read")]
    private partial void LogNotRead(Exception exception, string node);

    [LoggerMessage(Level = LogLevel.Debug, Message = "A connection to node {Node} of the map ended")]
    private partial void LogEnded(string node);

    private sealed class WatchedNode(MapNode node)
    {
        public MapNode Node => node;

        public OrganisationTree? Tree { get; set; }

        public MapNodeJson? Newest { get; set; }

        public long? BeatAt { get; set; }

        public Task Look { get; set; } = Task.CompletedTask;

        public ConcurrentDictionary<string, MapConnection> Connections { get; } = [];
    }
}
