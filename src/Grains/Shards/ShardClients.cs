using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Clients;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Engagement.Grains.Catalogue;

namespace Engagement.Grains.Shards;

/// <summary>The clients of a shard: who exists, who is loaded, when each is due, and which published documents each has met.</summary>
internal sealed class ShardClients(int shard, long epoch, IShardStore store, IGrainFactory grains, PublishedDocuments documents)
{
    private const int LoadBatch = 500;

    private readonly Dictionary<string, ClientEntry> entries = new(StringComparer.Ordinal);
    private readonly PriorityQueue<ClientEntry, (long DueMs, string Id)> due = new(Comparer<(long DueMs, string Id)>.Create(
        (a, b) => a.DueMs != b.DueMs ? a.DueMs.CompareTo(b.DueMs) : string.CompareOrdinal(a.Id, b.Id)));
    private readonly List<LogRecord> controls = [];
    private ShardHead head = null!;

    public int Count => entries.Count;

    public IReadOnlyList<LogRecord> Controls => controls;

    public IEnumerable<ClientEntry> All => entries.Values;

    public bool IsKnown(string client) => entries.ContainsKey(client);

    public async Task Recover(ShardHead taken)
    {
        head = taken;
        foreach (var control in await store.ReadControls(shard))
        {
            await AddControl(control);
        }

        foreach (var stored in await store.ReadClientHeads(shard))
        {
            var entry = new ClientEntry(stored.Client) { SnapshotPosition = stored.SnapshotPosition, Position = stored.SnapshotPosition };
            entries.Add(stored.Client, entry);
            SetDue(entry, stored.DueMs);
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

    public long NextDueMs
    {
        get
        {
            while (due.TryPeek(out var entry, out var at))
            {
                if (entry.DueMs == at.DueMs)
                {
                    return at.DueMs;
                }

                due.Dequeue();
            }

            return long.MaxValue;
        }
    }

    /// <summary>Takes everyone who is due at exactly the next instant, up to a bound, by id.</summary>
    public List<ClientEntry> TakeDue(long instant, int most)
    {
        List<ClientEntry> taken = [];
        while (taken.Count < most && NextDueMs == instant)
        {
            var entry = due.Dequeue();
            entry.DueMs = long.MaxValue;
            taken.Add(entry);
        }

        return taken;
    }

    public void SetDue(ClientEntry entry, long dueMs)
    {
        if (entry.DueMs == dueMs)
        {
            return;
        }

        entry.DueMs = dueMs;
        if (dueMs != long.MaxValue)
        {
            due.Enqueue(entry, (dueMs, entry.Id));
        }
    }

    /// <summary>Loads those who are not, in batches.</summary>
    /// <param name="uncommitted">Records of this turn that a client may have applied already.</param>
    public async Task Load(IEnumerable<ClientEntry> wanted, IReadOnlyList<LogRecord> uncommitted)
    {
        foreach (var batch in wanted.Where(e => !e.Loaded).Distinct().Chunk(LoadBatch))
        {
            var stored = (await store.ReadClients(shard, [.. batch.Where(e => e.SnapshotPosition > 0).Select(e => e.Id)])).ToDictionary(c => c.Client);
            await Task.WhenAll(batch.Select(entry => Load(entry, stored.GetValueOrDefault(entry.Id), uncommitted)));
        }
    }

    private async Task Load(ClientEntry entry, StoredClient? stored, IReadOnlyList<LogRecord> uncommitted)
    {
        List<LogRecord> own = [.. stored?.Tail ?? [], .. uncommitted.Where(r => r.Client == entry.Id)];
        var last = own.Count > 0 ? own[^1].Position : stored?.Position ?? 0;
        var snapshotAt = stored?.Position ?? 0;
        // Published documents up to his last record were met with it; later ones only as far as the roll-over came.
        var met = stored is null && own.Count == 0 ? [] : controls.Where(c => c.Position > snapshotAt && (c.Position < last || IsRolled(entry.Id, c)));
        List<LogRecord> tail = [.. own.Concat(met).OrderBy(r => r.Position)];
        var recent = stored?.Recent is { } bytes ? RecentEvents.Read(bytes) : new();
        foreach (var record in own)
        {
            recent.Add(record);
        }

        entry.Recent = recent;
        entry.SnapshotPosition = snapshotAt;
        entry.SinceSnapshot = tail.Count;
        entry.Position = tail.Count > 0 ? tail[^1].Position : snapshotAt;
        var seed = new ClientSeed(stored?.Snapshot, stored?.Personal ?? PersonalFields.None, tail, Newest(DocumentKind.Catalogue, long.MaxValue), Newest(DocumentKind.Organisation, long.MaxValue));
        await grains.GetGrain<IClientGrain>(entry.Id).Load(epoch, seed);
        entry.Loaded = true;
    }

    /// <summary>Has a client apply records; one who lost what he held is loaded and asked once more.</summary>
    public async Task<ClientAnswer> Apply(ClientEntry entry, IReadOnlyList<LogRecord> records, bool snapshot, IReadOnlyList<LogRecord> uncommitted)
    {
        var grain = grains.GetGrain<IClientGrain>(entry.Id);
        if (await grain.Apply(epoch, entry.Position, records, snapshot) is { } answer)
        {
            return answer;
        }

        entry.Loaded = false;
        await Load([entry], [.. uncommitted.Where(r => r.Position < records[0].Position)]);
        // What is being applied was taken into account before the loading put the stored hashes in its place.
        foreach (var record in records)
        {
            entry.Recent.Add(record);
        }

        return await grain.Apply(epoch, entry.Position, records, snapshot)
            ?? throw new InvalidOperationException("A client that was just loaded is not where he was loaded to.");
    }

    /// <summary>A client's state as it stands; one who lost what he held is loaded once.</summary>
    public async Task<ClientSeal> Seal(ClientEntry entry)
    {
        var grain = grains.GetGrain<IClientGrain>(entry.Id);
        if (entry.Loaded && await grain.Seal(epoch, entry.Position) is { } seal)
        {
            return seal;
        }

        entry.Loaded = false;
        await Load([entry], []);
        return await grain.Seal(epoch, entry.Position)
            ?? throw new InvalidOperationException("A client that was just loaded is not where he was loaded to.");
    }

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
