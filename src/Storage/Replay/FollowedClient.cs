using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Engagement.Domain.Replay;

namespace Engagement.Storage.Replay;

/// <summary>A client as he is made anew, and how far what is stored of him was compared.</summary>
/// <param name="snapshotPosition">Where a snapshot of him is stored; 0: none is.</param>
/// <param name="backfill">Counts what any catalogue of the log computes over it; null: none does.</param>
/// <param name="born">Where he was born: documents that were published before are in force and not met; 0: his state says what he has met.</param>
internal sealed class FollowedClient(ReplayedClient client, DecisionTrail decisions, long snapshotPosition, long born, ReplayChecks checks, MetricBackfill? backfill)
{
    /// <summary>A snapshot that is compared is forgotten; what is left at the end stands where he never was.</summary>
    private long snapshot = snapshotPosition;
    private int met;

    public string Id => client.State.Id;

    public ReplayedClient Replayed => client;

    public DecisionTrail Decisions => decisions;

    /// <summary>Position of the last record in his state.</summary>
    public long Position => client.State.Position;

    /// <summary>Takes note of a record of his that his state has already: what is computed over the log counts it, too.</summary>
    public void Skip(LogRecord record) => backfill?.Add(record);

    /// <summary>Applies his next own record, and before it the documents that were published since the one before.</summary>
    public Difference? Take(LogRecord record, IReadOnlyList<LogRecord> controls) =>
        Meet(controls, record.Position)
        ?? (client.State.LastRecord is var last && last > 0 && last != record.Previous
            ? client.Differs($"the record before position {record.Position}", $"{last}", $"{record.Previous}")
            : null)
        ?? Apply(record);

    /// <summary>Applies the last documents that he has met, as far as the roll-over came, once his log is at its end.</summary>
    public Difference? MeetLast(ShardHead head, IReadOnlyList<LogRecord> controls) =>
        Meet(controls, (head.RolledTo is null || string.CompareOrdinal(Id, head.RolledTo) <= 0 ? head.RolledPosition : head.RolledPosition - 1) + 1);

    /// <summary>Compares everything that is stored of him, when nothing more is to be applied or checked.</summary>
    /// <param name="more">A decision after all that were made, or null.</param>
    /// <param name="waiting">By their ids, stored decisions that wait.</param>
    public Difference? End(StoredDecision? more, IReadOnlyDictionary<string, StoredDecision> waiting, StoredEffects stored) =>
        (snapshot == 0 ? null : client.Differs("the snapshot", "one at a record that he met", $"one at position {snapshot}"))
        ?? DecisionTrail.End(client, more, waiting)
        ?? client.CompareMemberships(stored.Memberships)
        ?? client.ComparePlace(stored.Place)
        ?? client.CompareDue(stored.Due?.DueMs ?? long.MaxValue, stored.Due?.AsksMs ?? long.MaxValue);

    public Difference? CompareSnapshot(byte[] made, byte[] stored)
    {
        if (made.AsSpan().SequenceEqual(stored))
        {
            return null;
        }

        try
        {
            return StateComparison.First(ClientSnapshot.Read(made), ClientSnapshot.Read(stored)) is { } first
                ? client.Differs($"{first.Path} in the snapshot", first.Expected, first.Found)
                : client.Differs("the snapshot", "the bytes of this state", "others that read the same");
        }
        catch (Exception e)
        {
            // Whatever it is, these bytes are no snapshot.
            return client.Differs("the snapshot", "one that can be read", e.Message);
        }
    }

    private Difference? Meet(IReadOnlyList<LogRecord> controls, long before)
    {
        while (met < controls.Count && controls[met].Position < before)
        {
            var control = controls[met++];
            if (control.Position < born || control.Position <= client.State.Position)
            {
                continue;
            }

            if (Apply(control with { Backfilled = backfill?.Result(control.AtMs) }) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    private Difference? Apply(LogRecord record)
    {
        ClientEffects effects;
        try
        {
            backfill?.Add(record);
            effects = client.Apply(record);
        }
        catch (Exception e)
        {
            // Whatever it is, the engine applied this record once, and now it cannot be.
            return client.Differs($"the record {record.Type}", "one that can be applied", e.Message);
        }

        foreach (var decision in effects.Decisions)
        {
            checks.Add(this, decision, record.Position);
        }

        if (snapshot == record.Position)
        {
            snapshot = 0;
            checks.Add(this, record.Position, ClientSnapshot.Write(client.State));
        }

        return null;
    }
}
