using System.Text;
using Engagement.Contracts.Shards;
using Engagement.Gateway.Ingest;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;

namespace Engagement.Gateway.Tests.Ingest;

/// <summary>The gateway says until when it waits for what it sends to the shards.</summary>
public sealed class EventAppendsTests(Engine engine) : IClassFixture<Engine>
{
    [Theory]
    [InlineData(1, -60, AppendOutcome.Unavailable)]
    [InlineData(50, -60, AppendOutcome.Unavailable)]
    [InlineData(1, 60, AppendOutcome.Durable)]
    [InlineData(50, 60, AppendOutcome.Durable)]
    public async Task Send_WaitsUntilThen_LaterIsNotAppended(int clients, int answersWithinSeconds, AppendOutcome expected)
    {
        var events = Enumerable.Range(0, clients).Select(i => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(
            $$"""{"specversion":"1.0","id":"{{clients}}-{{answersWithinSeconds}}-{{i}}","source":"test","type":"x.hello","subject":"c-{{i}}","time":"{{Engine.Now}}","data":{"a":1} }"""));
        Assert.True(DateTimeOffset.TryParse(Engine.Now, out var now));
        var intake = new EventIntake([.. events], now.ToUnixTimeMilliseconds(), engine.Services.GetRequiredService<ShardMap>());
        Assert.Equal(clients, intake.Good);
        Assert.Equal(clients == 1, intake.ByShard.Count == 1);

        var answers = await EventAppends.Send(
            engine.Services.GetRequiredService<IGrainFactory>(), intake, TimeSpan.FromSeconds(answersWithinSeconds), TimeProvider.System);

        Assert.All(answers, a => Assert.Equal(expected, a.Outcome));
    }

    /// <summary>Or what is still waited for would be refused.</summary>
    [Fact]
    public void Embedded_WaitsAsLongInItsGatewayAsInItsSilo() => Assert.Equal(
        engine.Services.GetRequiredService<IOptions<SiloMessagingOptions>>().Value.ResponseTimeout,
        engine.Services.GetRequiredService<IOptions<ClientMessagingOptions>>().Value.ResponseTimeout);
}
