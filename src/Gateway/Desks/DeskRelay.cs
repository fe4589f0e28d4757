using System.Collections.Concurrent;
using Engagement.Contracts.Desks;
using Engagement.Contracts.Storage;
using Engagement.Domain.Desks;
using Engagement.Domain.Organisation;
using Microsoft.AspNetCore.SignalR;

namespace Engagement.Gateway.Desks;

/// <summary>
/// Stands between the desks and the connections of this gateway: watches each desk that somebody here has open, once,
/// and asks it every second where it is, so that a change lost on the way is noticed. Twice a second it asks, once for all, what rights
/// follow from now, so that one that ended is felt within one.
/// </summary>
public sealed partial class DeskRelay(IGrainFactory grains, IHubContext<DeskHub> hub, DeskAccess access, IDeskStore store, TimeProvider time, ILogger<DeskRelay> logger)
    : BackgroundService
{
    private static readonly TimeSpan RightsEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan EndedWithin = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, DeskConnection> connections = [];
    private readonly ConcurrentDictionary<string, WatchedDesk> desks = [];

    /// <summary>What the connection is sent after the answer waits until <see cref="Answered"/>.</summary>
    public async Task<DeskChanges> Join(string connectionId, Principal who, DeskRights rights, string desk, long lastSeq)
    {
        var connection = connections.GetValueOrDefault(connectionId);
        if (connection is null || connection.Desk != desk)
        {
            Leave(connectionId);
            connection = new(connectionId, who, rights, desk);
            connections[connectionId] = connection;
        }

        // Changes gather from here on, so that none falls between the answer and the first push. A beat that meanwhile found nobody
        // here may have let the desk go: then it is watched anew.
        WatchedDesk watched;
        do
        {
            watched = await Watch(desk);
            watched.Connections[connectionId] = connection;
        }
        while (!desks.TryGetValue(desk, out var current) || current != watched);

        await connection.Hold();
        var grain = grains.GetGrain<IDeskGrain>(desk);
        var changes = await grain.Join(lastSeq);
        connection.Begin(changes.Seq);
        connection.Beat(((await grain.Pulse()).Clients, await access.Capacity(desk)));
        connection.Sending ??= Send(connection);

        return changes;
    }

    /// <summary>The answer to Join, or its refusal, is on its way.</summary>
    public void Answered(string connectionId)
    {
        if (connections.TryGetValue(connectionId, out var connection))
        {
            connection.Resume();
        }
    }

    public void Leave(string connectionId)
    {
        if (connections.TryGetValue(connectionId, out var connection))
        {
            Remove(connection);
        }
    }

    /// <returns>False where it has gone already, or watches another desk by now.</returns>
    private bool Remove(DeskConnection connection)
    {
        if (!connections.TryRemove(new(connection.Id, connection)))
        {
            return false;
        }

        connection.Ended.Cancel();
        if (desks.TryGetValue(connection.Desk, out var watched))
        {
            watched.Connections.TryRemove(connection.Id, out _);
        }

        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(RightsEvery, time);
        var beats = false;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            beats = !beats;
            if (desks.IsEmpty || await Basis() is not { } basis)
            {
                continue;
            }

            foreach (var watched in desks.Values)
            {
                // A desk that does not answer holds up its own screens alone.
                if (watched.Asking.IsCompleted)
                {
                    watched.Asking = Ask(watched, basis);
                }

                if (beats && watched.Pulsing.IsCompleted)
                {
                    watched.Pulsing = Pulse(watched);
                }
            }
        }
    }

    private async Task<RightsBasis?> Basis()
    {
        try
        {
            return await access.Basis();
        }
        catch (Exception e)
        {
            // No beat goes out: the screens see that what they show is late, which is the truth.
            LogNoRights(e);
            return null;
        }
    }

    private async Task<WatchedDesk> Watch(string desk)
    {
        var watched = desks.GetOrAdd(desk, name =>
        {
            var fresh = new WatchedDesk(name, Pulse);
            fresh.Reference = grains.CreateObjectReference<IDeskObserver>(fresh);
            return fresh;
        });
        await grains.GetGrain<IDeskGrain>(desk).Subscribe(watched.Reference!);
        return watched;
    }

    private async Task Pulse(WatchedDesk watched)
    {
        try
        {
            if (watched.Connections.IsEmpty && desks.TryRemove(new(watched.Name, watched)))
            {
                // Somebody may have come between the look and the removal.
                if (watched.Connections.IsEmpty || !desks.TryAdd(watched.Name, watched))
                {
                    await grains.GetGrain<IDeskGrain>(watched.Name).Unsubscribe(watched.Reference!);
                    return;
                }
            }

            var grain = grains.GetGrain<IDeskGrain>(watched.Name);
            await grain.Subscribe(watched.Reference!);
            var pulse = await grain.Pulse();
            (long, int?)? load = pulse.Clients != watched.Clients ? (pulse.Clients, await access.Capacity(watched.Name)) : null;
            watched.Clients = pulse.Clients;
            if (!await watched.Asking)
            {
                return;
            }

            foreach (var connection in watched.Connections.Values)
            {
                if (connection.IsJoined && (connection.Overflowed || connection.PendingSeq < pulse.Seq))
                {
                    await Mend(connection, grain);
                }

                connection.Beat(load);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // No beat goes out: the screens see that what they show is late, which is the truth.
            LogNoPulse(e, watched.Name);
        }
    }

    /// <returns>False where what is on a screen could not be judged: then no beat goes out.</returns>
    private async Task<bool> Ask(WatchedDesk watched, RightsBasis basis)
    {
        try
        {
            foreach (var connection in watched.Connections.Values)
            {
                if (DeskAccess.Of(connection.Who, connection.Desk, basis) is { } rights)
                {
                    await Reshow(connection, rights);
                }
                else
                {
                    // Not waited for: a screen that does not read would hold up everybody's heartbeat.
                    _ = End(connection);
                }
            }

            return true;
        }
        catch (Exception e)
        {
            LogNoPulse(e, watched.Name);
            return false;
        }
    }

    /// <summary>What these rights no longer show is taken off the screen, and what they show again comes back.</summary>
    private async Task Reshow(DeskConnection connection, DeskRights rights)
    {
        // What is pushed from here on is judged by these; what is on the screen already, only when it could be read.
        connection.Rights = rights;
        var shownBy = connection.ShownBy;
        if (!rights.IsWhole && !rights.Same(shownBy))
        {
            var turned = (await store.ReadPrompts(connection.Desk, null)).Where(p => shownBy.MayReadPrompt(p) != rights.MayReadPrompt(p)).ToList();
            connection.Reshow(turned);
        }

        connection.ShownBy = rights;
    }

    private static async Task Mend(DeskConnection connection, IDeskGrain grain)
    {
        var changes = await grain.Join(connection.Overflowed ? 0 : connection.PendingSeq);
        if (changes.Snapshot)
        {
            // The beat's `from` will not be what the screen has, and so it joins again.
            connection.Begin(changes.Seq);
        }
        else
        {
            connection.Changed(changes.From, changes.Seq, changes.Prompts);
        }
    }

    private async Task End(DeskConnection connection)
    {
        if (!Remove(connection))
        {
            return;
        }

        using var tooLong = new CancellationTokenSource(EndedWithin, time);
        try
        {
            await hub.Clients.Client(connection.Id).SendAsync("Ended", new { desk = connection.Desk, code = "request.not.found" }, tooLong.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException)
        {
            LogEnded(connection.Desk);
        }
    }

    private async Task Send(DeskConnection connection)
    {
        try
        {
            await connection.Send(hub.Clients.Client(connection.Id));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException)
        {
            LogEnded(connection.Desk);
        }
        finally
        {
            connections.TryRemove(new(connection.Id, connection));
            if (desks.TryGetValue(connection.Desk, out var watched))
            {
                watched.Connections.TryRemove(new(connection.Id, connection));
            }

            connection.Dispose();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Desk {Desk} does not say where it is")]
    private partial void LogNoPulse(Exception exception, string desk);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What rights follow from could not be asked")]
    private partial void LogNoRights(Exception exception);

    [LoggerMessage(Level = LogLevel.Debug, Message = "A connection to desk {Desk} ended")]
    private partial void LogEnded(string desk);
}
