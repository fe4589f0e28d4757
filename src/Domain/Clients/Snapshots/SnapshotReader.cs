using System.Buffers.Binary;

namespace Engagement.Domain.Clients;

/// <summary>Reads what <see cref="SnapshotWriter"/> wrote. Bytes that are none of its are an <see cref="InvalidDataException"/>.</summary>
internal ref struct SnapshotReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    public readonly bool IsAtEnd => rest.IsEmpty;

    public byte Byte() => Take(1)[0];

    public ulong Unsigned()
    {
        var value = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("A number of a snapshot has no end.");
    }

    public int Count() => checked((int)Unsigned());

    public long Signed()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public long Four()
    {
        var value = Signed();
        return value == 1 ? Fixed() : (value & 1) == 0 ? (value >> 1) * 100 : value >> 1;
    }

    public long Fixed() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public string Text() => TextPool.Get(Take(Count()));

    public string Text(ReadOnlySpan<string> known)
    {
        var index = Count();
        return index == 0 ? Text() : index <= known.Length ? known[index - 1] : throw new InvalidDataException("A snapshot names a text that is not known.");
    }

    public List<string> Texts()
    {
        var count = Count();
        List<string> texts = new(Math.Min(count, 256));
        for (var i = 0; i < count; i++)
        {
            texts.Add(Text());
        }

        return texts;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > rest.Length)
        {
            throw new InvalidDataException("A snapshot ends too early.");
        }

        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }
}
