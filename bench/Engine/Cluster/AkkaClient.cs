using System.Text;
using Akka.Actor;
using Akka.Persistence;
using Akka.Serialization;
using Engagement.Domain.Clients;

namespace Engagement.Bench.Engine.Cluster;

/// <summary>A client: drops repeats, persists the event, folds it as the engine does, and answers.</summary>
internal sealed class AkkaClient : ReceivePersistentActor
{
    private const int SnapshotEvery = 256;
    private const int RecentMax = 128;

    private readonly HashSet<string> recent = [];
    private readonly Queue<string> order = [];
    private ClientEngine client;

    public AkkaClient(string id, PeerWork work)
    {
        PersistenceId = "client-" + id;
        client = work.NewClient(id);
        Recover<SnapshotOffer>(offer => client = work.Client((byte[])offer.Snapshot));
        Recover<IncomingEvent>(Apply);
        Command<IncomingEvent>(sent =>
        {
            if (recent.Contains(sent.Id))
            {
                Sender.Tell(Durable.Instance);
                return;
            }

            Persist(sent, e =>
            {
                Apply(e);
                Sender.Tell(Durable.Instance);
                if (LastSequenceNr % SnapshotEvery == 0)
                {
                    SaveSnapshot(ClientSnapshot.Write(client.State));
                }
            });
        });
        Command<SaveSnapshotSuccess>(_ => { });
        Command<SaveSnapshotFailure>(f => throw f.Cause);
    }

    public override string PersistenceId { get; }

    private void Apply(IncomingEvent e)
    {
        if (recent.Add(e.Id))
        {
            order.Enqueue(e.Id);
            if (order.Count > RecentMax)
            {
                recent.Remove(order.Dequeue());
            }
        }

        client.Apply(new(client.State.Position + 1, RecordKind.Event, e.Client, e.Source, e.Id, e.Type, e.TimeMs, e.TimeMs, e.Data, e.Personal));
    }

    internal sealed class Durable
    {
        public static readonly Durable Instance = new();
    }
}

/// <summary>Events as bytes, for the journal; the default is JSON with type names.</summary>
internal sealed class AkkaEventSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public override int Identifier => 7_411;

    public override string Manifest(object o) => "e";

    public override byte[] ToBinary(object obj)
    {
        var e = (IncomingEvent)obj;
        using var buffer = new MemoryStream(128 + e.Data.Length);
        using var writer = new BinaryWriter(buffer, Encoding.UTF8);
        writer.Write(e.Client);
        writer.Write(e.Source);
        writer.Write(e.Id);
        writer.Write(e.Type);
        writer.Write(e.TimeMs);
        writer.Write(e.Data.Length);
        writer.Write(e.Data);
        writer.Flush();
        return buffer.ToArray();
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        return new IncomingEvent(
            reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadInt64(), reader.ReadBytes(reader.ReadInt32()), null);
    }
}
