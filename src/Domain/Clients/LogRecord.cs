namespace Engagement.Domain.Clients;

/// <summary>What a record of the log is. Everything but <see cref="Event"/> is written by the engine itself, to make a replay exact.</summary>
public enum RecordKind : byte
{
    Event = 1,

    /// <summary><c>clock.due</c>: time alone may have changed something for the client.</summary>
    Due = 2,

    /// <summary><c>desk.granted</c>: the branch's answer to an asking for a place.</summary>
    Granted = 3,

    /// <summary><c>prompt.acted</c>: somebody acted on a prompt of the client.</summary>
    Acted = 4,

    /// <summary><c>catalogue.published</c>: concerns every client of the shard.</summary>
    Catalogue = 5,

    /// <summary><c>organisation.published</c>: concerns every client of the shard.</summary>
    Organisation = 6,

    /// <summary><c>personal.erased</c>: the client's personal fields are gone; holds an <see cref="Anchor"/>.</summary>
    Erased = 7,

    /// <summary><c>desk.full</c>: the branch's answer while it has no room; the asking stands.</summary>
    Full = 8,

    /// <summary><c>organisation.met</c>: changes nothing by itself. Its client meets what was published before it now, and not when the roll-over comes to him.</summary>
    Met = 9,
}

/// <summary>One record of a shard's log.</summary>
/// <param name="Position">Place in the shard's log, from 1, without gaps.</param>
/// <param name="Client">Empty for a record that concerns every client.</param>
/// <param name="TimeMs">When it happened, as the sender says.</param>
/// <param name="AtMs">The engine's clock when it was appended: the <c>now</c> of its evaluation.</param>
/// <param name="Data">The event's data as JSON without personal fields, or a control record's fields.</param>
/// <param name="Personal">Sealed personal fields that came with the event, or null.</param>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("log-record")]
public sealed record LogRecord(
    [property: Orleans.Id(0)] long Position,
    [property: Orleans.Id(1)] RecordKind Kind,
    [property: Orleans.Id(2)] string Client,
    [property: Orleans.Id(3)] string Source,
    [property: Orleans.Id(4)] string Id,
    [property: Orleans.Id(5)] string Type,
    [property: Orleans.Id(6)] long TimeMs,
    [property: Orleans.Id(7)] long AtMs,
    [property: Orleans.Id(8)] byte[] Data,
    [property: Orleans.Id(9)] PersonalFields? Personal)
{
    /// <summary>Position of the client's record before this one; 0: it is his first. So one client's records are found without an index over all.</summary>
    [Orleans.Id(10)]
    public long Previous { get; init; }

    /// <summary>
    /// Beside a published catalogue, for one client: the metrics that it has computed over the log, as of his events before it, as <see cref="MetricBackfill"/> writes them. Not
    /// stored: it follows from his log, and whoever hands the record to him works it out.
    /// </summary>
    [Orleans.Id(11)]
    public byte[]? Backfilled { get; init; }

    public const string CatalogueType = "catalogue.published";
    public const string OrganisationType = "organisation.published";
    public const string DueType = "clock.due";
    public const string GrantedType = "desk.granted";
    public const string FullType = "desk.full";
    public const string MetType = "organisation.met";
    public const string ActedType = "prompt.acted";
    public const string ErasedType = "personal.erased";
}

/// <summary>What names or finds a person. Kept apart from the log under a key per client.</summary>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("personal-fields")]
public sealed record PersonalFields(
    [property: Orleans.Id(0)] string? Name,
    [property: Orleans.Id(1)] string? Phone,
    [property: Orleans.Id(2)] DateOnly? BirthDate)
{
    public static readonly PersonalFields None = new(null, null, null);

    /// <summary>These fields, and the newer ones where they are set.</summary>
    public PersonalFields With(PersonalFields newer) => new(newer.Name ?? Name, newer.Phone ?? Phone, newer.BirthDate ?? BirthDate);
}
