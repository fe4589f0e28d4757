using Engagement.Contracts.Desks;
using Engagement.Contracts.Faults;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Microsoft.Extensions.Logging;

namespace Engagement.Grains.Desks;

/// <content>
/// A desk's turns: one change at a time, from the desk as committed to its commit. Shards deliver while one is under way, and what has come
/// by its end is the next: a desk for which much happens at once writes often enough, and not once for each message.
/// </content>
internal sealed partial class DeskGrain
{
    private const int MessagesATurn = 2_000;

    private readonly Turnstile turns = new();
    private readonly Queue<Delivery> deliveries = [];
    private bool failed;

    public async Task Deliver(int shard, IReadOnlyList<Sequenced<DeskMessage>> messages)
    {
        var delivery = new Delivery("shard:" + shard, messages);
        deliveries.Enqueue(delivery);
        using (await Turn())
        {
            // Whoever comes first takes all that wait.
            if (!delivery.Task.IsCompleted)
            {
                await TakeDeliveries();
            }
        }

        await delivery.Task;
    }

    private async Task TakeDeliveries()
    {
        List<Delivery> taken = [];
        var (change, messages) = (desk.Begin(), 0);
        while (deliveries.TryPeek(out var next) && (taken.Count == 0 || messages + next.Messages.Count <= MessagesATurn))
        {
            deliveries.Dequeue();
            try
            {
                Take(change, next);
            }
            catch (Exception e)
            {
                // A message that nobody here knows: its shard alone tries again, and what it had done to the change is undone.
                next.Fail(e);
                change = desk.Begin();
                taken.ForEach(d => Take(change, d));
                continue;
            }

            taken.Add(next);
            messages += next.Messages.Count;
        }

        try
        {
            await Commit(change);
            taken.ForEach(d => d.Done());
        }
        catch (Exception e)
        {
            // Told to each of them, who tries again.
            taken.ForEach(d => d.Fail(e));
        }
    }

    private static void Take(DeskChange change, Delivery delivery)
    {
        foreach (var (seq, message) in delivery.Messages)
        {
            if (seq <= change.CursorOf(delivery.Source))
            {
                continue;
            }

            // What expired before the message came has expired, whether or not somebody looked.
            change.OnTime(message.AtMs, message.Client);
            change.On(message);
            change.Cursor(delivery.Source, seq);
        }
    }

    /// <summary>Until it is disposed nobody else changes the desk.</summary>
    private async Task<IDisposable> Turn()
    {
        var turn = await turns.Enter();
        if (failed)
        {
            turn.Dispose();
            throw new StoreUnavailableException($"Desk {Name} is being loaded anew.");
        }

        return turn;
    }

    private void Fail()
    {
        failed = true;
        DeactivateOnIdle();
    }

    private async Task Commit(DeskChange change)
    {
        if (change.IsEmpty)
        {
            return;
        }

        faults.Reach(FaultPoint.DeskChanged);
        bool committed;
        try
        {
            committed = await store.Commit(change.ToCommit());
        }
        catch (StoreUnavailableException)
        {
            // It may have been written: what is in memory is worth nothing until it is read again.
            Fail();
            throw;
        }

        if (!committed)
        {
            LogLost(Name);
            Fail();
            throw new InvalidOperationException($"Desk {Name} is held by another activation.");
        }

        faults.Reach(FaultPoint.DeskCommitted);
        var from = desk.Seq;
        desk.Take(change);
        handoff.Add(change.Handovers, change.Record);
        if (change.Prompts.Count > 0)
        {
            feed.OnCommitted(Name, change.Prompts);
            await observers.Notify(o => o.Changed(Name, from, desk.Seq, change.Prompts));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Desk {Desk} is held by another activation and is loaded anew")]
    private partial void LogLost(string desk);

    private sealed class Delivery(string source, IReadOnlyList<Sequenced<DeskMessage>> messages)
    {
        private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Source => source;

        public IReadOnlyList<Sequenced<DeskMessage>> Messages => messages;

        public Task Task => done.Task;

        public void Done() => done.TrySetResult();

        public void Fail(Exception reason) => done.TrySetException(reason);
    }
}
