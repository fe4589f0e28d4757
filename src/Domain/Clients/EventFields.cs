using System.Text;
using System.Text.Json;

namespace Engagement.Domain.Clients;

/// <summary>
/// The fields of an event's data, found in one pass over its bytes and read in place: nothing is allocated but the texts
/// that are kept. What stands in the log was checked when it was taken: it is one object, and its names have no escapes.
/// </summary>
internal readonly ref struct EventFields
{
    private readonly ReadOnlySpan<byte> json;
    private readonly ref readonly FieldPlaces places;

    /// <param name="places">Of this data: found here where they were not yet.</param>
    public EventFields(ReadOnlySpan<byte> json, ref FieldPlaces places)
    {
        places.Find(json);
        this.json = json;
        this.places = ref places;
    }

    /// <summary>A field that is there and not null.</summary>
    public bool Has(ReadOnlySpan<byte> name, out EventField field)
    {
        field = default;
        // The last of a name counts.
        for (var i = places.Count - 1; i >= 0; i--)
        {
            var place = places[i];
            if (json.Slice(place.Name, place.NameLength).SequenceEqual(name))
            {
                field = new(json.Slice(place.Value, place.ValueLength), place.Type);
                return place.Type != JsonTokenType.Null;
            }
        }

        return places.More && HasFurther(name, out field);
    }

    public string? Text(ReadOnlySpan<byte> name) => Has(name, out var field) ? field.Text() : null;

    public bool IsTrue(ReadOnlySpan<byte> name) => Has(name, out var field) && field.Type == JsonTokenType.True;

    public bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text) => Has(name, out var field) && field.Is(text);

    /// <summary>Yuan in fen, of a field that the event must have.</summary>
    public long Fen(ReadOnlySpan<byte> name) => Must(name).Fen();

    /// <summary>Ten-thousandths, of a field that the event must have.</summary>
    public long Four(ReadOnlySpan<byte> name) => Must(name).Four();

    /// <exception cref="InvalidDataException">It was there when the event was taken: somebody changed the log.</exception>
    private EventField Must(ReadOnlySpan<byte> name) =>
        Has(name, out var field) ? field : throw new InvalidDataException($"The field {Encoding.UTF8.GetString(name)} is missing.");

    private bool HasFurther(ReadOnlySpan<byte> name, out EventField field)
    {
        field = default;
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var same = reader.ValueSpan.SequenceEqual(name);
            reader.Read();
            var (start, type) = ((int)reader.TokenStartIndex, reader.TokenType);
            reader.Skip();
            if (same)
            {
                field = new(json[start..(int)reader.BytesConsumed], type);
            }
        }

        return field.Type is not (JsonTokenType.None or JsonTokenType.Null);
    }
}

/// <summary>One value of an event's data, as it stands in the log.</summary>
internal readonly ref struct EventField(ReadOnlySpan<byte> raw, JsonTokenType type)
{
    private readonly ReadOnlySpan<byte> raw = raw;

    public JsonTokenType Type => type;

    public long Fen() => Money.TryReadFen(raw, out var fen) ? fen : throw NoNumber();

    public long Four() => Money.TryRead4(raw, out var value) ? value : throw NoNumber();

    public double Double()
    {
        var reader = Reader();
        return reader.GetDouble();
    }

    /// <summary>A list or an object.</summary>
    public JsonElement Element()
    {
        var reader = Reader();
        return JsonElement.ParseValue(ref reader);
    }

    public int Whole() => (int)(Four() / Money.Scale4);

    public bool Is(ReadOnlySpan<byte> text)
    {
        var reader = Reader();
        return reader.ValueTextEquals(text);
    }

    /// <summary>A text that many events have, such as a symbol: one copy of it is kept.</summary>
    public string Text()
    {
        if (raw.Length - 2 <= TextPool.LengthMax && !raw.Contains((byte)'\\'))
        {
            return TextPool.Get(raw[1..^1]);
        }

        var reader = Reader();
        return reader.GetString()!;
    }

    /// <summary>A list's texts, each once.</summary>
    public List<string> Texts()
    {
        List<string> texts = [];
        var reader = Reader();
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            var text = reader.GetString()!;
            if (!texts.Contains(text))
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    /// <summary>An object's numbers by name, in ten-thousandths.</summary>
    public List<KeyValuePair<string, long>> Fours()
    {
        List<KeyValuePair<string, long>> fours = [];
        var reader = Reader();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = TextPool.Get(reader.ValueSpan);
            reader.Read();
            fours.Add(new(name, Money.TryRead4(reader.ValueSpan, out var value) ? value : 0));
        }

        return fours;
    }

    private static InvalidDataException NoNumber() => new("A field that was an amount is none.");

    private Utf8JsonReader Reader()
    {
        var reader = new Utf8JsonReader(raw);
        reader.Read();
        return reader;
    }
}
