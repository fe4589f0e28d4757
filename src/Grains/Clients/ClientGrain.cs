using System.Collections.Immutable;
using Engagement.Contracts.Clients;
using Engagement.Domain;
using Engagement.Domain.Clients;
using Engagement.Grains.Catalogue;
using Engagement.Grains.Placement;

namespace Engagement.Grains.Clients;

/// <summary>
/// One client. Holds no rule and no storage: it hands records to the domain and what follows back to its shard. While he
/// rests only his packed state is in memory, a fraction of what it takes to work with.
/// </summary>
[GrainType("client"), KeyedPlacement]
internal sealed class ClientGrain(PublishedDocuments documents) : Grain, IClientGrain
{
    private ClientEngine? awake;
    private (long Position, byte[] Snapshot, PersonalFields Personal)? resting;
    private long epoch;

    public async Task<ClientLoaded> Load(long epoch, ClientSeed seed)
    {
        var loaded = await ClientLoader.Build(this.GetPrimaryKeyString(), seed, documents);
        (awake, resting, this.epoch) = (loaded, null, epoch);
        return new(loaded.State.Position, loaded.DueMs, loaded.AsksMs);
    }

    public async Task<ClientAnswer?> Apply(long epoch, long from, IReadOnlyList<LogRecord> records, bool snapshot)
    {
        if (At(epoch, from) is not { } engine)
        {
            return null;
        }

        await ClientLoader.Fetch(records, documents);
        var effects = new ClientEffects[records.Count];
        for (var i = 0; i < effects.Length; i++)
        {
            effects[i] = engine.Apply(records[i]);
        }

        return new(effects, snapshot ? ClientSnapshot.Write(engine.State) : null);
    }

    public Task<ClientSeal?> Seal(long epoch, long from)
    {
        // Who rests is packed already: a checkpoint wakes nobody.
        if (epoch == this.epoch && resting is var (position, snapshot, personal) && position == from)
        {
            return Task.FromResult<ClientSeal?>(new(snapshot, personal != PersonalFields.None));
        }

        return Task.FromResult<ClientSeal?>(At(epoch, from) is { } engine ? new(ClientSnapshot.Write(engine.State), engine.Personal != PersonalFields.None) : null);
    }

    public Task Rest()
    {
        if (awake is { } engine)
        {
            (awake, resting) = (null, (engine.State.Position, ClientSnapshot.Write(engine.State), engine.Personal));
        }

        return Task.CompletedTask;
    }

    public Task Sleep()
    {
        (awake, resting) = (null, null);
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    /// <summary>The client where he is expected to be; one who is elsewhere forgets what he has, and is loaded again.</summary>
    private ClientEngine? At(long epoch, long position)
    {
        if (epoch == this.epoch && Awake is { } engine && engine.State.Position == position)
        {
            return engine;
        }

        (awake, resting) = (null, null);
        return null;
    }

    private ClientEngine? Awake
    {
        get
        {
            if (awake is null)
            {
                (awake, resting) = (Unpacked(), null);
            }

            return awake;
        }
    }

    private ClientEngine? Unpacked() => resting is var (_, snapshot, personal) ? new(ClientSnapshot.Read(snapshot), personal, documents) : null;

    public Task<ClientView?> View(long nowMs)
    {
        // A look does not wake who rests.
        if ((awake ?? Unpacked()) is not { } engine)
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
            LastRecord = state.LastRecord,
        });
    }
}
