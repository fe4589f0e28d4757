using Engagement.Contracts.Storage;

namespace Engagement.Storage.Tests;

/// <summary>One database with its stores, as a test has it. Opened anew it must hold what was committed.</summary>
public interface IStores : IAsyncDisposable
{
    IShardStore Shards { get; }

    IDeskStore Desks { get; }

    IBranchStore Branches { get; }

    IDeadLetters DeadLetters { get; }

    IAuditStore Audit { get; }

    IEngagementQueries Queries { get; }

    IMapQueries Map { get; }

    IGrainState GrainState { get; }

    /// <summary>Closes the database and opens it again: nothing of a process's memory is left.</summary>
    Task Reopen();

    /// <summary>Everything that lies on the disk, as bytes.</summary>
    Task<byte[]> RawBytes();
}
