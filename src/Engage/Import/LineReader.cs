using System.Buffers;
using Engagement.Domain.Clients;

namespace Engagement.Engage.Import;

/// <summary>Lines of a stream as bytes, and where each ends. Of a line that is too large, as much is kept as shows that it is.</summary>
internal sealed class LineReader(Stream stream)
{
    private const int KeptMax = EventReader.EventBytesMax + 1;

    private readonly byte[] buffer = new byte[64 * 1024];
    private readonly ArrayBufferWriter<byte> line = new(KeptMax);
    private int next;
    private int filled;

    /// <summary>Bytes up to the end of the last line that was read.</summary>
    public long Offset { get; private set; }

    /// <summary>Goes on behind what an earlier run has read.</summary>
    /// <returns>False where the stream is shorter.</returns>
    public bool Skip(long bytes)
    {
        while (Offset < bytes && Fill())
        {
            Use((int)Math.Min(filled - next, bytes - Offset));
        }

        return Offset == bytes;
    }

    /// <param name="kept">Good until the next call.</param>
    public bool TryRead(out ReadOnlyMemory<byte> kept)
    {
        line.ResetWrittenCount();
        var (any, ended) = (false, false);
        while (!ended && Fill())
        {
            var rest = buffer.AsSpan(next, filled - next);
            var end = rest.IndexOf((byte)'\n');
            ended = end >= 0;
            var part = ended ? rest[..end] : rest;
            line.Write(part[..Math.Min(part.Length, KeptMax - line.WrittenCount)]);
            Use(ended ? end + 1 : rest.Length);
            any = true;
        }

        kept = line.WrittenMemory;
        return any;
    }

    private void Use(int bytes) => (next, Offset) = (next + bytes, Offset + bytes);

    private bool Fill()
    {
        if (next == filled)
        {
            (next, filled) = (0, stream.Read(buffer));
        }

        return filled > 0;
    }
}
