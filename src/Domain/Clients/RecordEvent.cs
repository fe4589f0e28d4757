using System.Text;
using System.Text.Json;
using Engagement.Domain.Language;

namespace Engagement.Domain.Clients;

/// <summary>
/// An event of the log as expressions read it: numbers are doubles, and a trade also has its amount.
/// </summary>
internal sealed class RecordEvent : IExpressionEvent
{
    private const int NameMax = 64;

    [ThreadStatic]
    private static RecordEvent? mine;

    // Not the record: its personal fields must not stay behind on a thread.
    private byte[] data;
    private FieldPlaces places;
    private CelValue? all;

    public RecordEvent(LogRecord record) => (data, Type, TimeMs) = (record.Data, record.Type, record.TimeMs);

    public string Type { get; private set; }

    public long TimeMs { get; private set; }

    public EventFields Fields => new(data, ref places);

    public CelValue Data => all ??= ReadAll();

    /// <summary>The thread's own, which is used again and again: it does not outlive the record.</summary>
    public static RecordEvent Of(LogRecord record)
    {
        var @event = mine ??= new(record);
        (@event.data, @event.Type, @event.TimeMs, @event.all) = (record.Data, record.Type, record.TimeMs, null);
        @event.places.Forget();
        return @event;
    }

    public bool TryGetData(string name, out CelValue value)
    {
        var fields = Fields;
        if (name == "amount" && Type == EventTypes.TradeExecuted)
        {
            value = CelValue.Of(Money.Yuan(ClientFold.TradeAmountFen(fields)));
            return true;
        }

        value = default;
        if (!Readable(name))
        {
            return false;
        }

        if (data.AsSpan().Contains((byte)'\\'))
        {
            // A name may have escapes.
            using var document = JsonDocument.Parse(data);
            var found = document.RootElement.TryGetProperty(name, out var element);
            value = found ? Convert(element) : default;
            return found;
        }

        Span<byte> utf8 = name.Length <= NameMax ? stackalloc byte[NameMax * 3] : new byte[name.Length * 3];
        if (!fields.Has(utf8[..Encoding.UTF8.GetBytes(name, utf8)], out var field))
        {
            // One that is null is there.
            value = CelValue.Null;
            return field.Type == JsonTokenType.Null;
        }

        value = field.Type switch
        {
            JsonTokenType.String => CelValue.Of(field.Text()),
            JsonTokenType.True => CelValue.Of(true),
            JsonTokenType.False => CelValue.Of(false),
            JsonTokenType.Number => CelValue.Of(field.Double()),
            _ => Convert(field.Element()),
        };
        return true;
    }

    // Personal fields are not readable, also where a sender puts such a name into an event whose type has none.
    private bool Readable(string name) =>
        !(name is "name" or "phone" or "birthDate") || Type is not (EventTypes.AccountOpened or EventTypes.ProfileChanged);

    private CelValue ReadAll()
    {
        using var document = JsonDocument.Parse(data);
        List<KeyValuePair<CelValue, CelValue>> fields =
            [.. document.RootElement.EnumerateObject().Where(p => Readable(p.Name)).Select(p => KeyValuePair.Create(CelValue.Of(p.Name), Convert(p.Value)))];
        if (Type == EventTypes.TradeExecuted)
        {
            fields.Add(KeyValuePair.Create(CelValue.Of("amount"), CelValue.Of(Money.Yuan(ClientFold.TradeAmountFen(Fields)))));
        }

        return CelValue.Of([.. fields]);
    }

    private static CelValue Convert(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => CelValue.Of(element.GetString()!),
        JsonValueKind.Number => CelValue.Of(element.GetDouble()),
        JsonValueKind.True => CelValue.Of(true),
        JsonValueKind.False => CelValue.Of(false),
        JsonValueKind.Array => CelValue.Of([.. element.EnumerateArray().Select(Convert)]),
        JsonValueKind.Object => CelValue.Of([.. element.EnumerateObject().Select(p => KeyValuePair.Create(CelValue.Of(p.Name), Convert(p.Value)))]),
        _ => CelValue.Null,
    };
}
