using Engagement.Contracts.Branches;
using Engagement.Contracts.Desks;
using Engagement.Contracts.Faults;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Microsoft.Extensions.Logging;
using Orleans.Serialization;

namespace Engagement.Grains.Shards;

/// <summary>
/// Hands messages on after their commit, to each receiver in order. A receiver that fails is tried again; one that is slow
/// to answer holds up what comes after for all others. What was delivered is forgotten with a later commit; until then a repeat is dropped by the receiver. While
/// much waits the shard makes no more of it, so that a slow desk costs bounded memory.
/// </summary>
internal sealed partial class ShardOutbox(int shard, IGrainFactory grains, Serializer serializer, IFaultPoints faults, TimeProvider time, Action drained, ILogger logger)
{
    private const int WaitingMax = 20_000;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(200);

    private readonly List<Sequenced<Message>> waiting = [];
    private readonly Signal signal = new(time);
    private List<long> delivered = [];
    private int inFlight;
    private bool stopping;

    /// <summary>Nothing that makes messages may go on.</summary>
    public bool IsFull => waiting.Count + inFlight > WaitingMax;

    public bool IsEmpty => waiting.Count == 0 && inFlight == 0;

    public IReadOnlyList<long> Delivered => delivered;

    public void Recover(IReadOnlyList<OutboxRow> rows) =>
        waiting.AddRange(rows.Select(r => new Sequenced<Message>(r.Seq, serializer.Deserialize<Message>(r.Payload)!)));

    public void Start() => _ = Run();

    public void Stop()
    {
        stopping = true;
        signal.Release();
    }

    public void Add(List<Sequenced<Message>> messages)
    {
        if (messages.Count > 0)
        {
            waiting.AddRange(messages);
            signal.Release();
        }
    }

    public List<long> TakeDelivered()
    {
        var taken = delivered;
        delivered = [];
        return taken;
    }

    private async Task Run()
    {
        while (!stopping)
        {
            if (waiting.Count == 0)
            {
                await signal.Wait(TimeSpan.FromMinutes(1));
                continue;
            }

            var batch = waiting.ToList();
            waiting.Clear();
            inFlight = batch.Count;
            var failures = await Task.WhenAll(batch.GroupBy(m => Target(m.Message)).Select(group => TryDeliver(group.Key, [.. group])));
            waiting.InsertRange(0, failures.SelectMany(f => f).OrderBy(m => m.Seq));
            inFlight = 0;
            drained();
            if (failures.Any(f => f.Count > 0))
            {
                await Task.Delay(RetryAfter, time, CancellationToken.None);
            }
        }
    }

    private static (bool Desk, string Key) Target(Message message) => message switch
    {
        DeskMessage desk => (true, desk.Desk),
        PlaceMessage place => (false, place.Branch),
        _ => throw new InvalidOperationException($"A message of type {message.GetType().Name} has no receiver."),
    };

    /// <returns>What was not delivered.</returns>
    private async Task<List<Sequenced<Message>>> TryDeliver((bool Desk, string Key) target, List<Sequenced<Message>> messages)
    {
        try
        {
            faults.Reach(FaultPoint.OutboxDelivering);
            await (target.Desk
                ? grains.GetGrain<IDeskGrain>(target.Key).Deliver(shard, messages.ConvertAll(m => new Sequenced<DeskMessage>(m.Seq, (DeskMessage)m.Message)))
                : grains.GetGrain<IBranchGrain>(target.Key).Deliver(shard, messages.ConvertAll(m => new Sequenced<PlaceMessage>(m.Seq, (PlaceMessage)m.Message))));
            faults.Reach(FaultPoint.OutboxDelivered);
            delivered.AddRange(messages.Select(m => m.Seq));
            return [];
        }
        catch (Exception e)
        {
            // Whatever it is, the message must arrive: it is tried again, and said.
            LogNotDelivered(e, shard, messages.Count, target.Key);
            return messages;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Shard {Shard} could not hand {Count} messages on to {Target} and tries again")]
    private partial void LogNotDelivered(Exception exception, int shard, int count, string target);
}
