using Engagement.Contracts.Faults;
using Engagement.Domain.Clients;

namespace Engagement.Grains.Shards;

/// <content>Time: what is due is carried instant by instant, each judged at its own, and many of them in one commit.</content>
internal sealed partial class ShardTurns
{
    /// <summary>A piece of the way to where the manual clock is going.</summary>
    private async Task<bool> Advance(ShardQueue queue)
    {
        if (queue.NextAdvance is not { } advance)
        {
            return false;
        }

        try
        {
            await CarryDue(advance.NowMs);
            faults.Reach(FaultPoint.ShardDue);
            if (Clients.Due.NextDueMs <= advance.NowMs)
            {
                await Commit();
                return true;
            }

            Clock.Set(advance.NowMs);
            nowMs = Math.Max(nowMs, advance.NowMs);
            await Commit();
            queue.Complete(advance, Due);
        }
        catch (Exception e)
        {
            advance.Fail(e);
            throw;
        }

        return true;
    }

    private async Task<bool> CatchUp()
    {
        if (Clients.Due.NextDueMs > NowMs || outbox.IsFull)
        {
            return false;
        }

        await CarryDue(NowMs);
        faults.Reach(FaultPoint.ShardDue);
        await Commit();
        return true;
    }

    private async Task CarryDue(long upTo)
    {
        // Those who were brought only to be found early count too: they are in memory until the commit.
        var early = 0;
        while (Clients.Due.NextDueMs is var instant && instant <= upTo && turn.Records.Count + early < options.TurnMax)
        {
            var entries = Clients.Due.Take(instant, options.TurnMax);
            var asleep = entries.FindAll(e => !e.Awake && e.Rest is null);
            await Clients.Bring(asleep);
            // What is known of one who slept may be earlier than needed: now it is known when he is due.
            var due = asleep.Count == 0 ? entries : entries.FindAll(e => e.DueMs <= instant || !asleep.Contains(e));
            early += entries.Count - due.Count;
            entries.FindAll(e => e.DueMs > instant).ForEach(TakeDue);
            if (due.Count == 0)
            {
                continue;
            }

            // Time never runs backwards within a shard, also where something was found to be due late.
            nowMs = Math.Max(nowMs, instant);
            var records = new ClientRecords();
            foreach (var entry in due)
            {
                records.Add(entry, Record(RecordKind.Due, entry, EngineSource, LogRecord.DueType, LogRecord.DueType, nowMs, [], null));
            }

            await Apply(records);
        }
    }
}
