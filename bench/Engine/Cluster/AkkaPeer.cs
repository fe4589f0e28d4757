using System.Diagnostics;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Configuration;
using Akka.Persistence.Sql;
using Engagement.Domain.Clients;

namespace Engagement.Bench.Engine.Cluster;

/// <summary>
/// The peer: Akka.NET, a persistent actor a client in a sharded cluster of one node, Akka.Persistence.Sql with its recommended
/// settings on the same PostgreSQL, and a serializer of its own instead of JSON. In this process: no HTTP is in its figure,
/// and only the events are stored, not what follows from them.
/// </summary>
internal static class AkkaPeer
{
    private const string Region = "client";
    private const int Shards = 100;

    public static async Task<Measured> Run(Meter meter, string connection, Settings settings, TimeProvider time)
    {
        var system = ActorSystem.Create("peer", ConfigurationFactory.ParseString(Config(connection)).WithFallback(SqlPersistence.DefaultConfiguration).WithFallback(ClusterSharding.DefaultConfig()));
        try
        {
            var cluster = Akka.Cluster.Cluster.Get(system);
            await cluster.JoinAsync(cluster.SelfAddress);
            var work = new PeerWork();
            var region = await ClusterSharding.Get(system).StartAsync(
                Region, id => Props.Create(() => new AkkaClient(id, work)), ClusterShardingSettings.Create(system), HashCodeMessageExtractor.Create(Shards, m => (m as IncomingEvent)?.Client!));
            var (beginnings, events) = PeerWork.Events(settings.Clients, settings.Batch, time);
            await Send(system, region, beginnings, TimeSpan.MaxValue);
            await Send(system, region, events, TimeSpan.FromSeconds(settings.WarmUpSeconds));
            return await meter.Measure(() => Send(system, region, events, TimeSpan.FromSeconds(settings.Seconds)));
        }
        finally
        {
            await system.Terminate();
        }
    }

    private static async Task<long> Send(ActorSystem system, IActorRef region, IEnumerable<IncomingEvent> events, TimeSpan most)
    {
        var done = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        system.ActorOf(Props.Create(() => new AkkaSender(region, events.GetEnumerator(), most, done)));
        return await done.Task;
    }

    private static string Config(string connection) => $$"""
        akka {
          loglevel = WARNING
          actor {
            provider = cluster
            serializers { sent = "{{typeof(AkkaEventSerializer).AssemblyQualifiedName}}" }
            serialization-bindings { "{{typeof(IncomingEvent).AssemblyQualifiedName}}" = sent }
          }
          remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
          cluster.sharding { state-store-mode = ddata, passivate-idle-entity-after = off }
          persistence {
            journal {
              plugin = "akka.persistence.journal.sql"
              sql { connection-string = "{{connection}}", provider-name = "PostgreSQL.15", auto-initialize = true }
            }
            snapshot-store {
              plugin = "akka.persistence.snapshot-store.sql"
              sql { connection-string = "{{connection}}", provider-name = "PostgreSQL.15", auto-initialize = true }
            }
          }
        }
        """;
}

/// <summary>Keeps so many events on their way, below what the journal takes at once, until the time is over and all are answered.</summary>
internal sealed class AkkaSender : ReceiveActor
{
    private const int OnTheirWay = 4_000;

    private readonly IActorRef region;
    private readonly IEnumerator<IncomingEvent> events;
    private readonly TimeSpan most;
    private readonly TaskCompletionSource<long> done;
    private readonly long started = Stopwatch.GetTimestamp();
    private long sent;
    private long answered;

    public AkkaSender(IActorRef region, IEnumerator<IncomingEvent> events, TimeSpan most, TaskCompletionSource<long> done)
    {
        (this.region, this.events, this.most, this.done) = (region, events, most, done);
        Receive<AkkaClient.Durable>(_ =>
        {
            answered++;
            Next();
        });
        Receive<Status.Failure>(f => done.TrySetException(f.Cause));
    }

    protected override void PreStart()
    {
        for (var i = 0; i < OnTheirWay; i++)
        {
            Next();
        }
    }

    private void Next()
    {
        if (Stopwatch.GetElapsedTime(started) < most && events.MoveNext())
        {
            sent++;
            region.Tell(events.Current);
        }
        else if (answered == sent)
        {
            done.TrySetResult(answered);
            Context.Stop(Self);
        }
    }
}
