using System.Collections.Immutable;
using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Clients;
using Engagement.Domain;
using Engagement.Domain.Clients;
using Engagement.Grains.Catalogue;
using Engagement.Grains.Placement;
using Engagement.Grains.Shards;
using Orleans.Serialization;

namespace Engagement.Grains.Clients;

/// <summary>One client, awake. Holds no rule and no storage: it hands records to the domain and what follows back to its shard.</summary>
[GrainType("client"), KeyedPlacement]
internal sealed class ClientGrain(PublishedDocuments documents, Serializer<ClientState> serializer) : Grain, IClientGrain
{
    private ClientEngine? engine;
    private long epoch;

    public async Task Load(long epoch, ClientSeed seed)
    {
        var state = seed.Snapshot is { } snapshot
            ? serializer.Deserialize(snapshot)!
            : new() { Id = this.GetPrimaryKeyString(), CatalogueVersion = seed.CatalogueVersion, OrganisationVersion = seed.OrganisationVersion };
        await documents.Fetch(DocumentKind.Catalogue, state.CatalogueVersion);
        await documents.Fetch(DocumentKind.Organisation, state.OrganisationVersion);
        await Fetch(seed.Tail);
        var loaded = new ClientEngine(state, seed.Personal, documents);
        foreach (var record in seed.Tail)
        {
            // What follows from these is written already.
            loaded.Apply(record);
        }

        (engine, this.epoch) = (loaded, epoch);
    }

    public async Task<ClientAnswer?> Apply(long epoch, long from, IReadOnlyList<LogRecord> records, bool snapshot)
    {
        if (engine is null || epoch != this.epoch || engine.State.Position != from)
        {
            engine = null;
            return null;
        }

        await Fetch(records);
        var effects = new ClientEffects[records.Count];
        for (var i = 0; i < effects.Length; i++)
        {
            effects[i] = engine.Apply(records[i]);
        }

        return new(effects, snapshot ? serializer.SerializeToArray(engine.State) : null);
    }

    public Task<ClientSeal?> Seal(long epoch, long from) => Task.FromResult<ClientSeal?>(
        engine is null || epoch != this.epoch || engine.State.Position != from
            ? null
            : new(serializer.SerializeToArray(engine.State), engine.Personal != PersonalFields.None));

    /// <summary>The documents that records name, for a client who is awake in another silo than his shard: at home they are there.</summary>
    private async Task Fetch(IReadOnlyList<LogRecord> records)
    {
        foreach (var record in records)
        {
            if (record.Kind is RecordKind.Catalogue or RecordKind.Organisation)
            {
                await documents.Fetch(ShardClients.Kind(record), ShardClients.Version(record));
            }
        }
    }

    public Task<ClientView?> View(long nowMs)
    {
        if (engine is null)
        {
            return Task.FromResult<ClientView?>(null);
        }

        var state = engine.State;
        return Task.FromResult<ClientView?>(new()
        {
            Id = state.Id,
            Name = engine.Personal.Name,
            Phone = engine.Personal.Phone,
            Outlet = state.Outlet,
            Branch = engine.Branch,
            Advisor = state.Assignment.Advisor ?? "",
            Desk = state.Assignment.Desk,
            Status = state.Status,
            Channel = state.Channel,
            Tier = engine.Tier,
            AssetsFen = state.Assets.TotalFen,
            Age = engine.AgeAt(nowMs),
            Risk = state.Risk,
            RiskValid = state.Risk > 0 && state.RiskValidUntilDay >= Shanghai.Day(nowMs),
            OpenedMs = state.OpenedMs,
            Tags = [.. state.Tags],
            Consents = [.. engine.Consents],
            Contracts = [.. state.Contracts.Where(c => c.Running)],
            Holdings = [.. state.Holdings.Quantities],
            Segments = [.. engine.Explain(nowMs).Select(m => new SegmentView(m.Membership.Segment, m.Membership.SinceMs, [.. m.Because]))],
            Position = state.Position,
            AtMs = nowMs,
        });
    }
}
