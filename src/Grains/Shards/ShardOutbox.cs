using Engagement.Contracts.Branches;
using Engagement.Contracts.Desks;
using Engagement.Contracts.Faults;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Microsoft.Extensions.Logging;
using Orleans.Serialization;

namespace Engagement.Grains.Shards;

/// <summary>
/// Hands messages on after their commit, to each receiver in order. Each has a lane of his own: one that fails is tried again, and one
/// that is slow keeps nobody else waiting. What was delivered is forgotten with a later commit; until then a repeat is dropped by the
/// receiver. While much waits the shard makes no more of it, so that a slow desk costs bounded memory.
/// </summary>
internal sealed partial class ShardOutbox(int shard, IGrainFactory grains, Serializer serializer, IFaultPoints faults, TimeProvider time, Action drained, ILogger logger)
{
    private const int WaitingMax = 20_000;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(200);

    /// <summary>Of each receiver for whom something waits or is on its way: what waits.</summary>
    private readonly Dictionary<(bool Desk, string Key), List<Sequenced<Message>>> lanes = [];
    private List<long> delivered = [];
    private int left;
    private bool started;
    private bool stopping;

    /// <summary>Nothing that makes messages may go on.</summary>
    public bool IsFull => left > WaitingMax;

    public bool IsEmpty => left == 0;

    public IReadOnlyList<long> Delivered => delivered;

    /// <summary>The first message that has not arrived; <see cref="long.MaxValue"/>: all have.</summary>
    public long FirstLeft => lanes.Values.Where(w => w.Count > 0).Select(w => w[0].Seq).DefaultIfEmpty(long.MaxValue).Min();

    public void Recover(IReadOnlyList<OutboxRow> rows) =>
        Add([.. rows.Select(r => new Sequenced<Message>(r.Seq, serializer.Deserialize<Message>(r.Payload)!))]);

    public void Start()
    {
        started = true;
        foreach (var receiver in lanes.Keys.ToList())
        {
            _ = Run(receiver);
        }
    }

    public void Stop() => stopping = true;

    public void Add(List<Sequenced<Message>> messages)
    {
        left += messages.Count;
        foreach (var group in messages.GroupBy(m => Target(m.Message)))
        {
            if (lanes.TryGetValue(group.Key, out var waiting))
            {
                waiting.AddRange(group);
                continue;
            }

            lanes[group.Key] = [.. group];
            if (started)
            {
                _ = Run(group.Key);
            }
        }
    }

    public List<long> TakeDelivered()
    {
        var taken = delivered;
        delivered = [];
        return taken;
    }

    /// <summary>Hands one receiver all that waits for him, then ends.</summary>
    private async Task Run((bool Desk, string Key) receiver)
    {
        // After what is being done: the turn that made the messages is not over.
        await Task.Yield();
        var waiting = lanes[receiver];
        while (!stopping && waiting.Count > 0)
        {
            var batch = waiting.ToList();
            if (!await TryDeliver(receiver, batch))
            {
                await Task.Delay(RetryAfter, time, CancellationToken.None);
                continue;
            }

            waiting.RemoveRange(0, batch.Count);
            var wasFull = IsFull;
            left -= batch.Count;
            if (IsEmpty || (wasFull && !IsFull))
            {
                drained();
            }
        }

        lanes.Remove(receiver);
    }

    private static (bool Desk, string Key) Target(Message message) => message switch
    {
        DeskMessage desk => (true, desk.Desk),
        PlaceMessage place => (false, place.Branch),
        _ => throw new InvalidOperationException($"A message of type {message.GetType().Name} has no receiver."),
    };

    private async Task<bool> TryDeliver((bool Desk, string Key) target, List<Sequenced<Message>> messages)
    {
        try
        {
            faults.Reach(FaultPoint.OutboxDelivering);
            await (target.Desk
                ? grains.GetGrain<IDeskGrain>(target.Key).Deliver(shard, messages.ConvertAll(m => new Sequenced<DeskMessage>(m.Seq, (DeskMessage)m.Message)))
                : DeliverPlaces(target.Key, messages.ConvertAll(m => new Sequenced<PlaceMessage>(m.Seq, (PlaceMessage)m.Message))));
            faults.Reach(FaultPoint.OutboxDelivered);
            delivered.AddRange(messages.Select(m => m.Seq));
            return true;
        }
        catch (Exception e)
        {
            // Whatever it is, the message must arrive: it is tried again, and said.
            LogNotDelivered(e, shard, messages.Count, target.Key);
            return false;
        }
    }

    /// <summary>Where advisors have gone to another branch with their places, what is released is released there, before the branch that was told forgets it.</summary>
    private async Task DeliverPlaces(string branch, List<Sequenced<PlaceMessage>> messages)
    {
        List<PlaceElsewhere> released = [];
        while (await grains.GetGrain<IBranchGrain>(branch).Deliver(shard, messages, released) is { Count: > 0 } elsewhere)
        {
            await Task.WhenAll(elsewhere.GroupBy(p => p.Branch).Select(b => grains.GetGrain<IBranchGrain>(b.Key).Release([.. b])));
            released.AddRange(elsewhere);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Shard {Shard} could not hand {Count} messages on to {Target} and tries again")]
    private partial void LogNotDelivered(Exception exception, int shard, int count, string target);
}
