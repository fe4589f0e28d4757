using System.Text.Json;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Engagement.Domain.Replay;

namespace Engagement.Storage.Replay;

/// <summary>
/// One shard's log, applied record by record to clients that begin with nothing, or at their anchor. Meets published documents
/// as the engine does: a client meets those before his next record with that record, and the last ones as far as the roll-over came.
/// </summary>
internal sealed class ShardReplay(ShardHead head, IReplayView view, IPublishedDocuments documents, ReplayProgress progress)
{
    private const int Stride = 1_024;

    private readonly Dictionary<string, Followed> clients = new(StringComparer.Ordinal);
    private readonly List<LogRecord> controls = [];
    private readonly IReadOnlyDictionary<string, long> anchors = view.ReadAnchors(head.Shard);
    private readonly IReadOnlyDictionary<string, long> snapshotPositions = view.ReadSnapshotPositions(head.Shard);

    public int Clients => clients.Count;

    /// <param name="only">One client; null: all.</param>
    /// <param name="goOn">Asked now and then: is there still somebody who wants to know?</param>
    /// <returns>The first difference; null: none.</returns>
    public Difference? Run(string? only, Func<bool> goOn)
    {
        var (position, read) = (0L, 0);
        foreach (var record in view.ReadLog(head.Shard, only))
        {
            if (only is null && record.Position != ++position)
            {
                return new(head.Shard, "", position, "the log", "a record", $"the next one at {record.Position}");
            }

            if (record.Client.Length == 0)
            {
                controls.Add(record);
            }
            else if (Take(record) is { } difference)
            {
                return difference;
            }

            if (++read % Stride == 0)
            {
                progress.Add(Stride);
                if (!goOn())
                {
                    return null;
                }
            }
        }

        progress.Add(read % Stride);
        return only is null && position != head.Last
            ? new(head.Shard, "", 0, "the log's last record", $"{head.Last}", $"{position}")
            : clients.Values.Select(End).FirstOrDefault(d => d is not null);
    }

    private Difference? Take(LogRecord record)
    {
        if (!clients.TryGetValue(record.Client, out var followed))
        {
            var anchor = anchors.GetValueOrDefault(record.Client);
            if (record.Position < anchor)
            {
                // Judged with personal fields that are gone; the anchor holds what came of it.
                return null;
            }

            if (Begin(record, isAnchor: record.Position == anchor, out followed) is { } broken)
            {
                return broken;
            }

            followed.Snapshot = snapshotPositions.GetValueOrDefault(record.Client);
            clients.Add(record.Client, followed);
        }

        return Meet(followed, record.Position)
            ?? (followed.Client.State.LastRecord is var last && last > 0 && last != record.Previous
                ? followed.Client.Differs($"the record before position {record.Position}", $"{last}", $"{record.Previous}")
                : null)
            ?? Apply(followed, record);
    }

    private Difference? Begin(LogRecord record, bool isAnchor, out Followed followed)
    {
        followed = null!;
        if (!isAnchor)
        {
            var born = ReplayedClient.Born(head.Shard, record.Client, Newest(RecordKind.Catalogue), Newest(RecordKind.Organisation), documents);
            followed = new(born, new()) { Met = controls.Count };
            return null;
        }

        try
        {
            var state = ClientSnapshot.Read(Anchor.Read(record.Data));
            followed = new(ReplayedClient.From(head.Shard, state, documents), new(state, record.AtMs)) { Met = controls.Count(c => c.Position <= state.Position) };
            return null;
        }
        catch (Exception e)
        {
            // Whatever it is, the sealed state cannot be read.
            return new(head.Shard, record.Client, record.Position, "the anchor", "a sealed snapshot", e.Message);
        }
    }

    /// <summary>Applies the documents that were published before a position and that he has not met.</summary>
    private Difference? Meet(Followed followed, long before)
    {
        while (followed.Met < controls.Count && controls[followed.Met].Position < before)
        {
            if (Apply(followed, controls[followed.Met++]) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    private Difference? Apply(Followed followed, LogRecord record)
    {
        ClientEffects effects;
        try
        {
            effects = followed.Client.Apply(record);
        }
        catch (Exception e)
        {
            // Whatever it is, the engine applied this record once, and now it cannot be.
            return followed.Client.Differs($"the record {record.Type}", "one that can be applied", e.Message);
        }

        return followed.Decisions.Follow(followed.Client, effects.Decisions, view) ?? (followed.Snapshot == record.Position ? Snapshot(followed) : null);
    }

    private Difference? Snapshot(Followed followed)
    {
        followed.Snapshot = 0;
        var stored = view.ReadSnapshot(head.Shard, followed.Client.State.Id);
        var made = ClientSnapshot.Write(followed.Client.State);
        if (made.AsSpan().SequenceEqual(stored))
        {
            return null;
        }

        try
        {
            return StateComparison.First(ClientSnapshot.Read(made), ClientSnapshot.Read(stored)) is { } first
                ? followed.Client.Differs($"{first.Path} in the snapshot", first.Expected, first.Found)
                : followed.Client.Differs("the snapshot", "the bytes of this state", "others that read the same");
        }
        catch (Exception e)
        {
            // Whatever it is, these bytes are no snapshot.
            return followed.Client.Differs("the snapshot", "one that can be read", e.Message);
        }
    }

    private Difference? End(Followed followed)
    {
        var (client, id) = (followed.Client, followed.Client.State.Id);
        var rolled = head.RolledTo is null || string.CompareOrdinal(id, head.RolledTo) <= 0 ? head.RolledPosition : head.RolledPosition - 1;
        return Meet(followed, rolled + 1)
            // Compared ones are forgotten; what is left stands where he never was.
            ?? (followed.Snapshot == 0 ? null : client.Differs("the snapshot", "one at a record that he met", $"one at position {followed.Snapshot}"))
            ?? followed.Decisions.End(client, view)
            ?? client.CompareMemberships(view.ReadMemberships(id))
            ?? client.ComparePlace(view.ReadPlace(id))
            ?? Due(client, view.ReadDue(head.Shard, id));
    }

    private static Difference? Due(ReplayedClient client, DueRow? stored) => client.CompareDue(stored?.DueMs ?? long.MaxValue, stored?.AsksMs ?? long.MaxValue);

    private int Newest(RecordKind kind)
    {
        if (controls.FindLast(c => c.Kind == kind) is not { } control)
        {
            return 0;
        }

        using var data = JsonDocument.Parse(control.Data);
        return data.RootElement.GetProperty("version").GetInt32();
    }

    private sealed class Followed(ReplayedClient client, DecisionTrail decisions)
    {
        public ReplayedClient Client => client;

        public DecisionTrail Decisions => decisions;

        /// <summary>Position of the stored snapshot that is still to be met; 0: none.</summary>
        public long Snapshot { get; set; }

        /// <summary>How many of the published documents he has met, or was born under.</summary>
        public int Met { get; set; }
    }
}
