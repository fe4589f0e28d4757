using System.Text;

namespace Engagement.Contracts.Shards;

/// <summary>Which shard a client belongs to: FNV-1a of the id modulo the fixed number of shards. It never changes for a data folder.</summary>
public sealed class ShardMap
{
    public ShardMap(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Count = count;
    }

    public int Count { get; }

    public int ShardOf(string client)
    {
        var hash = 2_166_136_261u;
        Span<byte> utf8 = stackalloc byte[256];
        var length = Encoding.UTF8.GetBytes(client, utf8);
        foreach (var b in utf8[..length])
        {
            hash = (hash ^ b) * 16_777_619u;
        }

        // FNV's low bits are its weakest; fold the high ones in before taking the rest.
        return (int)((hash ^ (hash >> 16)) % (uint)Count);
    }
}
