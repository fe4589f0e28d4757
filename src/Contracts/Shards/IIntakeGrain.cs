using Engagement.Domain.Clients;

namespace Engagement.Contracts.Shards;

/// <summary>
/// Takes a request's events for many shards at once, in whatever silo the request comes to: one message there, and from there one to each
/// shard, most of them within the silo. Its keys only spread requests over the silos.
/// </summary>
[Alias("intake")]
public interface IIntakeGrain : IGrainWithIntegerKey
{
    /// <returns>The shards' answers, in the order of the parts.</returns>
    [Alias("append")]
    Task<AppendAnswer[]> Append(ShardAppend[] parts);
}

/// <summary>Events of one shard, in the order in which they were sent.</summary>
[GenerateSerializer, Immutable, Alias("shard-append")]
public sealed record ShardAppend([property: Id(0)] int Shard, [property: Id(1)] IReadOnlyList<IncomingEvent> Events);
