using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Engagement.Domain.Clients;

/// <summary>Where the fields of an event's data stand, so that its bytes are gone through once, whoever reads them.</summary>
internal struct FieldPlaces
{
    private const int Max = 16;

    private Found found;
    private bool sought;

    /// <summary>How many are known.</summary>
    public int Count { get; private set; }

    /// <summary>There are others: the own types of a user may have many. Those are looked for again.</summary>
    public bool More { get; private set; }

    public readonly Place this[int index] => found[index];

    /// <summary>Makes room for those of another event.</summary>
    public void Forget() => (sought, Count, More) = (false, 0, false);

    public void Find(ReadOnlySpan<byte> json)
    {
        if (sought)
        {
            return;
        }

        sought = true;
        if (json.Length > ushort.MaxValue)
        {
            More = true;
            return;
        }

        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Count == Max)
            {
                // The last of a name counts, which may be among those that follow.
                More = true;
                Count = 0;
                return;
            }

            var (name, length) = ((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
            reader.Read();
            var (start, type) = ((int)reader.TokenStartIndex, reader.TokenType);
            reader.Skip();
            found[Count++] = new((ushort)name, (ushort)length, (ushort)start, (ushort)(reader.BytesConsumed - start), type);
        }
    }

    internal readonly record struct Place(ushort Name, ushort NameLength, ushort Value, ushort ValueLength, JsonTokenType Type);

    [InlineArray(Max)]
    private struct Found
    {
        private Place first;
    }
}
