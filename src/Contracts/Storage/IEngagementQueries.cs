using Engagement.Domain.Campaigns;
using Engagement.Domain.Organisation;

namespace Engagement.Contracts.Storage;

/// <summary>Reads for lists and screens. They see what is committed.</summary>
public interface IEngagementQueries
{
    /// <summary>Segment to the number of its members whom the caller may count.</summary>
    Task<IReadOnlyDictionary<string, long>> MemberCounts(ClientFilter filter);

    /// <summary>Members after an id, in id order, whom the caller may see.</summary>
    Task<IReadOnlyList<(string Client, long SinceMs)>> Members(string segment, ClientFilter filter, string? after, int limit);

    /// <summary>Where clients are, of those who are anywhere.</summary>
    Task<IReadOnlyDictionary<string, ClientPlace>> Places(IReadOnlyCollection<string> clients);

    /// <summary>A client's decisions, newest first, before a cursor (0: from the newest).</summary>
    Task<IReadOnlyList<(long Cursor, Decision Decision)>> Decisions(string client, long before, int limit);

    /// <summary>A client's events, newest first, before a position (0: from the newest).</summary>
    Task<IReadOnlyList<StoredEvent>> Events(int shard, ClientAt client, long before, int limit);
}

/// <summary>Clients of some outlets or desks; all null: all.</summary>
/// <param name="TailOutlets">Of these outlets those whom a mandate of that scope has on the desk <c>hq</c>.</param>
/// <param name="OverflowOutlets">The same.</param>
[GenerateSerializer, Immutable, Alias("client-filter")]
public sealed record ClientFilter(
    [property: Id(0)] IReadOnlyCollection<string>? Outlets,
    [property: Id(1)] IReadOnlyCollection<string>? Desks,
    [property: Id(3)] IReadOnlyCollection<string>? TailOutlets = null,
    [property: Id(4)] IReadOnlyCollection<string>? OverflowOutlets = null)
{
    public static readonly ClientFilter All = new(null, null);

    public bool IsAll => Outlets is null && Desks is null && TailOutlets is null && OverflowOutlets is null;

    /// <param name="hqFor">Null on <c>hq</c>: it is not known, and either counts.</param>
    public bool Includes(string outlet, string desk, MandateScope? hqFor) =>
        IsAll || Outlets?.Contains(outlet) == true || Desks?.Contains(desk) == true
        || (desk == "hq" && ((hqFor is not MandateScope.Overflow && TailOutlets?.Contains(outlet) == true) || (hqFor is not MandateScope.Tail && OverflowOutlets?.Contains(outlet) == true)));
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
/// <param name="Subject">Whose event it is, by which it is erased with him; empty: it does not say so. It is kept, and not read again.</param>
public sealed record DeadLetter(long Position, long AtMs, int Index, string? Id, string Code, string Detail, string Raw, string Subject = "");
