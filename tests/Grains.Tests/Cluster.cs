using System.Text;
using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Clients;
using Engagement.Contracts.Clock;
using Engagement.Contracts.Shards;
using Engagement.Contracts.Streams;
using Engagement.Domain;
using Engagement.Domain.Clients;
using Engagement.Grains;
using Engagement.Silo;
using Engagement.Storage.Postgres;
using Engagement.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Engagement.Grains.Tests;

/// <summary>Two silos with the engine's grains over one SQLite file, on a manual clock.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    public const int Shards = 8;
    public const string Now = "2026-03-02T02:00:00Z";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("engagement-grains-");
    private readonly ShardMap map = new(Shards);
    private int events;

    private Cluster(InProcessTestCluster silos) => Silos = silos;

    public InProcessTestCluster Silos { get; private set; }

    public string File => Path.Combine(folder.FullName, "engine.db");

    /// <param name="with">Takes the place of what a silo has.</param>
    /// <param name="postgres">A database with its tables, in place of a file.</param>
    public static async Task<Cluster> Start(Action<IServiceCollection>? with = null, string? postgres = null)
    {
        var cluster = new Cluster(null!);
        var path = cluster.File;
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((_, silo) =>
        {
            if (postgres is null)
            {
                silo.Services.AddSqliteStorage(path);
                silo.AddEngine().AddGrainState($"Data Source={path}");
            }
            else
            {
                silo.Services.AddPostgresStorage(postgres);
                silo.AddEngine().AddClusterGrainState(postgres);
            }

            with?.Invoke(silo.Services);
            silo.Services.PostConfigure<EngineOptions>(o => (o.Clock, o.Now, o.Shards) = ("manual", Now, Shards));
        });
        if (postgres is not null)
        {
            // State of grains is kept under it, for the cluster that comes after this one.
            builder.Options.ServiceId = "engagement";
        }

        builder.ConfigureClient(client => client.AddMemoryStreams(StreamNames.Events).AddMemoryStreams(StreamNames.Engagement));
        if (postgres is null)
        {
            // The schema is there before two silos look for it at once.
            await new SqliteDatabase(path).DisposeAsync();
        }

        cluster.Silos = builder.Build();
        await cluster.Silos.DeployAsync();
        return cluster;
    }

    public T Grain<T>(string key)
        where T : IGrainWithStringKey => Silos.Client.GetGrain<T>(key);

    public int ShardOf(string client) => map.ShardOf(client);

    public IShardGrain Shard(int number) => Silos.Client.GetGrain<IShardGrain>(number);

    public IncomingEvent Event(string client, string type, string data, string? id = null)
    {
        Assert.True(Rfc3339.TryParse(Now, out var ms));
        return new(client, "test", id ?? $"e-{Interlocked.Increment(ref events)}", type, ms, Encoding.UTF8.GetBytes(data), null);
    }

    /// <summary>Appends as a gateway does: to all shards at once.</summary>
    public async Task Append(params IEnumerable<IncomingEvent> sent)
    {
        var answers = await Task.WhenAll(sent.GroupBy(e => map.ShardOf(e.Client)).Select(g => Shard(g.Key).Append([.. g])));
        Assert.All(answers, a => Assert.Equal(AppendOutcome.Durable, a.Outcome));
    }

    public async Task Settle()
    {
        var progress = await Silos.Client.GetGrain<IClockGrain>(0).Settle(TimeSpan.FromMinutes(2));
        Assert.True(progress.Settled, progress.ToString());
        Assert.Equal(progress.Clients, progress.Rolled);
    }

    public async Task<ClientView> View(string client) => (await Shard(map.ShardOf(client)).View(client))!;

    public async Task Publish(DocumentKind kind, string yaml)
    {
        var answer = await Grain<IDocumentGrain>(kind == DocumentKind.Catalogue ? "catalogue" : "organisation").Publish(yaml, false, null, "test");
        Assert.Empty(answer.Problems);
    }

    public async ValueTask DisposeAsync()
    {
        await Silos.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
