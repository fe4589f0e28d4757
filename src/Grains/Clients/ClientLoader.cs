using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Clients;
using Engagement.Domain.Clients;
using Engagement.Grains.Catalogue;
using Engagement.Grains.Shards;

namespace Engagement.Grains.Clients;

/// <summary>Builds a client from what is stored of him, wherever he is needed: in his grain, or in the shard for a moment while he sleeps.</summary>
internal static class ClientLoader
{
    public static async Task<ClientEngine> Build(string id, ClientSeed seed, PublishedDocuments documents)
    {
        await documents.Fetch(DocumentKind.Catalogue, seed.CatalogueVersion);
        await documents.Fetch(DocumentKind.Organisation, seed.OrganisationVersion);
        await Fetch(seed.Tail, documents);
        return Make(id, seed, documents);
    }

    /// <summary>The same where the documents are known to be there, as in the client's own shard.</summary>
    public static ClientEngine Make(string id, ClientSeed seed, IPublishedDocuments documents)
    {
        var state = seed.Snapshot is { } snapshot
            ? ClientSnapshot.Read(snapshot)
            : new() { Id = id, CatalogueVersion = seed.CatalogueVersion, OrganisationVersion = seed.OrganisationVersion };
        var engine = new ClientEngine(state, seed.Personal, documents);
        foreach (var record in seed.Tail)
        {
            // What follows from these is written already.
            engine.Apply(record);
        }

        return engine;
    }

    /// <summary>The documents that records name, for a client who is awake in another silo than his shard: at home they are there.</summary>
    public static ValueTask Fetch(IReadOnlyList<LogRecord> records, PublishedDocuments documents)
    {
        foreach (var record in records)
        {
            if (record.Kind is RecordKind.Catalogue or RecordKind.Organisation)
            {
                return new(FetchAll(records, documents));
            }
        }

        return ValueTask.CompletedTask;
    }

    private static async Task FetchAll(IReadOnlyList<LogRecord> records, PublishedDocuments documents)
    {
        foreach (var record in records.Where(r => r.Kind is RecordKind.Catalogue or RecordKind.Organisation))
        {
            await documents.Fetch(ClientSeeds.Kind(record), ClientSeeds.Version(record));
        }
    }
}
