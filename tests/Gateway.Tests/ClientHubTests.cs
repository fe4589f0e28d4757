using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR.Client;

namespace Engagement.Gateway.Tests;

/// <summary>An open page of a client over a real connection.</summary>
[Collection(OneEngine.Name)]
public sealed class ClientHubTests(Engine engine)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Page_RightEndsWithItsMandate_IsToldAndTheOthersAreNot()
    {
        await engine.ClientWithPrompt("c-page-1", "tj-001");
        await engine.ClientWithPrompt("c-page-2", "sh-001");
        await using var ending = await Page.Open(engine, "c-page-1");
        await using var staying = await Page.Open(engine, "c-page-2");
        Assert.Equal(("Live", "c-page-1"), await ending.Next());

        try
        {
            await engine.Publish("organisation", Engine.Organisation.Replace("id: tj-tail, scope: tail, channels: [assistant, desk], until: 2026-12-31", "id: tj-tail, scope: tail, channels: [assistant, desk], until: 2026-03-01", StringComparison.Ordinal));
            (string What, string Client) told;
            while ((told = await ending.Next()).What == "Live")
            {
            }

            Assert.Equal(("Ended", "c-page-1"), told);
            // It is his no more, so that a look of it cannot be had again.
            await Assert.ThrowsAsync<Microsoft.AspNetCore.SignalR.HubException>(() => ending.Watch("c-page-1"));
            while (staying.Waiting > 0)
            {
                Assert.Equal(("Live", "c-page-2"), await staying.Next());
            }

            Assert.Equal(("Live", "c-page-2"), await staying.Next());
        }
        finally
        {
            await engine.Publish("organisation", Engine.Organisation);
        }
    }

    private sealed class Page(HubConnection connection, Channel<(string, string)> told) : IAsyncDisposable
    {
        public int Waiting => told.Reader.Count;

        public static async Task<Page> Open(Engine engine, string client)
        {
            var connection = new HubConnectionBuilder()
                .WithUrl(new Uri(engine.Url, "/hubs/client"), o => o.AccessTokenProvider = () => Task.FromResult<string?>(engine.Token("hq-operator", "op-page")))
                .Build();
            var told = Channel.CreateUnbounded<(string, string)>();
            foreach (var what in (string[])["Live", "Ended"])
            {
                connection.On<JsonElement>(what, m => { told.Writer.TryWrite((what, m.GetProperty("client").GetString()!)); });
            }

            await connection.StartAsync();
            var page = new Page(connection, told);
            await page.Watch(client);
            return page;
        }

        public Task Watch(string client) => connection.InvokeAsync("Watch", client);

        public async Task<(string What, string Client)> Next()
        {
            using var tooLong = new CancellationTokenSource(Patience);
            return await told.Reader.ReadAsync(tooLong.Token);
        }

        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
