using Engagement.Domain.Campaigns;
using Engagement.Domain.Clients;
using Engagement.Domain.Documents;
using Engagement.Domain.Organisation;

namespace Engagement.Bench.Engine.Cluster;

/// <summary>What peers are given: the documents and the events of the engine's own run, read and checked before the time runs.</summary>
internal sealed class PeerWork : IPublishedDocuments
{
    private readonly Catalogue catalogue;
    private readonly OrganisationTree organisation;

    public PeerWork()
    {
        catalogue = CatalogueDocument.TryRead(EngineRun.Catalogue(), DocumentFormat.Yaml, 1, out var read, out var problems)
            ? read
            : throw new InvalidOperationException(string.Join('\n', problems));
        organisation = OrganisationDocument.TryRead(Workload.Organisation(), DocumentFormat.Json, 1, out var tree, out problems)
            ? tree
            : throw new InvalidOperationException(string.Join('\n', problems));
    }

    public Catalogue Catalogue(int version) => catalogue;

    public OrganisationTree Organisation(int version) => organisation;

    /// <summary>A client who has met the documents.</summary>
    public ClientEngine NewClient(string id) => new(new() { Id = id, CatalogueVersion = 1, OrganisationVersion = 1 }, PersonalFields.None, this);

    public ClientEngine Client(byte[] snapshot) => new(ClientSnapshot.Read(snapshot), PersonalFields.None, this);

    /// <summary>The clients' beginnings, and the events after them, over and over.</summary>
    public static (List<IncomingEvent> Beginnings, IEnumerable<IncomingEvent> Events) Events(int clients, int batch, TimeProvider time)
    {
        var workload = new Workload(0, 1, clients, time);
        List<IncomingEvent> beginnings = [.. workload.Beginnings(batch).SelectMany(b => Read(b, time).ToList())];
        return (beginnings, Endless(workload, batch, time));
    }

    private static IEnumerable<IncomingEvent> Endless(Workload workload, int batch, TimeProvider time)
    {
        while (true)
        {
            foreach (var e in Read(workload.Next(batch), time))
            {
                yield return e;
            }
        }
    }

    private static List<IncomingEvent> Read(ReadOnlyMemory<byte> body, TimeProvider time)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        List<IncomingEvent> read = [];
        while (!body.IsEmpty)
        {
            var end = body.Span.IndexOf((byte)'\n');
            if (EventReader.TryRead(body[..end], now, out _, out var e) is { } bad)
            {
                throw new InvalidOperationException($"The workload made a bad event: {bad.Code}: {bad.Detail}");
            }

            read.Add(e!);
            body = body[(end + 1)..];
        }

        return read;
    }
}
