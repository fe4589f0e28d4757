using Engagement.Domain.Campaigns;

namespace Engagement.Contracts.Storage;

/// <summary>Reads for lists and screens. They see what is committed.</summary>
public interface IEngagementQueries
{
    /// <summary>Segment to the number of its members whom the caller may count.</summary>
    Task<IReadOnlyDictionary<string, long>> MemberCounts(ClientFilter filter);

    /// <summary>Members after an id, in id order, whom the caller may see.</summary>
    Task<IReadOnlyList<(string Client, long SinceMs)>> Members(string segment, ClientFilter filter, string? after, int limit);

    /// <summary>A client's decisions, newest first, before a cursor (0: from the newest).</summary>
    Task<IReadOnlyList<(long Cursor, Decision Decision)>> Decisions(string client, long before, int limit);

    /// <summary>A client's events, newest first, before a position (0: from the newest).</summary>
    Task<IReadOnlyList<StoredEvent>> Events(int shard, ClientAt client, long before, int limit);
}

/// <summary>Clients of some outlets or desks; all null: all.</summary>
/// <param name="HqOutlets">Of these outlets those on the desk <c>hq</c>.</param>
[GenerateSerializer, Immutable, Alias("client-filter")]
public sealed record ClientFilter(
    [property: Id(0)] IReadOnlyCollection<string>? Outlets,
    [property: Id(1)] IReadOnlyCollection<string>? Desks,
    [property: Id(2)] IReadOnlyCollection<string>? HqOutlets = null)
{
    public static readonly ClientFilter All = new(null, null);

    public bool IsAll => Outlets is null && Desks is null && HqOutlets is null;

    public bool Includes(string outlet, string desk) =>
        IsAll || Outlets?.Contains(outlet) == true || Desks?.Contains(desk) == true || (desk == "hq" && HqOutlets?.Contains(outlet) == true);
}

public sealed record StoredEvent(long Position, string Type, long TimeMs, long AtMs, byte[] Data);

/// <summary>Events that were refused, kept with their reason.</summary>
public interface IDeadLetters
{
    /// <summary>Keeps refused events; they are durable when this returns.</summary>
    Task Add(IReadOnlyList<DeadLetter> letters);

    Task<IReadOnlyList<DeadLetter>> Read(long after, int limit);
}

/// <param name="Position">Set by the store.</param>
/// <param name="Raw">At most 32 KiB; bytes that are no UTF-8 are replaced.</param>
public sealed record DeadLetter(long Position, long AtMs, int Index, string? Id, string Code, string Detail, string Raw);
