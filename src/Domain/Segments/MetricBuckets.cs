using Engagement.Domain.Clients;

namespace Engagement.Domain.Segments;

/// <summary>Count, sum and maximum of the events of one day or minute. Values are ten-thousandths.</summary>
internal struct MetricBucket
{
    public int Key { get; init; }

    public int Count { get; set; }

    public long Sum { get; set; }

    public long Max { get; set; }
}

/// <summary>
/// Buckets of one metric by day or by minute, oldest first. A value: two of them hold one array. It grows by little, for
/// there are millions of these, most of which gain a bucket a day.
/// </summary>
internal struct MetricBuckets
{
    private MetricBucket[]? items;
    private int count;

    /// <summary>Counts one event.</summary>
    /// <param name="oldestKept">Older buckets are dropped, and an event older than that is not counted.</param>
    public void Add(int key, int oldestKept, long value)
    {
        if (key < oldestKept)
        {
            return;
        }

        if (count > 0 && items![0].Key < oldestKept)
        {
            var kept = From(oldestKept);
            kept.CopyTo(items);
            count = kept.Length;
        }

        var index = IndexOf(key);
        if (index < count && items![index].Key == key)
        {
            ref var bucket = ref items[index];
            bucket.Count++;
            bucket.Sum = Money.AddSaturating(bucket.Sum, value);
            bucket.Max = Math.Max(bucket.Max, value);
            return;
        }

        Insert(index, new() { Key = key, Count = 1, Sum = value, Max = value });
    }

    /// <summary>Those with at least this key.</summary>
    public readonly ReadOnlySpan<MetricBucket> From(int key) => items.AsSpan(0, count)[IndexOf(key)..];

    public readonly void Write(ref SnapshotWriter writer, int now, int oldestKept)
    {
        var kept = From(oldestKept);
        writer.Count(kept.Length);
        var newer = now;
        for (var i = kept.Length - 1; i >= 0; i--)
        {
            ref readonly var bucket = ref kept[i];
            writer.Count(newer - bucket.Key);
            newer = bucket.Key;
            // Mostly one event: its value is the sum and the maximum.
            writer.Count(bucket.Count);
            writer.Four(bucket.Sum);
            if (bucket.Count > 1)
            {
                writer.Four(bucket.Max);
            }
        }
    }

    /// <param name="most">More than that cannot have been written.</param>
    public static MetricBuckets Read(ref SnapshotReader reader, int now, int most)
    {
        var left = reader.Count();
        if (left == 0)
        {
            return default;
        }

        if (left > most)
        {
            throw new InvalidDataException($"{left} buckets, where at most {most} are kept.");
        }

        var items = new MetricBucket[left];
        for (var newer = now; left > 0; left--)
        {
            newer -= reader.Count();
            var (events, sum) = (reader.Count(), reader.Four());
            items[left - 1] = new() { Key = newer, Count = events, Sum = sum, Max = events > 1 ? reader.Four() : sum };
        }

        return new() { items = items, count = items.Length };
    }

    private void Insert(int index, MetricBucket bucket)
    {
        items ??= new MetricBucket[1];
        if (count == items.Length)
        {
            Array.Resize(ref items, count + 1 + (count / 4));
        }

        Array.Copy(items, index, items, index + 1, count - index);
        items[index] = bucket;
        count++;
    }

    /// <summary>The index of the first bucket with at least this key. New events come last, so the search begins there.</summary>
    private readonly int IndexOf(int key)
    {
        if (count == 0 || items![count - 1].Key < key)
        {
            return count;
        }

        var (low, high) = (0, count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (items[middle].Key < key)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
