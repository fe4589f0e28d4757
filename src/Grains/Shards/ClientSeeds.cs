using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Clients;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;

namespace Engagement.Grains.Shards;

/// <summary>What a client starts from: what is stored of him, and the documents that were published since and he has met.</summary>
internal static class ClientSeeds
{
    /// <param name="stored">Null: nothing is.</param>
    /// <param name="uncommitted">The client's own records that he has applied already.</param>
    /// <param name="controls">Records that concern every client, in order.</param>
    /// <param name="head">How far the roll-over came.</param>
    public static ClientSeed Of(string id, StoredClient? stored, IReadOnlyCollection<LogRecord> uncommitted, IReadOnlyList<LogRecord> controls, ShardHead head)
    {
        var own = stored?.Tail ?? [];
        if (uncommitted.Count > 0)
        {
            own = [.. own, .. uncommitted];
        }

        var last = own.Count > 0 ? own[^1].Position : stored?.Position ?? 0;
        // One without a snapshot was born with his first record, under what was published by then.
        var from = stored?.Snapshot is null ? own.Count > 0 ? own[0].Position : long.MaxValue : stored.Position;
        if (controls.Count > 0 && controls[^1].Position > from)
        {
            // Published documents up to his last record were met with it; later ones only as far as the roll-over came.
            own = Merge(own, controls, c => c.Position > from && (c.Position < last || IsRolled(id, c, head)));
        }

        return new(
            stored?.Snapshot, stored?.Recent, stored?.Personal ?? PersonalFields.None, own,
            Newest(controls, DocumentKind.Catalogue, from), Newest(controls, DocumentKind.Organisation, from));
    }

    /// <summary>Of one who rests: all is in what he left, and the documents that he has met.</summary>
    public static ClientSeed Of(ClientRest rest, long position, IReadOnlyList<LogRecord> controls) =>
        new(rest.State, null, rest.Personal, [], Newest(controls, DocumentKind.Catalogue, position), Newest(controls, DocumentKind.Organisation, position));

    public static DocumentKind Kind(LogRecord control) => control.Kind == RecordKind.Catalogue ? DocumentKind.Catalogue : DocumentKind.Organisation;

    public static int Version(LogRecord control) => PublishedVersion.Of(control.Data);

    /// <summary>The version in force at a position; 0: none.</summary>
    public static int Newest(IReadOnlyList<LogRecord> controls, DocumentKind kind, long upTo)
    {
        for (var i = controls.Count - 1; i >= 0; i--)
        {
            if (controls[i].Position <= upTo && Kind(controls[i]) == kind)
            {
                return Version(controls[i]);
            }
        }

        return 0;
    }

    /// <summary>Both in the log's order.</summary>
    private static List<LogRecord> Merge(IReadOnlyList<LogRecord> own, IReadOnlyList<LogRecord> controls, Func<LogRecord, bool> met)
    {
        var merged = new List<LogRecord>(own.Count + controls.Count);
        var next = 0;
        foreach (var control in controls)
        {
            if (!met(control))
            {
                continue;
            }

            for (; next < own.Count && own[next].Position < control.Position; next++)
            {
                merged.Add(own[next]);
            }

            merged.Add(control);
        }

        for (; next < own.Count; next++)
        {
            merged.Add(own[next]);
        }

        return merged;
    }

    private static bool IsRolled(string client, LogRecord control, ShardHead head) =>
        control.Position < head.RolledPosition
        || (control.Position == head.RolledPosition && (head.RolledTo is null || string.CompareOrdinal(client, head.RolledTo) <= 0));
}
