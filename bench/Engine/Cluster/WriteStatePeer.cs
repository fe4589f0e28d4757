using System.Diagnostics;
using Engagement.Domain.Clients;
using Engagement.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Serialization;
using Orleans.Storage;

namespace Engagement.Bench.Engine.Cluster;

/// <summary>
/// What most would build: a grain a client, which folds an event and writes its state, by Orleans' ADO.NET grain storage on the same
/// PostgreSQL with the engine's own statements. Called in the same process: no HTTP is in its figure.
/// </summary>
internal static class WriteStatePeer
{
    public const string Storage = "peer";

    private const int Callers = 64;

    public static async Task<Measured> Run(Meter meter, string connection, Settings settings, TimeProvider time)
    {
        await ClusterDatabase.Prepare(connection, migrate: true, shards: null, time);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<PeerWork>();
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(Child.FreePort(), Child.FreePort());
            silo.AddAdoNetGrainStorage(Storage, options => options.Configure<Serializer>((o, serializer) =>
                (o.Invariant, o.ConnectionString, o.GrainStorageSerializer) = ("Npgsql", connection, new OrleansGrainStorageSerializer(serializer))));
        });
        using var host = builder.Build();
        await host.StartAsync();
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        var (beginnings, events) = PeerWork.Events(settings.Clients, settings.Batch, time);
        await Send(grains, beginnings, TimeSpan.MaxValue);
        var measured = await meter.Measure(() => Send(grains, events, TimeSpan.FromSeconds(settings.Seconds)));
        await host.StopAsync();
        return measured;
    }

    /// <summary>Sends by several callers, each for clients of its own, one event after the other.</summary>
    private static async Task<long> Send(IGrainFactory grains, IEnumerable<IncomingEvent> events, TimeSpan most)
    {
        var (started, sent) = (Stopwatch.GetTimestamp(), 0L);
        using var all = events.GetEnumerator();
        var taking = new Lock();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(started) < most)
            {
                IncomingEvent next;
                lock (taking)
                {
                    if (!all.MoveNext())
                    {
                        return;
                    }

                    next = all.Current;
                }

                await grains.GetGrain<IWriteStateGrain>(next.Client).Append(next);
                Interlocked.Increment(ref sent);
            }
        })));
        return sent;
    }
}

/// <summary>A client whose state is written with each event.</summary>
public interface IWriteStateGrain : IGrainWithStringKey
{
    Task Append(IncomingEvent e);
}

[GenerateSerializer]
internal sealed class WrittenState
{
    [Id(0)]
    public long Position { get; set; }

    [Id(1)]
    public byte[] Snapshot { get; set; } = [];
}

internal sealed class WriteStateGrain([PersistentState("client", WriteStatePeer.Storage)] IPersistentState<WrittenState> state, PeerWork work) : Grain, IWriteStateGrain
{
    private ClientEngine client = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        client = state.RecordExists ? work.Client(state.State.Snapshot) : work.NewClient(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public Task Append(IncomingEvent e)
    {
        client.Apply(new(++state.State.Position, RecordKind.Event, e.Client, e.Source, e.Id, e.Type, e.TimeMs, e.TimeMs, e.Data, e.Personal));
        state.State.Snapshot = ClientSnapshot.Write(client.State);
        return state.WriteStateAsync();
    }
}
