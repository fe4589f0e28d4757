namespace Engagement.Domain.Audit;

/// <summary>One access: who asked for what, of whom, and for whom. Ids, roles and counts; never a personal field nor what somebody typed.</summary>
/// <param name="AtMs">By the wall clock, also where the engine's is manual.</param>
/// <param name="Action">What was asked for, e.g. <c>client.read</c>.</param>
/// <param name="Refused">A relation did not allow it.</param>
/// <param name="Target">The desk, segment or document; null where it is the client alone.</param>
/// <param name="Detail">E.g. how many rows a list had.</param>
/// <param name="Branch">For whom headquarters acted.</param>
/// <param name="Mandate">Under what headquarters acted.</param>
public sealed record AuditEntry(
    long AtMs, string Who, string Role, string? Node, string Action, bool Refused, string? Client, string? Target, string? Detail, string? Branch, string? Mandate);

/// <summary>An entry in its chain.</summary>
/// <param name="Seq">From 1, without a gap.</param>
/// <param name="Hash">Of the row before and this one, by <see cref="AuditChain"/>.</param>
public sealed record AuditRow(int Shard, long Seq, AuditEntry Entry, byte[] Hash);

/// <summary>Where a chain ends, signed.</summary>
/// <param name="Seq">Of the last row; 0: none yet.</param>
public sealed record AuditHead(int Shard, long Seq, byte[] Hash, byte[] Signature);
