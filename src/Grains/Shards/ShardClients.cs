using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Clients;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Engagement.Grains.Catalogue;

namespace Engagement.Grains.Shards;

/// <summary>The clients of a shard: who exists, who is loaded, when each is due, and which published documents each has met.</summary>
internal sealed partial class ShardClients(int shard, long epoch, IShardStore store, IGrainFactory grains, PublishedDocuments documents, ResidentLimits limits)
{
    private readonly Dictionary<string, ClientEntry> entries = new(StringComparer.Ordinal);
    private readonly DueClients due = new();
    private readonly SecondChance awake = new(limits.Awake);
    private readonly SecondChance resident = new(limits.Resident);
    private readonly List<LogRecord> controls = [];
    private ShardHead head = null!;

    public int Count => entries.Count;

    public IReadOnlyList<LogRecord> Controls => controls;

    public IEnumerable<ClientEntry> All => entries.Values;

    public DueClients Due => due;

    public PublishedDocuments Documents => documents;

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
        await documents.Fetch(Kind(control), Version(control));
        controls.Add(control);
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
        return [.. wanted.Select(e => Seed(e, stored.GetValueOrDefault(e.Id), []))];
    }

    /// <param name="uncommitted">The client's own records of this turn that he has applied already.</param>
    private ClientSeed Seed(ClientEntry entry, StoredClient? stored, IEnumerable<LogRecord> uncommitted)
    {
        List<LogRecord> own = [.. stored?.Tail ?? [], .. uncommitted];
        var last = own.Count > 0 ? own[^1].Position : stored?.Position ?? 0;
        // One without a snapshot was born with his first record, under what was published by then.
        var from = stored?.Snapshot is null ? own.Count > 0 ? own[0].Position : long.MaxValue : stored.Position;
        // Published documents up to his last record were met with it; later ones only as far as the roll-over came.
        var met = controls.Where(c => c.Position > from && (c.Position < last || IsRolled(entry.Id, c)));
        return new(
            stored?.Snapshot, stored?.Recent, stored?.Personal ?? PersonalFields.None, [.. own.Concat(met).OrderBy(r => r.Position)],
            Newest(DocumentKind.Catalogue, from), Newest(DocumentKind.Organisation, from));
    }

    /// <summary>Has a client apply records.</summary>
    /// <returns>Null where he lost what he held: <see cref="ApplyAgain"/>.</returns>
    public Task<ClientAnswer?> TryApply(ClientEntry entry, List<LogRecord> records, bool snapshot) =>
        entry.Rest is { } rest ? ApplyAtRest(entry, rest, records, snapshot) : Grain(entry).Apply(epoch, entry.Position, records, snapshot);

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
        await Wake(entry, Seed(entry, stored.Count > 0 ? stored[0] : null, uncommitted.Where(r => r.Position < upTo)));
    }

    private IClientGrain Grain(ClientEntry entry) => entry.Grain ??= grains.GetGrain<IClientGrain>(entry.Id);

    /// <summary>Is there a published record that the client has not met, up to a position?</summary>
    public bool HasUnmet(ClientEntry entry, long upTo) => entry.Position > 0 && controls.Count > 0 && controls[^1].Position > entry.Position && Unmet(entry, upTo).Any();

    /// <summary>The published records that the client has not met, up to a position; a client who is only being born has met all.</summary>
    public IEnumerable<LogRecord> Unmet(ClientEntry entry, long upTo) =>
        entry.Position == 0 ? [] : controls.Where(c => c.Position > entry.Position && c.Position <= upTo);

    /// <summary>How far the roll-over came, as committed.</summary>
    public void OnRolled(long position, string? to) => head = head with { RolledPosition = position, RolledTo = to };

    public long RolledPosition => head.RolledPosition;

    public string? RolledTo => head.RolledTo;

    private bool IsRolled(string client, LogRecord control) =>
        control.Position < head.RolledPosition
        || (control.Position == head.RolledPosition && (head.RolledTo is null || string.CompareOrdinal(client, head.RolledTo) <= 0));

    private int Newest(DocumentKind kind, long upTo) =>
        controls.LastOrDefault(c => c.Position <= upTo && Kind(c) == kind) is { } control ? Version(control) : 0;

    public static DocumentKind Kind(LogRecord control) => control.Kind == RecordKind.Catalogue ? DocumentKind.Catalogue : DocumentKind.Organisation;

    public static int Version(LogRecord control) => ControlData.ReadVersion(control.Data);
}
