using Engagement.Contracts.Clients;
using Engagement.Domain.Clients;
using Engagement.Grains.Clients;
using Orleans.Runtime;

namespace Engagement.Grains.Shards;

/// <content>
/// Who is in memory, and how: awake in a grain of his own, or at rest, packed in his entry here, at a fraction of what an
/// activation takes. Events wake a client; time and published documents are applied to him where he rests.
/// </content>
internal sealed partial class ShardClients
{
    private const int LoadBatch = 500;
    private const int LoadTries = 40;
    private static readonly TimeSpan LoadAgainAfter = TimeSpan.FromMilliseconds(50);

    /// <summary>Wakes those who are not awake, in batches.</summary>
    public async Task Wake(IEnumerable<ClientEntry> wanted)
    {
        foreach (var batch in wanted.Where(e => !e.Awake).Distinct().Chunk(LoadBatch))
        {
            var seeds = await ReadCold(batch);
            await Task.WhenAll(batch.Select(e => Wake(e, seeds.TryGetValue(e, out var seed) ? seed : Seed(e))));
        }
    }

    /// <summary>Has those in memory who are not, at rest.</summary>
    public async Task Bring(IEnumerable<ClientEntry> wanted)
    {
        foreach (var batch in wanted.Where(e => !e.Awake && e.Rest is null).Distinct().Chunk(LoadBatch))
        {
            foreach (var (entry, seed) in await ReadCold(batch))
            {
                var engine = ClientLoader.Make(entry.Id, seed, documents);
                Place(entry, seed, new(engine.State.Position, engine.DueMs, engine.AsksMs));
                entry.Rest = Pack(engine);
            }
        }
    }

    private ClientAnswer ApplyAtRest(ClientEntry entry, List<LogRecord> records, bool snapshot)
    {
        var engine = ClientLoader.Make(entry.Id, Seed(entry), documents);
        var effects = records.ConvertAll(record => EvaluationMeter.Counted(engine.Apply(record)));
        entry.Rest = Pack(engine);
        return new(effects, snapshot ? entry.Rest.State : null);
    }

    /// <summary>Has those rest, and those leave memory, who were not used lately, as far as there are too many.</summary>
    public async Task Tidy()
    {
        var (rests, sleeps) = (awake.TakeBeyond(), resident.TakeBeyond());
        sleeps.ForEach(awake.Remove);
        await Task.WhenAll(rests.Union(sleeps).Where(e => e.Awake).Select(Rest));
        foreach (var entry in sleeps)
        {
            (entry.Rest, entry.Recent) = (null, RecentEvents.None);
        }
    }

    /// <summary>A client's state as it stands; one who lost what he held is loaded once. Nobody is woken for it.</summary>
    public async Task<ClientRest> Seal(ClientEntry entry)
    {
        await Bring([entry]);
        if (!entry.Awake)
        {
            return entry.Rest!;
        }

        if (await Grain(entry).Seal(epoch, entry.Position) is { } seal)
        {
            return seal;
        }

        await WakeAgain(entry, [], 0);
        return await Grain(entry).Seal(epoch, entry.Position)
            ?? throw new InvalidOperationException("A client that was just loaded is not where he was loaded to.");
    }

    /// <summary>A client who is in memory, as he is at an instant.</summary>
    public async Task<ClientView> View(ClientEntry entry, long nowMs)
    {
        if (entry.Awake && await Grain(entry).View(nowMs) is { } view)
        {
            return view;
        }

        if (entry.Awake)
        {
            // He lost what he held; his shard has no reason to wake him again.
            (entry.Awake, entry.Grain) = (false, null);
            await Bring([entry]);
        }

        return ClientViews.Of(ClientLoader.Make(entry.Id, Seed(entry), documents), nowMs);
    }

    /// <summary>Has everybody who is awake leave memory: they are wanted beside their shard, wherever that is next.</summary>
    public void LeaveAll()
    {
        foreach (var entry in entries.Values.Where(e => e.Awake))
        {
            Grain(entry).Leave(epoch).Ignore();
        }
    }

    private async Task Rest(ClientEntry entry)
    {
        entry.Rest = await Grain(entry).Rest(epoch, entry.Position);
        (entry.Awake, entry.Grain) = (false, null);
        if (entry.Rest is null)
        {
            // He lost what he held, with his silo say: the next who needs him reads the store.
            resident.Remove(entry);
            entry.Recent = RecentEvents.None;
        }
    }

    private async Task Wake(ClientEntry entry, ClientSeed seed)
    {
        Place(entry, seed, await Load(entry, seed));
        (entry.Awake, entry.Rest) = (true, null);
        awake.Add(entry);
    }

    private async Task<ClientLoaded> Load(ClientEntry entry, ClientSeed seed)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await Grain(entry).Load(epoch, seed);
            }
            catch (OrleansMessageRejectionException) when (tries < LoadTries)
            {
                // He was in a silo that is going; in a moment he is placed anew.
                await Task.Delay(LoadAgainAfter, time);
            }
        }
    }

    private void Place(ClientEntry entry, ClientSeed seed, ClientLoaded loaded)
    {
        if (entry.Rest is null)
        {
            entry.Recent = RecentEvents.Read(seed.Recent ?? []);
            foreach (var record in seed.Tail)
            {
                entry.Recent.Add(record);
            }
        }

        entry.Position = seed.Tail.Count > 0 ? seed.Tail[^1].Position : loaded.Position;
        due.Set(entry, loaded.DueMs, loaded.AsksMs);
        resident.Add(entry);
    }

    private async Task<Dictionary<ClientEntry, ClientSeed>> ReadCold(IReadOnlyList<ClientEntry> wanted)
    {
        List<ClientEntry> cold = [.. wanted.Where(e => e.Rest is null)];
        return cold.Count == 0 ? [] : cold.Zip(await Read(cold)).ToDictionary(p => p.First, p => p.Second);
    }

    private ClientSeed Seed(ClientEntry atRest) => ClientSeeds.Of(atRest.Rest!, atRest.Position, controls);

    private static ClientRest Pack(ClientEngine engine) => new(ClientSnapshot.Write(engine.State), engine.Personal);
}
