namespace Engagement.Grains.Shards;

/// <summary>
/// A bounded set of clients, in the order in which they came. Beyond the bound the first goes, unless he was used since he
/// came or was last looked at: he comes again. Near enough to "least recently used", at no cost to a use.
/// </summary>
internal sealed class SecondChance(int most)
{
    private readonly Queue<(ClientEntry Entry, long Turn)> order = [];
    private readonly HashSet<ClientEntry> held = [];

    public int Count => held.Count;

    public void Add(ClientEntry entry)
    {
        if (held.Add(entry))
        {
            order.Enqueue((entry, entry.UsedTurn));
        }
    }

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
}
