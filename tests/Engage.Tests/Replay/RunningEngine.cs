using System.Text;
using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Clock;
using Engagement.Contracts.Shards;
using Engagement.Domain;
using Engagement.Domain.Clients;
using Engagement.Silo;
using Engagement.Storage.Replay;
using Engagement.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Engagement.Engage.Tests.Replay;

/// <summary>The embedded engine without its gateway, on a manual clock, with the file in which it keeps what a replay compares.</summary>
internal sealed class RunningEngine : IAsyncDisposable
{
    public const int Shards = 3;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("engagement-replay-");
    private readonly ShardMap map = new(Shards);
    private IHost host = null!;
    private int events;

    public string File => Path.Combine(folder.FullName, "engine.db");

    public long NowMs { get; private set; } = Rfc3339.TryParse("2026-03-02T02:00:00Z", out var ms) ? ms : 0;

    public static async Task<RunningEngine> Start()
    {
        var engine = new RunningEngine();
        await engine.Restart();
        return engine;
    }

    /// <summary>Starts it, again where it ran: what was in memory is gone.</summary>
    public async Task Restart()
    {
        await Stop();
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Engagement:Clock"] = "manual",
            ["Engagement:Now"] = Rfc3339.Format(NowMs),
            ["Engagement:Shards"] = $"{Shards}",
            ["Engagement:SnapshotEvery"] = "7",
        });
        builder.Logging.ClearProviders();
        builder.Services.AddSqliteStorage(File);
        builder.AddEmbeddedSilo(File);
        host = builder.Build();
        await host.StartAsync();
    }

    public async Task Stop()
    {
        if (host is not null)
        {
            await host.StopAsync();
            host.Dispose();
            host = null!;
        }
    }

    public async Task Publish(DocumentKind kind, string yaml)
    {
        var answer = await Grains.GetGrain<IDocumentGrain>(DocumentKeys.Of(kind)).Publish(yaml, false, null, "test");
        Assert.Empty(answer.Problems);
        await Settle();
    }

    public IncomingEvent Event(string client, string type, string data, PersonalFields? personal = null, long agoMs = 0) =>
        new(client, "test", $"e-{++events}", type, NowMs - agoMs, Encoding.UTF8.GetBytes(data), personal);

    public async Task Append(params IEnumerable<IncomingEvent> sent)
    {
        var answers = await Task.WhenAll(sent.GroupBy(e => map.ShardOf(e.Client)).Select(g => Shard(g.Key).Append([.. g])));
        Assert.All(answers, a => Assert.Equal(AppendOutcome.Durable, a.Outcome));
    }

    public async Task Advance(TimeSpan by)
    {
        NowMs += (long)by.TotalMilliseconds;
        Assert.True(await Grains.GetGrain<IClockGrain>(0).Advance(NowMs));
    }

    public async Task Erase(string client) => Assert.Equal(EraseOutcome.Erased, await Shard(map.ShardOf(client)).Erase(client));

    public async Task Settle() => Assert.True((await Grains.GetGrain<IClockGrain>(0).Settle(TimeSpan.FromMinutes(2))).Settled);

    public ReplayReport Replay() => new ReplayedFile(File).Replay();

    public ReplayReport Replay(string client) => new ReplayedFile(File).Replay(client);

    /// <summary>The file of an engine that has stopped, once more, to be changed.</summary>
    public ReplayedFile Copy()
    {
        SqliteConnection.ClearAllPools();
        var copy = Path.Combine(folder.FullName, "copy.db");
        foreach (var suffix in (string[])["", "-wal", "-shm"])
        {
            System.IO.File.Delete(copy + suffix);
            if (System.IO.File.Exists(File + suffix))
            {
                System.IO.File.Copy(File + suffix, copy + suffix);
            }
        }

        return new(copy);
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        folder.Delete(recursive: true);
    }

    private IGrainFactory Grains => host.Services.GetRequiredService<IGrainFactory>();

    private IShardGrain Shard(int number) => Grains.GetGrain<IShardGrain>(number);
}
