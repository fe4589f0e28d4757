using Engagement.Domain.Organisation;
using Microsoft.AspNetCore.SignalR;

namespace Engagement.Gateway.Map;

/// <summary>One connection that watches a node. Only the newest state waits for it: a screen that does not read misses what was between, and slows nobody.</summary>
internal sealed class MapConnection(string id, Principal who, string node, MapNodeJson shown) : IDisposable
{
    private readonly Lock gate = new();
    private readonly SemaphoreSlim signal = new(0, 1);
    private MapNodeJson? waiting;
    private bool disposed;

    public string Id => id;

    public Principal Who => who;

    public string Node => node;

    public CancellationTokenSource Ended { get; } = new();

    public void Show(MapNodeJson newest)
    {
        lock (gate)
        {
            waiting = newest;
            if (signal.CurrentCount == 0 && !disposed)
            {
                signal.Release();
            }
        }
    }

    /// <summary>Sends the newest there is, for as long as the connection lasts.</summary>
    public async Task Send(IClientProxy client)
    {
        var before = shown;
        while (!Ended.IsCancellationRequested)
        {
            await signal.WaitAsync(Ended.Token);
            MapNodeJson? next;
            lock (gate)
            {
                (next, waiting) = (waiting, null);
            }

            if (next is not null)
            {
                await client.SendAsync("Delta", MapDeltaJson.Between(before, next), Ended.Token);
                before = next;
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            signal.Dispose();
            Ended.Dispose();
        }
    }
}
