using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR.Client;

namespace Engagement.Gateway.Tests.Map;

/// <summary>A connection to the map's hub, with what it was told.</summary>
internal sealed class MapScreen(HubConnection connection, Channel<(string Name, JsonElement Told)> told) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static async Task<MapScreen> Open(Engine engine, string role, string? sub = null, string? node = null)
    {
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(engine.Url, "/hubs/map"), o => o.AccessTokenProvider = () => Task.FromResult<string?>(engine.Token(role, sub, node)))
            .Build();
        var told = Channel.CreateUnbounded<(string, JsonElement)>();
        foreach (var name in new[] { "Delta", "Ended" })
        {
            connection.On<JsonElement>(name, d => { told.Writer.TryWrite((name, d.Clone())); });
        }

        await connection.StartAsync();
        return new(connection, told);
    }

    public Task<JsonElement> Watch(string node) => connection.InvokeAsync<JsonElement>("Watch", node);

    /// <summary>The next that is asked for.</summary>
    public async Task<JsonElement> Next(Func<string, JsonElement, bool> wanted)
    {
        using var tooLong = new CancellationTokenSource(Patience);
        while (true)
        {
            var (name, next) = await told.Reader.ReadAsync(tooLong.Token);
            if (wanted(name, next))
            {
                return next;
            }
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
