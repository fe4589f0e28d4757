using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Clients;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Engagement.Domain.Organisation;
using Engagement.Grains.Catalogue;

namespace Engagement.Grains.Shards;

/// <summary>The clients of a shard: who exists, who is loaded, when each is due, and which published documents each has met.</summary>
internal sealed partial class ShardClients(int shard, long epoch, IShardStore store, IGrainFactory grains, PublishedDocuments documents, ResidentLimits limits, TimeProvider time)
{
    private readonly Dictionary<string, ClientEntry> entries = new(StringComparer.Ordinal);
    private readonly DueClients due = new();
    private readonly SecondChance awake = new(limits.Awake);
    private readonly SecondChance resident = new(limits.Resident);
    private readonly List<LogRecord> controls = [];
    private readonly ShardHistory history = new(shard, store, documents);
    private ShardHead head = null!;

    public int Count => entries.Count;

    public IReadOnlyList<LogRecord> Controls => controls;

    public IEnumerable<ClientEntry> All => entries.Values;

    public DueClients Due => due;

    public PublishedDocuments Documents => documents;

    /// <summary>The newest that was published.</summary>
    public OrganisationTree Organisation { get; private set; } = OrganisationTree.Empty;

    public bool IsKnown(string client) => entries.ContainsKey(client);

    /// <summary>Takes up what is stored: everybody by his snapshot, and from the checkpoint on by the log.</summary>
    public async Task Recover(ShardHead taken, ShardCheckpoint checkpoint)
    {
        head = taken;
        foreach (var control in await store.ReadControls(shard))
        {
            await AddControl(control);
        }

        foreach (var stored in await store.ReadClientHeads(shard))
        {
            entries.Add(stored.Client, new(stored.Client) { Position = stored.SnapshotPosition, Last = stored.Last });
        }

        foreach (var (client, position) in await store.ReadTail(shard, taken.Checkpoint))
        {
            var entry = Get(client);
            if (position > entry.Last)
            {
                checkpoint.OnRecord(entry, position);
                (entry.Last, entry.Position) = (position, Math.Max(entry.Position, position));
            }
        }

        foreach (var row in await store.ReadDues(shard))
        {
            var entry = Get(row.Client);
            entry.StoredDue = (row.DueMs, row.AsksMs);
            due.Set(entry, row.DueMs, row.AsksMs);
        }
    }

    /// <summary>Takes a record that concerns every client; its document is compiled before a client can meet it.</summary>
    public async Task AddControl(LogRecord control)
    {
        await documents.Fetch(ClientSeeds.Kind(control), ClientSeeds.Version(control));
        controls.Add(control);
        history.Add(control);
        if (ClientSeeds.Kind(control) == DocumentKind.Organisation)
        {
            Organisation = documents.Organisation(ClientSeeds.Version(control));
        }
    }

    public ClientEntry Get(string client)
    {
        if (!entries.TryGetValue(client, out var entry))
        {
            entry = new(client);
            entries.Add(client, entry);
        }

        return entry;
    }

    /// <summary>What each client starts from; none of them has a record that is not committed.</summary>
    public async Task<IReadOnlyList<ClientSeed>> Read(IReadOnlyList<ClientEntry> wanted)
    {
        var stored = (await store.ReadClients(shard, [.. wanted.Where(e => e.Last > 0).Select(e => new ClientAt(e.Id, e.Last))])).ToDictionary(c => c.Client);
        var seeds = new ClientSeed[wanted.Count];
        for (var i = 0; i < seeds.Length; i++)
        {
            seeds[i] = await Seed(wanted[i], stored.GetValueOrDefault(wanted[i].Id));
        }

        return seeds;
    }

    /// <summary>What is stored of clients who sleep, in their order, read as a range of ids where they are most of those in it.</summary>
    /// <param name="asleep">In id order.</param>
    /// <param name="range">Everybody from the first to the last of them, in id order.</param>
    public async Task<StoredClient?[]> ReadAsleep(List<ClientEntry> asleep, List<ClientEntry> range)
    {
        var stored = new StoredClient?[asleep.Count];
        if (asleep.Count * 2 >= range.Count)
        {
            var snapshots = await store.ReadSnapshots(shard, asleep[0].Id, asleep[^1].Id);
            for (var (i, s) = (0, 0); i < asleep.Count; i++)
            {
                while (s < snapshots.Count && string.CompareOrdinal(snapshots[s].Client, asleep[i].Id) < 0)
                {
                    s++;
                }

                // One with records after his snapshot is read with them.
                stored[i] = s < snapshots.Count && snapshots[s].Client == asleep[i].Id && snapshots[s].Position >= asleep[i].Last ? snapshots[s] : null;
            }
        }

        var missing = Enumerable.Range(0, asleep.Count).Where(i => stored[i] is null && asleep[i].Last > 0).ToList();
        if (missing.Count > 0)
        {
            var read = (await store.ReadClients(shard, missing.ConvertAll(i => new ClientAt(asleep[i].Id, asleep[i].Last)))).ToDictionary(c => c.Client);
            missing.ForEach(i => stored[i] = read.GetValueOrDefault(asleep[i].Id));
        }

        return stored;
    }

    public ValueTask<ClientSeed> Seed(ClientEntry entry, StoredClient? stored) => Seed(entry, stored, []);

    /// <param name="uncommitted">The client's own records of this turn that he has applied already.</param>
    private ValueTask<ClientSeed> Seed(ClientEntry entry, StoredClient? stored, IReadOnlyCollection<LogRecord> uncommitted)
    {
        var seed = ClientSeeds.Of(entry.Id, stored, uncommitted, controls, head);
        return history.IsEmpty || seed.Tail.Count == 0 ? new(seed) : Completed();

        async ValueTask<ClientSeed> Completed() => seed with { Tail = await history.Complete(seed.Tail, stored?.Last ?? 0) };
    }

    /// <summary>Has a client apply records.</summary>
    /// <returns>Null where he lost what he held: <see cref="ApplyAgain"/>.</returns>
    public Task<ClientAnswer?> TryApply(ClientEntry entry, List<LogRecord> records, bool snapshot) =>
        entry.Rest is null ? Grain(entry).Apply(epoch, entry.Position, records, snapshot) : Task.FromResult<ClientAnswer?>(ApplyAtRest(entry, records, snapshot));

    /// <summary>Loads a client who lost what he held, and has him apply records.</summary>
    /// <param name="uncommitted">All records of this turn.</param>
    public async Task<ClientAnswer> ApplyAgain(ClientEntry entry, List<LogRecord> records, IReadOnlyList<LogRecord> uncommitted)
    {
        await WakeAgain(entry, [.. uncommitted.Where(r => r.Client == entry.Id)], records[0].Position);
        // What is being applied was taken into account before the loading put the stored hashes in its place.
        foreach (var record in records)
        {
            entry.Recent.Add(record);
        }

        return await Grain(entry).Apply(epoch, entry.Position, records, snapshot: true)
            ?? throw new InvalidOperationException("A client that was just loaded is not where he was loaded to.");
    }

    private async Task WakeAgain(ClientEntry entry, List<LogRecord> uncommitted, long upTo)
    {
        // What is not committed is not in the store: the chain there begins before it.
        var committed = uncommitted.Count > 0 ? uncommitted[0].Previous : entry.Last;
        var stored = committed > 0 ? await store.ReadClients(shard, [new(entry.Id, committed)]) : [];
        entry.Rest = null;
        await Wake(entry, await Seed(entry, stored.Count > 0 ? stored[0] : null, uncommitted.FindAll(r => r.Position < upTo)));
    }

    private IClientGrain Grain(ClientEntry entry) => entry.Grain ??= grains.GetGrain<IClientGrain>(entry.Id);

    /// <summary>Is there a published record that the client has not met, up to a position?</summary>
    public bool HasUnmet(ClientEntry entry, long upTo) => entry.Position > 0 && controls.Count > 0 && controls[^1].Position > entry.Position && Unmet(entry, upTo).Any();

    /// <summary>The published records that the client has not met, up to a position; a client who is only being born has met all.</summary>
    public IEnumerable<LogRecord> Unmet(ClientEntry entry, long upTo) =>
        entry.Position == 0 ? [] : controls.Where(c => c.Position > entry.Position && c.Position <= upTo);

    /// <summary>The same, each with what it computes over the client's log.</summary>
    /// <param name="last">Position of his own last record before them.</param>
    public ValueTask<List<LogRecord>> Unmet(ClientEntry entry, long upTo, long last) => history.Complete(Unmet(entry, upTo), last);

    /// <summary>How far the roll-over came, as committed.</summary>
    public void OnRolled(long position, string? to) => head = head with { RolledPosition = position, RolledTo = to };

    public long RolledPosition => head.RolledPosition;

    public string? RolledTo => head.RolledTo;
}
