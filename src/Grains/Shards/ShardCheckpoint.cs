namespace Engagement.Grains.Shards;

/// <summary>
/// Clients with records that no snapshot covers, oldest first. Taking them at a steady rate keeps bounded what a recovery
/// must read of the log, where a burst every so often would stop everything else.
/// </summary>
internal sealed class ShardCheckpoint(TimeProvider time, TimeSpan after)
{
    private readonly Queue<(ClientEntry Entry, long From, long Since)> uncovered = [];

    /// <summary>Takes note of a client's own record.</summary>
    public void OnRecord(ClientEntry entry, long position)
    {
        entry.Uncovered++;
        if (entry.UncoveredFrom == 0)
        {
            entry.UncoveredFrom = position;
            uncovered.Enqueue((entry, position, time.GetTimestamp()));
        }
    }

    public static void OnSnapshot(ClientEntry entry) => (entry.Uncovered, entry.UncoveredFrom) = (0, 0);

    /// <summary>Records up to here are covered.</summary>
    /// <param name="last">The log's last position.</param>
    public long CoveredUpTo(long last) => TryPeek(out var oldest) ? oldest.From - 1 : last;

    /// <summary>Those who have waited long enough, oldest first, up to a number.</summary>
    public List<ClientEntry> Take(int most)
    {
        List<ClientEntry> taken = [];
        while (taken.Count < most && TryPeek(out var oldest) && time.GetElapsedTime(oldest.Since) >= after)
        {
            taken.Add(uncovered.Dequeue().Entry);
        }

        return taken;
    }

    private bool TryPeek(out (ClientEntry Entry, long From, long Since) oldest)
    {
        // One who was covered meanwhile stands further back, if at all.
        while (uncovered.TryPeek(out oldest))
        {
            if (oldest.Entry.UncoveredFrom == oldest.From)
            {
                return true;
            }

            uncovered.Dequeue();
        }

        return false;
    }
}
