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

    private readonly List<ulong> hashes = [];

    public static RecentEvents Read(ReadOnlySpan<byte> bytes)
    {
        var recent = new RecentEvents();
        recent.hashes.AddRange(MemoryMarshal.Cast<byte, ulong>(bytes));
        return recent;
    }

    public byte[] ToBytes() => MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(hashes)).ToArray();

    /// <returns>False where it is a repeat.</returns>
    public bool TryAdd(string source, string id)
    {
        var hash = Hash(source, id);
        if (hashes.Contains(hash))
        {
            return false;
        }

        if (hashes.Count == Kept)
        {
            hashes.RemoveAt(0);
        }

        hashes.Add(hash);
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
