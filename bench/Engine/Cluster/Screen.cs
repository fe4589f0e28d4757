using Microsoft.AspNetCore.SignalR.Client;

namespace Engagement.Bench.Engine.Cluster;

/// <summary>A desk on a screen: joined, and told of what changes.</summary>
internal sealed class Screen : IAsyncDisposable
{
    private readonly HubConnection connection;

    private sealed record Prompt(string Client, string Campaign, string State);

    private sealed record Changes(long From, long Seq, IReadOnlyList<Prompt> Prompts);

    private Screen(HubConnection connection) => this.connection = connection;

    /// <param name="seen">Told of the client of each prompt of a campaign that is open.</param>
    public static async Task<Screen> Open(Uri engine, string token, string desk, string campaign, Action<string> seen)
    {
        var connection = new HubConnectionBuilder().WithUrl(new Uri(engine, "/hubs/desk"), o => o.AccessTokenProvider = () => Task.FromResult<string?>(token)).Build();
        connection.On<Changes>("Changed", changes =>
        {
            foreach (var prompt in changes.Prompts)
            {
                if (prompt.Campaign == campaign && prompt.State == "open")
                {
                    seen(prompt.Client);
                }
            }
        });
        await connection.StartAsync();
        await connection.InvokeAsync<Changes>("Join", desk, 0L);
        return new(connection);
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
