using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Engagement.Domain.Clients;

/// <summary>Writes a snapshot: whole numbers in as few bytes as they need, texts with their length before them.</summary>
internal ref struct SnapshotWriter
{
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(1_024);
    private int length;

    public SnapshotWriter()
    {
    }

    /// <summary>What was written. Ends the writer.</summary>
    public byte[] ToArray()
    {
        var written = buffer.AsSpan(0, length).ToArray();
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        return written;
    }

    public void Byte(byte value)
    {
        Grow(1);
        buffer[length++] = value;
    }

    /// <summary>A number that is not negative: seven bits a byte, the lowest first.</summary>
    public void Unsigned(ulong value)
    {
        Grow(10);
        while (value >= 0x80)
        {
            buffer[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        buffer[length++] = (byte)value;
    }

    public void Count(int value) => Unsigned((ulong)value);

    /// <summary>A number that may be negative: small ones of either sign are short.</summary>
    public void Signed(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Ten-thousandths, which mostly are whole fen: those are a byte shorter.</summary>
    public void Four(long value)
    {
        var (fen, rest) = Math.DivRem(value, 100);
        // What does not leave a bit free is written as it is.
        if (rest == 0)
        {
            Signed(fen << 1);
        }
        else if (value is > long.MinValue / 4 and < long.MaxValue / 4)
        {
            Signed((value << 1) | 1);
        }
        else
        {
            Signed(1);
            Fixed(value);
        }
    }

    public void Fixed(long value)
    {
        Grow(8);
        BinaryPrimitives.WriteInt64LittleEndian(buffer.AsSpan(length), value);
        length += 8;
    }

    public void Text(string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        Grow(most + 10);
        var bytes = Encoding.UTF8.GetByteCount(text);
        Unsigned((ulong)bytes);
        length += Encoding.UTF8.GetBytes(text, buffer.AsSpan(length));
    }

    /// <summary>One of a few texts by its number, any other as it is.</summary>
    public void Text(string text, ReadOnlySpan<string> known)
    {
        var index = known.IndexOf(text);
        Count(index + 1);
        if (index < 0)
        {
            Text(text);
        }
    }

    public void Texts(IReadOnlyList<string> texts)
    {
        Count(texts.Count);
        foreach (var text in texts)
        {
            Text(text);
        }
    }

    private void Grow(int more)
    {
        if (length + more <= buffer.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(buffer.Length * 2, length + more));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
