using System.Threading.Channels;
using Engagement.Contracts.Faults;
using Engagement.Contracts.Storage;
using Npgsql;

namespace Engagement.Storage.Postgres;

/// <summary>
/// The one committer of a process: gathers what its shards, desks and branches have to write into one transaction and one
/// round trip. What is fenced off writes nothing; a write that fails by itself is found by writing each alone. Where the
/// connection breaks the outcome is not known, and nothing is repeated: whoever asked reads what is stored.
/// </summary>
internal sealed class PostgresCommitter : IAsyncDisposable
{
    private const int QueueMax = 4_096;
    private const int GatheredMax = 512;
    private const int RowsMax = 20_000;

    private readonly Channel<PendingWrite> queue = Channel.CreateBounded<PendingWrite>(QueueMax);
    private readonly CommitterConnection connection;
    private readonly IFaultPoints faults;
    private readonly LogParts parts = new();
    private readonly Task writer;

    public PostgresCommitter(NpgsqlDataSource source, IFaultPoints faults)
    {
        (connection, this.faults) = (new(source), faults);
        writer = Task.Run(WriteAll);
    }

    /// <summary>Runs a write in one of the next transactions.</summary>
    /// <returns>False: it was fenced off, and wrote nothing.</returns>
    /// <exception cref="StoreUnavailableException">It failed, or its outcome is not known.</exception>
    public async Task<bool> Write<TRequest>(string? owner, int rows, TRequest request)
    {
        var pending = new PendingWrite<TRequest>(owner, rows, request);
        try
        {
            await queue.Writer.WriteAsync(pending).ConfigureAwait(false);
        }
        catch (ChannelClosedException e)
        {
            throw new StoreUnavailableException("The database is closed.", e);
        }

        return await pending.Task.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await writer.ConfigureAwait(false);
        await connection.DisposeAsync().ConfigureAwait(false);
    }

    private async Task WriteAll()
    {
        List<PendingWrite> waiting = [];
        while (waiting.Count > 0 || await queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (waiting.Count < QueueMax && queue.Reader.TryRead(out var pending))
            {
                waiting.Add(pending);
            }

            (var gathered, waiting) = Gather(waiting);
            await Commit(gathered).ConfigureAwait(false);
        }
    }

    private static (List<PendingWrite> Gathered, List<PendingWrite> Left) Gather(List<PendingWrite> waiting)
    {
        HashSet<string> owners = [];
        var (gathered, left, rows) = (new List<PendingWrite>(), new List<PendingWrite>(), 0);
        foreach (var pending in waiting)
        {
            var fits = gathered.Count == 0 || (gathered.Count < GatheredMax && rows + pending.Rows <= RowsMax);
            if ((pending.Owner is { } owner && !owners.Add(owner)) || !fits)
            {
                left.Add(pending);
                continue;
            }

            gathered.Add(pending);
            rows += pending.Rows;
        }

        return (gathered, left);
    }

    private async Task Commit(List<PendingWrite> gathered)
    {
        try
        {
            await CommitOrEndFrozen(gathered).ConfigureAwait(false);
            gathered.ForEach(p => p.Complete());
        }
        catch (PostgresException e) when (connection.IsOpen && e.InvariantSeverity == "ERROR")
        {
            // The server says that nothing of it is kept.
            if (gathered.Count == 1)
            {
                gathered[0].Fail("The database did not take the write.", e);
                return;
            }

            foreach (var pending in gathered)
            {
                await Commit([pending]).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            // Whatever it is, it is not known whether the server has committed. The next transaction has another connection.
            await connection.Drop().ConfigureAwait(false);
            gathered.ForEach(p => p.Fail("What became of the write is not known.", e));
        }
    }

    private async Task CommitOrEndFrozen(List<PendingWrite> gathered)
    {
        for (var tries = 0; ; tries++)
        {
            var open = await connection.Open().ConfigureAwait(false);
            try
            {
                await Run(open, gathered).ConfigureAwait(false);
                return;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable && tries < 3)
            {
                await connection.EndFrozen().ConfigureAwait(false);
            }
        }
    }

    private async Task Run(NpgsqlConnection open, List<PendingWrite> gathered)
    {
        gathered.ForEach(p => p.Passed = false);
        var shards = Of<ShardCommit>(gathered);
        await parts.Ensure(open, shards).ConfigureAwait(false);
        var personal = await PersonalRows.Seal(open, shards).ConfigureAwait(false);
        // Who could not be sealed was told, and takes no part.
        shards.RemoveAll(s => personal.Failed.Contains(s));
        gathered.RemoveAll(p => p is PendingWrite<ShardCommit> shard && personal.Failed.Contains(shard));
        var audit = await AuditRows.Chain(open, Of<AuditAppend>(gathered)).ConfigureAwait(false);
        gathered.RemoveAll(audit.Failed.Contains);
        using var batch = new PostgresBatch(open);
        ShardRows.Add(batch, shards);
        personal.Add(batch);
        EffectRows.Add(batch, shards);
        MapRows.Add(batch, shards);
        DeskRows.Add(batch, Of<DeskWrite>(gathered));
        DeskRows.Add(batch, Of<DeskDelivered>(gathered));
        DeskRows.Add(batch, Of<DeskAppended>(gathered));
        BranchRows.Add(batch, Of<BranchCommit>(gathered));
        audit.Add(batch);
        DeadLetterRows.Add(batch, Of<IReadOnlyList<DeadLetter>>(gathered));
        if (!batch.IsEmpty)
        {
            await batch.Run().ConfigureAwait(false);
            faults.Reach(FaultPoint.StoreCommitted);
        }
    }

    private static List<PendingWrite<T>> Of<T>(List<PendingWrite> gathered) => [.. gathered.OfType<PendingWrite<T>>()];
}
