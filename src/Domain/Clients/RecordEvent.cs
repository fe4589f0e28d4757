using System.Text.Json;
using Engagement.Domain.Language;

namespace Engagement.Domain.Clients;

/// <summary>An event of the log as expressions read it: numbers are doubles, and a trade also has its amount.</summary>
internal sealed class RecordEvent(LogRecord record, JsonElement data) : IExpressionEvent
{
    private CelValue? all;

    public string Type => record.Type;

    public long TimeMs => record.TimeMs;

    public CelValue Data => all ??= CelValue.Of(
        [.. data.EnumerateObject().Where(p => Readable(p.Name)).Select(p => KeyValuePair.Create(CelValue.Of(p.Name), Convert(p.Value))), .. Amount()]);

    public bool TryGetData(string name, out CelValue value)
    {
        if (name == "amount" && record.Type == EventTypes.TradeExecuted)
        {
            value = CelValue.Of(Money.Yuan(ClientFold.TradeAmountFen(data)));
            return true;
        }

        value = default;
        if (!Readable(name) || !data.TryGetProperty(name, out var element))
        {
            return false;
        }

        value = Convert(element);
        return true;
    }

    // Personal fields are not readable, also where a sender puts such a name into an event whose type has none.
    private bool Readable(string name) =>
        !(name is "name" or "phone" or "birthDate") || record.Type is not (EventTypes.AccountOpened or EventTypes.ProfileChanged);

    private IEnumerable<KeyValuePair<CelValue, CelValue>> Amount() =>
        record.Type == EventTypes.TradeExecuted
            ? [KeyValuePair.Create(CelValue.Of("amount"), CelValue.Of(Money.Yuan(ClientFold.TradeAmountFen(data))))]
            : [];

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
