using Engagement.Contracts.Faults;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Engagement.Grains.Clients;

namespace Engagement.Grains.Shards;

/// <content>
/// Roll-over: after a publish everybody is brought under it, in id order, a piece a turn. Those who sleep are not woken: each is built
/// from his snapshot, and only what changes for him is written. Who is unconcerned leaves no trace but how far the roll-over came.
/// </content>
internal sealed partial class ShardTurns
{
    /// <summary>Clients walked over in one turn: more cost fewer commits, and let an event wait longer.</summary>
    private const int RollOverPiece = 1_000;
    private const int RollOverPieceWhileOthersWait = 250;

    /// <summary>Turns of events between two pieces of a roll-over: events go first, but not for ever.</summary>
    private const int AppendsBetween = 3;

    /// <summary>Published records since a sleeper's snapshot after which he gets a new one: each is applied again whenever he is built.</summary>
    private const int RenewAfter = 8;

    private List<ClientEntry>? rolling;
    private int rolled;
    private int appendsSince;

    public int RollOverLeft => rolling is null ? (NextControl() is null ? 0 : Clients.Count) : rolling.Count - rolled;

    /// <summary>Is there a document of the kind that somebody has not met?</summary>
    public bool Rolls(RecordKind kind) => NextControl() is { } oldest && Clients.Controls.Any(c => c.Kind == kind && c.Position >= oldest.Position);

    private bool OwesRollOver => appendsSince >= AppendsBetween && NextControl() is not null;

    private async Task<bool> RollOver(int piece)
    {
        if (NextControl() is not { } control)
        {
            return false;
        }

        if (rolling is null)
        {
            var resumed = control.Position == Clients.RolledPosition ? Clients.RolledTo : null;
            rolling = [.. Clients.All.Where(e => string.CompareOrdinal(e.Id, resumed) > 0)];
            rolling.Sort((a, b) => string.CompareOrdinal(a.Id, b.Id));
            rolled = 0;
        }

        appendsSince = 0;
        var walked = rolling.GetRange(rolled, Math.Min(piece, rolling.Count - rolled));
        var unmet = walked.FindAll(e => e.Position < control.Position);
        await ApplyUnmet(unmet.FindAll(e => e.Awake || e.Rest is not null), control.Position);
        await ApplyAsleep(unmet.FindAll(e => !e.Awake && e.Rest is null), walked, control.Position);
        rolled += walked.Count;
        turn.Rolled = (control.Position, rolled == rolling.Count ? null : walked[^1].Id);
        if (rolled == rolling.Count)
        {
            rolling = null;
        }

        faults.Reach(FaultPoint.ShardRolled);
        await Commit();
        return true;
    }

    /// <summary>Brings those under the documents who are in memory.</summary>
    private async Task ApplyUnmet(List<ClientEntry> resident, long upTo)
    {
        var records = new ClientRecords();
        foreach (var entry in resident)
        {
            foreach (var control in await Clients.Unmet(entry, upTo, entry.Last))
            {
                records.Add(entry, control);
            }
        }

        await Apply(records, met: true);
    }

    /// <summary>Brings those under the document who are asleep, without waking them: what they become is built again when they are.</summary>
    /// <param name="walked">Everybody between the first and the last of them.</param>
    private async Task ApplyAsleep(List<ClientEntry> asleep, List<ClientEntry> walked, long upTo)
    {
        if (asleep.Count == 0)
        {
            return;
        }

        var stored = await Clients.ReadAsleep(asleep, walked);
        for (var i = 0; i < asleep.Count; i++)
        {
            var (entry, seed) = (asleep[i], await Clients.Seed(asleep[i], stored[i]));
            var engine = ClientLoader.Make(entry.Id, seed, Clients.Documents);
            entry.Position = engine.State.Position;
            var controls = await Clients.Unmet(entry, upTo, entry.Last);
            if (controls.Count > 0)
            {
                Take(entry, controls.ConvertAll(engine.Apply));
                // What was computed over the log is not computed again.
                var renews = seed.Tail.Count + controls.Count >= RenewAfter || controls.Exists(c => c.Backfilled is not null);
                if (renews && entry.UncoveredFrom == 0)
                {
                    turn.Snapshots[entry.Id] = new(entry.Id, entry.Position, entry.Last, ClientSnapshot.Write(engine.State), seed.Recent ?? []);
                }
            }
        }
    }

    /// <summary>The oldest published record whose roll-over is not complete.</summary>
    private LogRecord? NextControl()
    {
        if (Clients.Controls.Count == 0 || (Clients.Controls[^1].Position <= Clients.RolledPosition && Clients.RolledTo is null))
        {
            return null;
        }

        return Clients.Controls.First(c => c.Position > Clients.RolledPosition || (c.Position == Clients.RolledPosition && Clients.RolledTo is not null));
    }
}
