using Engagement.Contracts.Faults;
using Engagement.Domain.Clients;
using Engagement.Grains.Clients;

namespace Engagement.Grains.Shards;

/// <content>Roll-over: after a publish everybody is brought under it, in id order, a piece a turn.</content>
internal sealed partial class ShardTurns
{
    private const int RollOverBatch = 500;

    private List<string>? rolling;
    private int rolled;

    public int RollOverLeft => rolling is null ? (NextControl() is null ? 0 : Clients.Count) : rolling.Count - rolled;

    private async Task<bool> RollOver()
    {
        if (rolling is null)
        {
            if (NextControl() is not { } control)
            {
                return false;
            }

            var resumed = control.Position == Clients.RolledPosition ? Clients.RolledTo : null;
            rolling = [.. Clients.All.Where(e => e.Position < control.Position && string.CompareOrdinal(e.Id, resumed) > 0).Select(e => e.Id).Order(StringComparer.Ordinal)];
            rolled = 0;
        }

        var position = NextControl()!.Position;
        var batch = rolling.Skip(rolled).Take(RollOverBatch).Select(Clients.Get).ToList();
        await ApplyUnmet(batch.FindAll(e => e.Awake || e.Rest is not null), position);
        await ApplyAsleep(batch.FindAll(e => !e.Awake && e.Rest is null), position);
        rolled += batch.Count;
        turn.Rolled = (position, rolled == rolling.Count ? null : batch[^1].Id);
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
            foreach (var control in Clients.Unmet(entry, upTo))
            {
                records.Add(entry, control);
            }
        }

        await Apply(records, met: true);
    }

    /// <summary>Brings those under the document who are asleep, without waking them: what they become is built again when they are.</summary>
    private async Task ApplyAsleep(List<ClientEntry> asleep, long upTo)
    {
        if (asleep.Count == 0)
        {
            return;
        }

        var seeds = await Clients.Read(asleep);
        for (var i = 0; i < asleep.Count; i++)
        {
            var (entry, engine) = (asleep[i], await ClientLoader.Build(asleep[i].Id, seeds[i], Clients.Documents));
            entry.Position = engine.State.Position;
            if (Clients.Unmet(entry, upTo).Select(engine.Apply).ToList() is { Count: > 0 } effects)
            {
                Take(entry, effects);
            }
        }
    }

    /// <summary>The oldest published record whose roll-over is not complete.</summary>
    private LogRecord? NextControl() =>
        Clients.Controls.FirstOrDefault(c => c.Position > Clients.RolledPosition || (c.Position == Clients.RolledPosition && Clients.RolledTo is not null));
}
