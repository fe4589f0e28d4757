using Engagement.Contracts.Clients;
using Engagement.Contracts.Shards;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;

namespace Engagement.Grains.Shards;

/// <summary>
/// What waits for a turn. Events are bounded by number: what does not fit is refused before anything of it is taken. The
/// engine's own records always fit: those who send them wait for the answer before they send more, and desks, branches and
/// documents stand still without it.
/// </summary>
internal sealed class ShardQueue(int recordsMax)
{
    private const int ErasesMax = 500;

    private readonly LinkedList<QueuedAppend> appends = [];
    private readonly Dictionary<string, QueuedLook> looks = [];
    private readonly Queue<QueuedAdvance> advances = [];
    private readonly Queue<QueuedErase> erases = [];

    public int Records { get; private set; }

    /// <summary>Requests to append that were ever queued.</summary>
    public long Added { get; private set; }

    /// <summary>How many of the first of them wait no more.</summary>
    public long Taken => appends.First is { } first ? first.Value.Number - 1 : Added;

    public bool IsEmpty => appends.Count == 0 && looks.Count == 0 && advances.Count == 0 && erases.Count == 0;

    public bool TryAdd(QueuedAppend append)
    {
        // A request larger than the queue is taken when there is nothing else, or it could never be.
        if (append.Events.Count > 0 && Records > 0 && Records + append.Count > recordsMax)
        {
            return false;
        }

        append.Number = ++Added;
        appends.AddLast(append);
        Records += append.Count;
        return true;
    }

    public bool TryAdd(QueuedErase erase)
    {
        if (erases.Count == ErasesMax)
        {
            return false;
        }

        erases.Enqueue(erase);
        return true;
    }

    /// <returns>The one look at this client that waits, whoever asked first.</returns>
    public QueuedLook Look(string client)
    {
        if (!looks.TryGetValue(client, out var look))
        {
            looks.Add(client, look = new(client));
        }

        return look;
    }

    public void Add(QueuedAdvance advance) => advances.Enqueue(advance);

    /// <summary>
    /// Takes whole requests up to a number of records, at least one request. A record for every client goes alone, so that
    /// nobody is born in the turn in which it comes.
    /// </summary>
    /// <param name="ownOnly">Leaves events where they are, and takes the engine's own records past them.</param>
    public List<QueuedAppend> TakeAppends(int most, bool ownOnly = false)
    {
        List<QueuedAppend> taken = [];
        var count = 0;
        for (var at = appends.First; at is not null;)
        {
            var (next, after) = (at.Value, at.Next);
            if (!ownOnly || next.Events.Count == 0)
            {
                if (count > 0 && (count + next.Count > most || next.ForEveryone || taken[^1].ForEveryone))
                {
                    break;
                }

                appends.Remove(at);
                Records -= next.Count;
                count += Math.Max(1, next.Count);
                taken.Add(next);
            }

            at = after;
        }

        return taken;
    }

    /// <summary>Takes up to a number of those who wait to see a client.</summary>
    public List<QueuedLook> TakeLooks(int most)
    {
        List<QueuedLook> taken = [.. looks.Values.Take(most)];
        taken.ForEach(l => looks.Remove(l.Client));
        return taken;
    }

    /// <summary>Where the manual clock is to go. It stays here until it is there, so that nobody takes the shard for settled.</summary>
    public QueuedAdvance? NextAdvance => advances.TryPeek(out var advance) ? advance : null;

    public void Complete(QueuedAdvance advance, ShardDue due)
    {
        advances.Dequeue();
        advance.Complete(due);
    }

    public List<QueuedErase> TakeErases()
    {
        List<QueuedErase> taken = [.. erases];
        erases.Clear();
        return taken;
    }

    /// <param name="outcome">Of appends that no turn has taken.</param>
    public void FailAll(AppendOutcome outcome)
    {
        foreach (var append in appends)
        {
            append.Complete(outcome, 0);
        }

        appends.Clear();
        Records = 0;

        TakeLooks(int.MaxValue).ForEach(l => l.Fail());
        TakeErases().ForEach(e => e.Complete(EraseOutcome.Unavailable));

        while (advances.TryDequeue(out var advance))
        {
            advance.Fail(new InvalidOperationException("The shard is being loaded anew."));
        }
    }
}

internal sealed class QueuedAppend(IReadOnlyList<IncomingEvent> events, IReadOnlyList<ControlRecord> controls)
{
    private readonly TaskCompletionSource<AppendAnswer> completion = new();

    public IReadOnlyList<IncomingEvent> Events => events;

    public IReadOnlyList<ControlRecord> Controls => controls;

    public int Count => events.Count + controls.Count;

    /// <summary>Among all that were queued, from 1 on.</summary>
    public long Number { get; set; }

    public bool ForEveryone => controls.Any(c => c.Client.Length == 0);

    public Task<AppendAnswer> Task => completion.Task;

    public void Complete(AppendOutcome outcome, long position) => completion.TrySetResult(new(outcome, position));
}

internal sealed class QueuedLook(string client)
{
    private readonly TaskCompletionSource<ClientView> completion = new();

    public string Client => client;

    public Task<ClientView> Task => completion.Task;

    public void Complete(ClientView view) => completion.TrySetResult(view);

    public void Fail() => completion.TrySetException(new StoreUnavailableException("The shard is being loaded anew."));
}

internal sealed class QueuedErase(string client)
{
    private readonly TaskCompletionSource<EraseOutcome> completion = new();

    public string Client => client;

    public Task<EraseOutcome> Task => completion.Task;

    public void Complete(EraseOutcome outcome) => completion.TrySetResult(outcome);
}

internal sealed class QueuedAdvance(long nowMs)
{
    private readonly TaskCompletionSource<ShardDue> completion = new();

    public long NowMs => nowMs;

    public Task<ShardDue> Task => completion.Task;

    public void Complete(ShardDue due) => completion.TrySetResult(due);

    public void Fail(Exception reason) => completion.TrySetException(reason);
}
