using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using Engagement.Domain.Clients;

namespace Engagement.Grains.Shards;

/// <summary>
/// The last 128 accepted events of a client, by a 64-bit hash of source and id, in log order. A repeat takes no new place.
/// Two different events of one client among 129 share a hash once in some 10^17 events.
/// </summary>
internal sealed class RecentEvents
{
    public const int Kept = 128;

    /// <summary>Of a client who is not loaded.</summary>
    public static readonly RecentEvents None = new([]);

    // A ring once it is full; until then as long as needed, for there may be a million of these.
    private ulong[] hashes;
    private int count;
    private int oldest;

    private RecentEvents(ulong[] hashes) => (this.hashes, count) = (hashes, hashes.Length);

    public static RecentEvents Read(ReadOnlySpan<byte> bytes) => new(MemoryMarshal.Cast<byte, ulong>(bytes).ToArray());

    public byte[] ToBytes()
    {
        var bytes = new byte[count * sizeof(ulong)];
        var target = MemoryMarshal.Cast<byte, ulong>(bytes.AsSpan());
        hashes.AsSpan(oldest, count - oldest).CopyTo(target);
        hashes.AsSpan(0, oldest).CopyTo(target[(count - oldest)..]);
        return bytes;
    }

    /// <returns>False where it is a repeat.</returns>
    public bool TryAdd(string source, string id)
    {
        var hash = Hash(source, id);
        if (hashes.AsSpan(0, count).Contains(hash))
        {
            return false;
        }

        if (count == Kept)
        {
            hashes[oldest] = hash;
            oldest = (oldest + 1) % Kept;
            return true;
        }

        if (count == hashes.Length)
        {
            Array.Resize(ref hashes, Math.Min(Kept, count + 8));
        }

        hashes[count++] = hash;
        return true;
    }

    /// <summary>Takes a record of the log into account; the engine's own have no place here.</summary>
    public void Add(LogRecord record)
    {
        if (record.Kind == RecordKind.Event)
        {
            TryAdd(record.Source, record.Id);
        }
    }

    private static ulong Hash(string source, string id)
    {
        Span<byte> utf8 = stackalloc byte[(source.Length * 3) + (id.Length * 3) + 1];
        var length = Encoding.UTF8.GetBytes(source, utf8);
        utf8[length++] = 0;
        length += Encoding.UTF8.GetBytes(id, utf8[length..]);
        return XxHash3.HashToUInt64(utf8[..length]);
    }
}
