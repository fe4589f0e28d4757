using Engagement.Contracts.Desks;
using Engagement.Contracts.Faults;
using Engagement.Contracts.Shards;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Microsoft.Extensions.Logging;

namespace Engagement.Grains.Desks;

/// <summary>What a desk has committed and others must get: prompts that move on, in order, and clicks for the clients' logs. Repeated until confirmed.</summary>
internal sealed partial class DeskHandoff(string desk, IDeskStore store, IGrainFactory grains, ShardMap shards, IFaultPoints faults, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(200);

    private readonly Queue<Handover> handovers = [];
    private readonly Queue<ActedRecord> records = [];
    private readonly Signal signal = new(time);
    private bool stopping;

    public void Start(IReadOnlyList<Handover> waitingHandovers, IReadOnlyList<ActedRecord> waitingRecords)
    {
        waitingHandovers.ToList().ForEach(handovers.Enqueue);
        waitingRecords.ToList().ForEach(records.Enqueue);
        _ = Run();
    }

    public void Stop()
    {
        stopping = true;
        signal.Release();
    }

    public void Add(IReadOnlyList<Handover> more, ActedRecord? record)
    {
        more.ToList().ForEach(handovers.Enqueue);
        if (record is not null)
        {
            records.Enqueue(record);
        }

        if (more.Count > 0 || record is not null)
        {
            signal.Release();
        }
    }

    private async Task Run()
    {
        while (!stopping)
        {
            try
            {
                while (!stopping && handovers.TryPeek(out var handover))
                {
                    faults.Reach(FaultPoint.DeskLeft);
                    await grains.GetGrain<IDeskGrain>(handover.To).Receive(desk, handover.Id, handover.Moved);
                    faults.Reach(FaultPoint.DeskHandedOver);
                    await store.Delivered(desk, handover.Id);
                    handovers.Dequeue();
                }

                while (!stopping && records.TryPeek(out var record))
                {
                    faults.Reach(FaultPoint.DeskActed);
                    var answer = await grains.GetGrain<IShardGrain>(shards.ShardOf(record.Client))
                        .AppendControl([new(RecordKind.Acted, record.Client, record.ActionId, record.Data)]);
                    if (answer.Outcome != AppendOutcome.Durable)
                    {
                        await Task.Delay(RetryAfter, time);
                        continue;
                    }

                    faults.Reach(FaultPoint.DeskAppended);
                    await store.Appended(record.ActionId);
                    records.Dequeue();
                }

                await signal.Wait(TimeSpan.FromMinutes(1));
            }
            catch (Exception e)
            {
                LogRepeated(e, desk);
                await Task.Delay(RetryAfter, time);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Desk {Desk} could not hand something on and tries again")]
    private partial void LogRepeated(Exception exception, string desk);
}
