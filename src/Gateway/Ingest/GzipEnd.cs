using System.Buffers.Binary;

namespace Engagement.Gateway.Ingest;

/// <summary>
/// A gzip body on its way to be inflated, whose last bytes are kept: the library takes one that was cut off for whole, and what
/// was lost with its end would be missed by nobody.
/// </summary>
internal sealed class GzipEnd(Stream source) : Stream
{
    private const int TrailerBytes = 8;
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i => Enumerable.Range(0, 8).Aggregate((uint)i, (crc, _) => (crc >> 1) ^ ((crc & 1) * Polynomial)))];

    private readonly byte[] trailer = new byte[TrailerBytes];
    private long read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Does it end with the length and the checksum of what was inflated? Of several members, the last one's.</summary>
    public bool IsWhole(ReadOnlySpan<byte> inflated)
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(trailer.AsSpan(4));
        return read == 0
            || (read >= TrailerBytes && length <= inflated.Length && BinaryPrimitives.ReadUInt32LittleEndian(trailer) == Checksum(inflated[^(int)length..]));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var got = await source.ReadAsync(buffer, cancellationToken);
        Keep(buffer.Span[..got]);
        return got;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Keep(ReadOnlySpan<byte> part)
    {
        read += part.Length;
        var last = part.Length > TrailerBytes ? part[^TrailerBytes..] : part;
        trailer.AsSpan(last.Length).CopyTo(trailer);
        last.CopyTo(trailer.AsSpan(TrailerBytes - last.Length));
    }

    /// <summary>CRC-32 as gzip has it.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc = (crc >> 8) ^ Table[(byte)crc ^ b];
        }

        return ~crc;
    }
}
