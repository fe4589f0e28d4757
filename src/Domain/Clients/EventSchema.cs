using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Engagement.Domain.Language.Checking;

namespace Engagement.Domain.Clients;

/// <summary>The fields of each event type, as the contract's table of types has them.</summary>
internal static partial class EventSchema
{
    private const int TextLengthMax = 256;
    private const int ListLengthMax = 256;

    private static readonly CelType Texts = CelType.List(CelType.String);

    private delegate EventRefusal? Check1(JsonElement value, string field, long nowMs);

    private sealed record Field(string Name, bool Required, Check1 Check, CelType Type);

    private static readonly FrozenDictionary<string, Field[]> Types = new Dictionary<string, Field[]>
    {
        [EventTypes.AccountOpened] = [Must("outlet", Id), Must("channel", OneOf("online", "outlet", "referral")), .. Profile()],
        [EventTypes.ProfileChanged] = [May("outlet", Id), .. Profile(), May("addTags", Tags, Texts), May("removeTags", Tags, Texts)],
        [EventTypes.AccountClosed] = [May("status", OneOf([.. EventTypes.Statuses]))],
        [EventTypes.StatusChanged] = [Must("status", OneOf([.. EventTypes.Statuses]))],
        [EventTypes.RiskAssessed] = [Must("level", Level, CelType.Figure), Must("validUntil", Date)],
        [EventTypes.ConsentChanged] = [Must("channel", OneOf([.. EventTypes.Channels])), Must("granted", Flag, CelType.Bool)],
        [EventTypes.AssetsValued] = [Must("total", Amount, CelType.Figure), May("asOf", Instant)],
        [EventTypes.CashMoved] = [Must("amount", Amount, CelType.Figure), May("internal", Flag, CelType.Bool), May("account", Text)],
        [EventTypes.TradeExecuted] =
        [
            Must("symbol", Id), Must("side", OneOf("buy", "sell")), Must("quantity", Positive4, CelType.Figure), Must("price", Positive4, CelType.Figure),
            Must("product", OneOf("stock", "fund", "etf", "bond", "other")), Must("commission", AmountNotNegative, CelType.Figure), May("account", Text),
        ],
        [EventTypes.HoldingsValued] = [Must("positions", Positions, CelType.Map(CelType.String, CelType.Double)), May("asOf", Instant)],
        [EventTypes.AppActive] = [May("page", Text), May("symbol", Text)],
        [EventTypes.ContactMade] = [Must("channel", Text), Must("by", Id), May("outcome", Text)],
        [EventTypes.ContractSigned] = [Must("contract", Id), Must("product", Id), Must("assets", AmountNotNegative, CelType.Figure), May("fee", Number, CelType.Figure), May("confirm", Flag, CelType.Bool)],
        [EventTypes.ContractEffective] = [Must("contract", Id)],
        [EventTypes.ContractCancelled] = [Must("contract", Id)],
        [EventTypes.ContractRenewed] = [Must("contract", Id), May("assets", AmountNotNegative, CelType.Figure)],
        [EventTypes.ContractEnded] = [Must("contract", Id), May("reason", Text)],
        [EventTypes.FeeCharged] = [Must("amount", AmountPositive, CelType.Figure), May("contract", Id)],
        [EventTypes.RevenueReversed] = [Must("ref", Id), Must("amount", AmountPositive, CelType.Figure)],
    }.ToFrozenDictionary();

    /// <summary>Page 3, "Privacy and care": kept apart, and not readable as <c>event.data</c>.</summary>
    public static readonly FrozenSet<string> Personal = FrozenSet.Create("name", "phone", "birthDate");

    private static readonly FrozenDictionary<string, FrozenDictionary<string, CelType>> Readable = Types.ToFrozenDictionary(t => t.Key, t => ReadableOf(t.Key, t.Value));

    /// <summary>What expressions read as <c>event.data</c> of a type; null for the user's own types, which may have any field.</summary>
    public static IReadOnlyDictionary<string, CelType>? DataOf(string type) => Readable.GetValueOrDefault(type);

    public static EventRefusal? Check(string type, JsonElement data, long nowMs)
    {
        if (!Types.TryGetValue(type, out var fields))
        {
            return Flat(data);
        }

        foreach (var field in fields)
        {
            if (!data.TryGetProperty(field.Name, out var value) || value.ValueKind == JsonValueKind.Null)
            {
                if (field.Required)
                {
                    return Bad($"data.{field.Name} is missing");
                }

                continue;
            }

            if (field.Check(value, field.Name, nowMs) is { } refusal)
            {
                return refusal;
            }
        }

        // A quantity and a price may each be sound and their product beyond any account.
        return type == EventTypes.TradeExecuted
            && Money.TryRead4(data.GetProperty("quantity"), out var quantity) && Money.TryRead4(data.GetProperty("price"), out var price)
            && (Int128)quantity * price / 1_000_000 > Money.FenMax
            ? Bad("data.quantity x data.price is out of range")
            : null;
    }

    /// <summary>The bytes of a string without escapes, as nearly all are: nothing is made of them to be thrown away.</summary>
    private static bool TryPlain(JsonElement value, out ReadOnlySpan<byte> utf8)
    {
        utf8 = value.ValueKind == JsonValueKind.String ? JsonMarshal.GetRawUtf8Value(value) : default;
        if (utf8.IsEmpty || utf8.Contains((byte)'\\'))
        {
            return false;
        }

        utf8 = utf8[1..^1];
        return true;
    }

    private static bool IsText(JsonElement value, out string text)
    {
        text = "";
        return value.ValueKind == JsonValueKind.String && EventReader.TryText(value, out text);
    }

    private static Field Must(string name, Check1 check, CelType? type = null) => new(name, true, check, type ?? CelType.String);

    private static Field May(string name, Check1 check, CelType? type = null) => new(name, false, check, type ?? CelType.String);

    private static FrozenDictionary<string, CelType> ReadableOf(string type, Field[] fields)
    {
        IEnumerable<KeyValuePair<string, CelType>> computed = type == EventTypes.TradeExecuted ? [new("amount", CelType.Figure)] : [];
        return fields.Where(f => !Personal.Contains(f.Name)).Select(f => KeyValuePair.Create(f.Name, f.Type)).Concat(computed).ToFrozenDictionary();
    }

    private static IEnumerable<Field> Profile() =>
    [
        May("name", Text), May("phone", Text), May("birthDate", Date), May("risk", Level, CelType.Figure), May("riskValidUntil", Date),
        May("consents", Consents, Texts), May("tags", Tags, Texts),
    ];

    private static EventRefusal Bad(string detail) => new(EventRefusal.DataInvalid, detail);

    private static Check1 OneOf(params string[] allowed)
    {
        var plain = allowed.Select(System.Text.Encoding.UTF8.GetBytes).ToArray();
        return (value, field, _) => IsOne(value) ? null : Bad($"data.{field} must be one of {string.Join(", ", allowed)}");

        bool IsOne(JsonElement value)
        {
            if (!TryPlain(value, out var utf8))
            {
                return IsText(value, out var text) && allowed.Contains(text);
            }

            foreach (var one in plain)
            {
                if (utf8.SequenceEqual(one))
                {
                    return true;
                }
            }

            return false;
        }
    }

    private static EventRefusal? Id(JsonElement value, string field, long nowMs) =>
        (TryPlain(value, out var utf8) ? Ids.IsValid(utf8) : IsText(value, out var text) && Ids.IsValid(text))
            ? null
            : Bad($"data.{field} must be 1 to 64 characters of A-Z a-z 0-9 . _ : -");

    private static EventRefusal? Text(JsonElement value, string field, long nowMs) =>
        (TryPlain(value, out var utf8) && utf8.Length <= TextLengthMax) || (IsText(value, out var text) && text.Length <= TextLengthMax)
            ? null
            : Bad($"data.{field} must be a string of at most {TextLengthMax} characters");

    private static EventRefusal? Flag(JsonElement value, string field, long nowMs) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : Bad($"data.{field} must be true or false");

    private static EventRefusal? Level(JsonElement value, string field, long nowMs) =>
        // Read as the fold reads it: as a double, 4.99999999999999999999 would be 5.
        Money.TryRead4(value, out var level) && level is 1 * Money.Scale4 or 2 * Money.Scale4 or 3 * Money.Scale4 or 4 * Money.Scale4 or 5 * Money.Scale4
            ? null
            : Bad($"data.{field} must be a whole number from 1 to 5");

    private static EventRefusal? Date(JsonElement value, string field, long nowMs) =>
        value.ValueKind == JsonValueKind.String && EventReader.TryText(value, out var text) && Rfc3339.TryParseDate(text, out _)
            ? null
            : Bad($"data.{field} must be a date, e.g. 2026-12-31");

    private static EventRefusal? Instant(JsonElement value, string field, long nowMs) =>
        value.ValueKind == JsonValueKind.String && EventReader.TryText(value, out var text) && Rfc3339.TryParse(text, out var ms)
            ? EventReader.TimeRefusal("data." + field, ms, nowMs)
            : Bad($"data.{field} must be an RFC 3339 timestamp with a zone");

    private static EventRefusal? Amount(JsonElement value, string field, long nowMs) =>
        Money.TryReadFen(value, out _) ? null : Bad($"data.{field} must be an amount in yuan with at most two decimals");

    private static EventRefusal? AmountNotNegative(JsonElement value, string field, long nowMs) =>
        Money.TryReadFen(value, out var fen) && fen >= 0 ? null : Bad($"data.{field} must be an amount in yuan, not negative, with at most two decimals");

    private static EventRefusal? AmountPositive(JsonElement value, string field, long nowMs) =>
        Money.TryReadFen(value, out var fen) && fen > 0 ? null : Bad($"data.{field} must be a positive amount in yuan with at most two decimals");

    private static EventRefusal? Positive4(JsonElement value, string field, long nowMs) =>
        value.ValueKind == JsonValueKind.Number && Money.TryRead4(value, out var number)
            ? number > 0 ? null : Bad($"data.{field} must be a positive number")
            : Bad($"data.{field} must be a positive number with at most four decimals");

    private static EventRefusal? Number(JsonElement value, string field, long nowMs) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)
            ? null
            : Bad($"data.{field} must be a number");

    private static EventRefusal? Consents(JsonElement value, string field, long nowMs)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > ListLengthMax)
        {
            return Bad($"data.{field} must be a list of channels");
        }

        foreach (var channel in value.EnumerateArray())
        {
            if (channel.ValueKind != JsonValueKind.String || !EventReader.TryText(channel, out var text) || !EventTypes.Channels.Contains(text))
            {
                return Bad($"data.{field} must hold only {string.Join(", ", EventTypes.Channels)}");
            }
        }

        return null;
    }

    private static EventRefusal? Tags(JsonElement value, string field, long nowMs)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > ListLengthMax)
        {
            return Bad($"data.{field} must be a list of at most {ListLengthMax} strings");
        }

        foreach (var tag in value.EnumerateArray())
        {
            if (Text(tag, field, nowMs) is not null || tag.GetString()!.Length == 0)
            {
                return Bad($"data.{field} must hold only strings of 1 to {TextLengthMax} characters");
            }

            if (PersonalNumber().IsMatch(tag.GetString()!))
            {
                return Bad($"data.{field} holds a mobile or identity number; personal data has fields of its own");
            }
        }

        return null;
    }

    private static EventRefusal? Positions(JsonElement value, string field, long nowMs)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return Bad($"data.{field} must be an object of symbol and quantity");
        }

        foreach (var position in value.EnumerateObject())
        {
            if (!Ids.IsValid(position.Name))
            {
                return Bad($"data.{field} has a symbol that is no id");
            }

            if (!Money.TryRead4(position.Value, out _))
            {
                return Bad($"data.{field}.{position.Name} must be a number with at most four decimals");
            }
        }

        return null;
    }

    private static EventRefusal? Flat(JsonElement data)
    {
        foreach (var property in data.EnumerateObject())
        {
            var value = property.Value;
            if (PersonalNumber().IsMatch(property.Name))
            {
                return Bad("data has a field whose name is a mobile or identity number; personal data does not belong into events of one's own");
            }

            var personal = false;
            switch (value.ValueKind)
            {
                case JsonValueKind.True or JsonValueKind.False:
                    break;
                case JsonValueKind.Number when value.TryGetDouble(out var number) && double.IsFinite(number):
                    // Amounts have their cents; a whole number of that form is what it looks like.
                    personal = value.GetRawText() is var digits && digits.All(char.IsAsciiDigit) && PersonalNumber().IsMatch(digits);
                    break;
                case JsonValueKind.String when EventReader.TryText(value, out var text):
                    personal = PersonalNumber().IsMatch(text);
                    break;
                default:
                    return Bad($"data.{property.Name} must be a string, a number or a boolean");
            }

            if (personal)
            {
                return Bad($"data.{property.Name} holds a mobile or identity number; personal data does not belong into events of one's own");
            }
        }

        return null;
    }

    // Page 3, "Privacy and care". [0-9]: only ASCII digits make such a number.
    [GeneratedRegex(@"\b1[3-9][0-9]{9}\b|\b[0-9]{17}[0-9Xx]\b", RegexOptions.CultureInvariant)]
    private static partial Regex PersonalNumber();
}
