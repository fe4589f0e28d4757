namespace Engagement.Grains.Shards;

/// <summary>
/// When time alone next matters to each client. A due time that moves on, as that of a sliding window does with each event,
/// leaves the queue as it is: the client is put where he belongs when his old place comes up.
/// </summary>
internal sealed class DueClients
{
    private static readonly Comparer<(long Ms, string Id)> InOrder = Comparer<(long Ms, string Id)>.Create(
        (a, b) => a.Ms != b.Ms ? a.Ms.CompareTo(b.Ms) : string.CompareOrdinal(a.Id, b.Id));

    private readonly PriorityQueue<ClientEntry, (long Ms, string Id)> due = new(InOrder);
    private readonly PriorityQueue<ClientEntry, (long Ms, string Id)> asks = new(InOrder);

    public long NextDueMs
    {
        get
        {
            while (due.TryPeek(out var entry, out var at))
            {
                if (entry.QueuedMs == at.Ms && entry.DueMs == at.Ms)
                {
                    return at.Ms;
                }

                due.Dequeue();
                if (entry.QueuedMs == at.Ms)
                {
                    entry.QueuedMs = long.MaxValue;
                    Queue(entry);
                }
            }

            return long.MaxValue;
        }
    }

    /// <summary>When what is due may make a client ask for a place on a desk, or give one back.</summary>
    public long NextAsksMs
    {
        get
        {
            while (asks.TryPeek(out var entry, out var at) && entry.AsksMs != at.Ms)
            {
                asks.Dequeue();
            }

            return asks.TryPeek(out _, out var next) ? next.Ms : long.MaxValue;
        }
    }

    public void Set(ClientEntry entry, long dueMs, long asksMs)
    {
        entry.DueMs = dueMs;
        Queue(entry);
        if (entry.AsksMs != asksMs)
        {
            entry.AsksMs = asksMs;
            if (asksMs != long.MaxValue)
            {
                asks.Enqueue(entry, (asksMs, entry.Id));
            }
        }
    }

    /// <summary>Takes everyone who is due at exactly an instant, up to a bound, by id.</summary>
    public List<ClientEntry> Take(long instant, int most)
    {
        List<ClientEntry> taken = [];
        while (taken.Count < most && NextDueMs == instant)
        {
            var entry = due.Dequeue();
            (entry.DueMs, entry.QueuedMs) = (long.MaxValue, long.MaxValue);
            taken.Add(entry);
        }

        return taken;
    }

    private void Queue(ClientEntry entry)
    {
        if (entry.DueMs < entry.QueuedMs)
        {
            entry.QueuedMs = entry.DueMs;
            due.Enqueue(entry, (entry.DueMs, entry.Id));
        }
    }
}
