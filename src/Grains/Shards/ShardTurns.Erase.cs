using Engagement.Contracts.Faults;
using Engagement.Contracts.Shards;
using Engagement.Domain.Clients;

namespace Engagement.Grains.Shards;

/// <content>Erasing personal fields: a record with the client's state sealed in it, on which the store destroys his key.</content>
internal sealed partial class ShardTurns
{
    private async Task<bool> Erase(List<QueuedErase> erases)
    {
        if (erases.Count == 0)
        {
            return false;
        }

        try
        {
            nowMs = NowMs;
            foreach (var client in erases.Select(e => e.Client).Distinct())
            {
                await Erase(Clients.Get(client));
            }

            faults.Reach(FaultPoint.ShardErased);
            await Commit();
        }
        catch
        {
            erases.ForEach(e => e.Complete(EraseOutcome.Unavailable));
            throw;
        }

        erases.ForEach(e => e.Complete(EraseOutcome.Erased));
        return true;
    }

    private async Task Erase(ClientEntry entry)
    {
        if ((await Clients.Seal(entry)).Personal == PersonalFields.None)
        {
            return;
        }

        // Documents that were published since come first, and still meet the fields: the anchor stands behind them.
        await ApplyUnmet([entry], last);

        var anchor = Anchor.Write((await Clients.Seal(entry)).State);
        // The snapshot that goes with the record makes sure that nobody loads the client from before it.
        var records = new ClientRecords();
        records.Add(entry, Record(RecordKind.Erased, entry, EngineSource, LogRecord.ErasedType, LogRecord.ErasedType, nowMs, anchor, null));
        await Apply(records);
    }
}
