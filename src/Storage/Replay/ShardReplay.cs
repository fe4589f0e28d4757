using System.Text.Json;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Engagement.Domain.Replay;

namespace Engagement.Storage.Replay;

/// <summary>
/// One shard's log, applied record by record to clients that begin with nothing, or at their anchor. Nothing of the log is
/// kept but the records that concern every client, which each meets with his next own record, as in the engine.
/// </summary>
internal sealed class ShardReplay(ShardHead head, IReplayView view, ArchivedDocuments documents, ReplayProgress progress)
{
    private const int Stride = 1_024;

    private readonly Dictionary<string, FollowedClient> clients = new(StringComparer.Ordinal);
    private readonly List<LogRecord> controls = [];
    private readonly IReadOnlyDictionary<string, long> anchors = view.ReadAnchors(head.Shard);
    private readonly IReadOnlyDictionary<string, long> snapshots = view.ReadSnapshotPositions(head.Shard);

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
            : clients.Values.Select(c => c.End(head, controls)).FirstOrDefault(d => d is not null);
    }

    private Difference? Take(LogRecord record)
    {
        if (clients.TryGetValue(record.Client, out var known))
        {
            return known.Take(record, controls);
        }

        var anchor = anchors.GetValueOrDefault(record.Client);
        if (record.Position < anchor)
        {
            // Judged with personal fields that are gone; the anchor holds what came of it.
            return null;
        }

        FollowedClient followed;
        try
        {
            followed = record.Position == anchor ? FromAnchor(record) : Born(record.Client);
        }
        catch (Exception e)
        {
            // Whatever it is, the sealed state cannot be read, or a document under which he was born.
            return new(head.Shard, record.Client, record.Position, "what he begins with", "a state", e.Message);
        }

        clients.Add(record.Client, followed);
        return followed.Take(record, controls);
    }

    private FollowedClient Born(string client) => new(
        ReplayedClient.Born(head.Shard, client, Newest(RecordKind.Catalogue), Newest(RecordKind.Organisation), documents),
        new(), snapshots.GetValueOrDefault(client), controls.Count, view, Backfill());

    private FollowedClient FromAnchor(LogRecord erased)
    {
        var state = ClientSnapshot.Read(Anchor.Read(erased.Data));
        return new(
            ReplayedClient.From(head.Shard, state, documents), new(state, erased.AtMs),
            snapshots.GetValueOrDefault(erased.Client), controls.Count(c => c.Position <= state.Position), view, Backfill());
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
