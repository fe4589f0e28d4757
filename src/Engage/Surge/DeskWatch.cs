using Microsoft.AspNetCore.SignalR.Client;

namespace Engagement.Engage.Surge;

/// <summary>One desk, open as on a screen: it joins, hears what changes, and joins again where it missed something.</summary>
internal sealed class DeskWatch : IAsyncDisposable
{
    private readonly HubConnection connection;
    private readonly string desk;
    private readonly Action<string, string> see;
    private readonly SemaphoreSlim joining = new(1, 1);
    private long last;

    private sealed record Prompt(string Id, string Client);

    private sealed record Changes(long From, long Seq, IReadOnlyList<Prompt> Prompts);

    /// <param name="see">Told of each prompt's id and client, perhaps more than once.</param>
    public DeskWatch(Uri engine, string token, string desk, Action<string, string> see)
    {
        (this.desk, this.see) = (desk, see);
        connection = new HubConnectionBuilder()
            .WithUrl(new Uri(engine, "/hubs/desk"), o => o.AccessTokenProvider = () => Task.FromResult<string?>(token))
            .WithAutomaticReconnect()
            .Build();
        connection.On<Changes>("Changed", Changed);
        connection.Reconnected += _ => Join();
    }

    public async Task Open(CancellationToken cancellation)
    {
        await connection.StartAsync(cancellation);
        await Join();
    }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        joining.Dispose();
    }

    private async Task Changed(Changes changes)
    {
        Take(changes.Prompts);
        if (changes.From > Interlocked.Read(ref last))
        {
            await Join();
        }
        else
        {
            Advance(changes.Seq);
        }
    }

    private async Task Join()
    {
        await joining.WaitAsync();
        try
        {
            var joined = await connection.InvokeAsync<Changes>("Join", desk, Interlocked.Read(ref last));
            Take(joined.Prompts);
            Advance(joined.Seq);
        }
        finally
        {
            joining.Release();
        }
    }

    private void Advance(long seq)
    {
        for (var known = Interlocked.Read(ref last); known < seq; known = Interlocked.Read(ref last))
        {
            Interlocked.CompareExchange(ref last, seq, known);
        }
    }

    private void Take(IReadOnlyList<Prompt> prompts)
    {
        foreach (var prompt in prompts)
        {
            see(prompt.Id, prompt.Client);
        }
    }
}
