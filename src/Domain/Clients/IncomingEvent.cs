namespace Engagement.Domain.Clients;

/// <summary>An event that was read and found good, on its way to the log.</summary>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("incoming-event")]
public sealed record IncomingEvent(
    [property: Orleans.Id(0)] string Client,
    [property: Orleans.Id(1)] string Source,
    [property: Orleans.Id(2)] string Id,
    [property: Orleans.Id(3)] string Type,
    [property: Orleans.Id(4)] long TimeMs,
    [property: Orleans.Id(5)] byte[] Data,
    [property: Orleans.Id(6)] PersonalFields? Personal);

/// <summary>Why an event was refused: a stable code and a sentence that names the field.</summary>
public sealed record EventRefusal(string Code, string Detail)
{
    public const string JsonInvalid = "event.json.invalid";
    public const string TooLarge = "event.too.large";
    public const string TooDeep = "event.too.deep";
    public const string AttributeMissing = "event.attribute.missing";
    public const string AttributeInvalid = "event.attribute.invalid";
    public const string TypeUnknown = "event.type.unknown";
    public const string DataInvalid = "event.data.invalid";
    public const string TimeFuture = "event.time.future";
    public const string TimePast = "event.time.past";
}
