namespace Engagement.Grains.Shards;

/// <summary>
/// A bounded set of clients, in the order in which they came. Beyond the bound the first goes, unless he was used since he
/// came or was last looked at: he comes again. Near enough to "least recently used", at no cost to a use.
/// </summary>
internal sealed class SecondChance(int most)
{
    private const int SlackMax = 64;

    private readonly Queue<(ClientEntry Entry, long Turn)> order = [];
    private readonly HashSet<ClientEntry> held = [];

    public int Count => held.Count;

    /// <summary>Places in the order, stale ones included: bounded by what is held.</summary>
    public int Places => order.Count;

    public void Add(ClientEntry entry)
    {
        if (!held.Add(entry))
        {
            return;
        }

        order.Enqueue((entry, entry.UsedTurn));
        if (order.Count > (2 * held.Count) + SlackMax)
        {
            DropStale();
        }
    }

    /// <summary>Forgets a client; his place in the order goes when it comes up, or when too many such places stand there.</summary>
    public void Remove(ClientEntry entry) => held.Remove(entry);

    /// <summary>Those who must go.</summary>
    public List<ClientEntry> TakeBeyond()
    {
        List<ClientEntry> gone = [];
        // Each is looked at once more at most: who was used in the meantime may make room by another.
        for (var looks = 2 * order.Count; looks > 0 && held.Count > most; looks--)
        {
            var (entry, turn) = order.Dequeue();
            if (!held.Contains(entry))
            {
                continue;
            }

            if (entry.UsedTurn > turn)
            {
                order.Enqueue((entry, entry.UsedTurn));
                continue;
            }

            held.Remove(entry);
            gone.Add(entry);
        }

        return gone;
    }

    private void DropStale()
    {
        var kept = order.Where(o => held.Contains(o.Entry)).DistinctBy(o => o.Entry).ToList();
        order.Clear();
        kept.ForEach(order.Enqueue);
    }
}
