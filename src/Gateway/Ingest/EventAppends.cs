using Engagement.Contracts;
using Engagement.Contracts.Shards;

namespace Engagement.Gateway.Ingest;

/// <summary>
/// Events to their shards. Those of several go together: a message from process to process costs more than most of what is done with an
/// event, and a request of a thousand goes to nearly every shard.
/// </summary>
internal static class EventAppends
{
    private const int EventsACall = 2_000;
    private const int Intakes = 16;

    private static long next;

    /// <param name="answersWithin">How long a call is waited for: what comes to its shard later is not appended.</param>
    /// <returns>The shards' answers.</returns>
    public static async Task<AppendAnswer[]> Send(IGrainFactory grains, EventIntake intake, TimeSpan answersWithin, TimeProvider time)
    {
        if (intake.ByShard.Count == 1)
        {
            var (shard, events) = intake.ByShard.First();
            return [await Moving.Wait(() => InTime(grains.GetGrain<IShardGrain>(shard)).Append(events), time, a => a.Outcome == AppendOutcome.Moving)];
        }

        var answers = await Task.WhenAll(Calls(intake).Select(parts => Moving.Wait(
            () => InTime(grains.GetGrain<IIntakeGrain>(Interlocked.Increment(ref next) & (Intakes - 1))).Append(parts), time, a => a.Any(p => p.Outcome == AppendOutcome.Moving))));
        return [.. answers.SelectMany(a => a)];

        TGrain InTime<TGrain>(TGrain grain)
        {
            AppendDeadline.Set(time.GetUtcNow() + answersWithin);
            return grain;
        }
    }

    private static List<ShardAppend[]> Calls(EventIntake intake)
    {
        List<ShardAppend[]> calls = [];
        List<ShardAppend> call = [];
        var events = 0;
        foreach (var (shard, own) in intake.ByShard)
        {
            call.Add(new(shard, own));
            events += own.Count;
            if (events >= EventsACall)
            {
                calls.Add([.. call]);
                call.Clear();
                events = 0;
            }
        }

        if (call.Count > 0)
        {
            calls.Add([.. call]);
        }

        return calls;
    }
}
