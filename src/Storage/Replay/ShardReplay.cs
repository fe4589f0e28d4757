using System.Text.Json;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Engagement.Domain.Replay;

namespace Engagement.Storage.Replay;

/// <summary>
/// One shard's log, applied record by record to clients that begin with nothing, at their anchor, or as they were kept when the
/// log before them was dropped. Nothing of the log is held but the records that concern every client, which each meets with his
/// next own record, as in the engine.
/// </summary>
/// <param name="start">Where the log begins.</param>
internal sealed class ShardReplay(ShardHead head, long start, IReplayView view, ArchivedDocuments documents, ReplayProgress progress)
{
    private const int Stride = 1_024;

    /// <summary>Clients whose stored effects are asked for at once.</summary>
    private const int EndedAtOnce = 500;

    private readonly ReplayChecks checks = new(head.Shard, view);
    private readonly Dictionary<string, FollowedClient> clients = new(StringComparer.Ordinal);
    private readonly List<LogRecord> controls = [];
    private readonly IReadOnlyDictionary<string, long> anchors = view.ReadAnchors(head.Shard);
    private readonly IReadOnlyDictionary<string, long> snapshots = view.ReadSnapshotPositions(head.Shard);

    public int Clients => clients.Count;

    /// <summary>The latest instant as of which a client was kept whose log before was dropped; 0: none was.</summary>
    public long KeptMs { get; private set; }

    /// <param name="only">One client; null: all.</param>
    /// <param name="goOn">Asked now and then: is there still somebody who wants to know?</param>
    /// <returns>The first difference; null: none.</returns>
    public Difference? Run(string? only, Func<bool> goOn)
    {
        if (TakeKept(only) is { } wrong)
        {
            return wrong;
        }

        var (position, read) = (Math.Max(start - 1, 0), 0);
        foreach (var record in view.ReadLog(head.Shard, only))
        {
            // From before the log's start there are only those that concern every client.
            var difference = only is null && record.Position >= start && record.Position != ++position
                ? new Difference(head.Shard, "", position, "the log", "a record", $"the next one at {record.Position}")
                : Take(record);
            if ((difference is not null || checks.IsFull) && First(difference) is { } first)
            {
                return first;
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
        return checks.Compare()
            ?? (only is null && position != head.Last ? new Difference(head.Shard, "", 0, "the log's last record", $"{head.Last}", $"{position}") : null)
            ?? clients.Values.Chunk(EndedAtOnce).Select(End).FirstOrDefault(d => d is not null);
    }

    /// <summary>What was made at earlier records is compared first.</summary>
    private Difference? First(Difference? difference) => checks.Compare() is { } earlier && earlier.Position <= (difference?.Position ?? long.MaxValue) ? earlier : difference;

    private Difference? End(FollowedClient[] ended)
    {
        foreach (var client in ended)
        {
            if (client.MeetLast(head, controls) is { } difference)
            {
                return First(difference);
            }
        }

        if (checks.Compare() is { } earlier)
        {
            return earlier;
        }

        var (ordered, anchored) = (ended.Where(c => c.Decisions.Cursor is not null).ToList(), ended.Where(c => c.Decisions.Cursor is null).ToList());
        var more = ordered.Zip(view.ReadNextDecisions(ordered.ConvertAll(c => (c.Id, c.Decisions.Cursor!.Value, 1))), (c, next) => (c.Id, Next: next is [var first, ..] ? first : null))
            .Concat(anchored.Zip(view.ReadDecisionsSince(anchored.ConvertAll(c => (c.Id, c.Decisions.AnchoredMs))), (c, next) => (c.Id, Next: next)))
            .ToDictionary(m => m.Id, m => m.Next);
        var waiting = view.ReadDecisions([.. ended.SelectMany(c => c.Replayed.State.Contacts.Waiting).Select(w => w.Decision.Id)]);
        return ended.Zip(view.ReadEffects(head.Shard, Array.ConvertAll(ended, c => c.Id)), (c, stored) => c.End(more[c.Id], waiting, stored)).FirstOrDefault(d => d is not null);
    }

    private Difference? TakeKept(string? only)
    {
        foreach (var kept in view.ReadKept(head.Shard, only))
        {
            ClientState state;
            try
            {
                state = ClientSnapshot.Read(kept.State);
                if (anchors.GetValueOrDefault(kept.Client) > state.Position)
                {
                    // Judged with personal fields that are gone; what came of it is in the later anchor.
                    continue;
                }

                var stored = snapshots.GetValueOrDefault(kept.Client);
                var client = ReplayedClient.From(head.Shard, state, kept.Personal, documents);
                if (kept.Differs)
                {
                    return client.Differs("the snapshot", "the bytes of the state that was kept", "others");
                }

                KeptMs = Math.Max(KeptMs, state.AtMs);
                clients.Add(kept.Client, new(client, new(state, state.AtMs), stored == state.Position ? 0 : stored, 0, checks, Backfill()));
            }
            catch (Exception e)
            {
                // Whatever it is, the state cannot be read, or a document under which he was.
                return new(head.Shard, kept.Client, 0, "the state that was kept of him", "one that can be read", e.Message);
            }
        }

        return null;
    }

    private Difference? Take(LogRecord record)
    {
        if (record.Client.Length == 0)
        {
            controls.Add(record);
            return null;
        }

        var anchor = anchors.GetValueOrDefault(record.Client);
        if (clients.TryGetValue(record.Client, out var known))
        {
            if (record.Position > known.Position)
            {
                return known.Take(record, controls);
            }

            if (record.Position >= anchor)
            {
                known.Skip(record);
            }

            return null;
        }

        if (record.Position < anchor)
        {
            // Judged with personal fields that are gone; the anchor holds what came of it.
            return null;
        }

        if (record.Position > anchor && record.Previous > 0)
        {
            return new(head.Shard, record.Client, record.Position, "the record before", Difference.None, $"one at {record.Previous}, which is not there, and nothing was kept of him");
        }

        FollowedClient followed;
        try
        {
            followed = record.Position == anchor ? FromAnchor(record) : Born(record);
        }
        catch (Exception e)
        {
            // Whatever it is, the sealed state cannot be read, or a document under which he was born.
            return new(head.Shard, record.Client, record.Position, "what he begins with", "a state", e.Message);
        }

        clients.Add(record.Client, followed);
        return followed.Take(record, controls);
    }

    private FollowedClient Born(LogRecord first) => new(
        ReplayedClient.Born(head.Shard, first.Client, Newest(RecordKind.Catalogue), Newest(RecordKind.Organisation), documents),
        new(), snapshots.GetValueOrDefault(first.Client), first.Position, checks, Backfill());

    private FollowedClient FromAnchor(LogRecord erased)
    {
        var state = ClientSnapshot.Read(Anchor.Read(erased.Data));
        return new(
            ReplayedClient.From(head.Shard, state, PersonalFields.None, documents), new(state, erased.AtMs),
            snapshots.GetValueOrDefault(erased.Client), 0, checks, Backfill());
    }

    private MetricBackfill? Backfill() => documents.Backfills.Count > 0 ? new(documents.Backfills) : null;

    private int Newest(RecordKind kind)
    {
        if (controls.FindLast(c => c.Kind == kind) is not { } control)
        {
            return 0;
        }

        using var data = JsonDocument.Parse(control.Data);
        return data.RootElement.GetProperty("version").GetInt32();
    }
}
