using Engagement.Contracts.Clients;
using Engagement.Domain.Clients;
using Engagement.Grains.Catalogue;
using Engagement.Grains.Placement;

namespace Engagement.Grains.Clients;

/// <summary>
/// One client, awake. Holds no rule and no storage: it hands records to the domain and what follows back to its shard. One who
/// is not needed lately gives his packed state to the shard and leaves.
/// </summary>
/// <remarks>Orleans' idle collection takes only those whom a shard has left behind, by failing: a shard knows better who is needed.</remarks>
[GrainType("client"), KeyedPlacement, CollectionAgeLimit(Days = 1)]
internal sealed class ClientGrain(PublishedDocuments documents) : Grain, IClientGrain
{
    private ClientEngine? engine;
    private long epoch;

    public async Task<ClientLoaded> Load(long epoch, ClientSeed seed)
    {
        var loaded = await ClientLoader.Build(this.GetPrimaryKeyString(), seed, documents);
        (engine, this.epoch) = (loaded, epoch);
        return new(loaded.State.Position, loaded.DueMs, loaded.AsksMs);
    }

    public async Task<ClientAnswer?> Apply(long epoch, long from, IReadOnlyList<LogRecord> records, bool snapshot)
    {
        if (At(epoch, from) is not { } client)
        {
            return null;
        }

        await ClientLoader.Fetch(records, documents);
        var effects = new ClientEffects[records.Count];
        for (var i = 0; i < effects.Length; i++)
        {
            effects[i] = EvaluationMeter.Counted(client.Apply(records[i]));
        }

        return new(effects, snapshot ? ClientSnapshot.Write(client.State) : null);
    }

    public Task<ClientRest?> Seal(long epoch, long from) =>
        Task.FromResult(At(epoch, from) is { } client ? new ClientRest(ClientSnapshot.Write(client.State), client.Personal) : null);

    public async Task<ClientRest?> Rest(long epoch, long from)
    {
        var rest = await Seal(epoch, from);
        engine = null;
        DeactivateOnIdle();
        return rest;
    }

    public Task Leave(long epoch)
    {
        if (epoch >= this.epoch)
        {
            engine = null;
            DeactivateOnIdle();
        }

        return Task.CompletedTask;
    }

    /// <summary>The client where he is expected to be; one who is elsewhere forgets what he has, and is loaded again.</summary>
    private ClientEngine? At(long epoch, long position)
    {
        if (epoch != this.epoch || engine?.State.Position != position)
        {
            engine = null;
        }

        return engine;
    }

    public Task<ClientView?> View(long nowMs) => Task.FromResult(engine is null ? null : ClientViews.Of(engine, nowMs));
}
