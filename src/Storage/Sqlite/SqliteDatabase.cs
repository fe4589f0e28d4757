using System.Collections.Concurrent;
using System.Threading.Channels;
using Engagement.Contracts.Faults;
using Engagement.Contracts.Storage;
using Microsoft.Data.Sqlite;

namespace Engagement.Storage.Sqlite;

/// <summary>
/// One database file in WAL mode with <c>synchronous=FULL</c>: a commit survives a power cut. One writer gathers
/// what waits into one transaction, so that many small writes share one flush; readers have connections of their own.
/// </summary>
public sealed class SqliteDatabase : IAsyncDisposable
{
    private const int QueueMax = 4_096;
    private const int GatheredMax = 512;

    // Each reader has a connection and its page cache of 16 MiB.
    private static readonly int ReadersMax = Math.Max(4, Environment.ProcessorCount * 2);

    /// <summary>How long a statement waits for another process.</summary>
    internal const int BusyWaitMs = 30_000;

    private readonly string connectionString;
    private readonly Channel<IPendingWrite> queue = Channel.CreateBounded<IPendingWrite>(QueueMax);
    private readonly ConcurrentBag<SqliteSession> readers = [];
    private readonly SemaphoreSlim reading = new(ReadersMax);
    private readonly IFaultPoints faults;
    private readonly Task writer;
    private bool disposed;

    public SqliteDatabase(string path, IFaultPoints? faults = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        this.faults = faults ?? NoFaults.Instance;
        connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 30 }.ToString();
        var session = Open();
        session.Script("pragma journal_mode=wal;");
        // Pages that many commits touch are copied into the file once for some 64 MiB of log, not for each 4 MiB.
        session.Script("pragma wal_autocheckpoint=16000;");
        // Deleted keys are overwritten with zeros; what a crash left of one in the write-ahead log goes now.
        session.Script("pragma secure_delete=on;");
        SqliteMigrations.Apply(session);
        session.WantsScrub = true;
        writer = Task.Run(() => WriteAll(session, new SqliteScrub(session)));
    }

    /// <summary>Runs a write in the next transaction. It is committed when the task completes.</summary>
    /// <exception cref="StoreUnavailableException">The write failed; nothing of it is kept, unless the commit itself failed: then it is not known.</exception>
    internal async Task<T> Write<T>(Func<SqliteSession, T> write)
    {
        var pending = new PendingWrite<T>(write);
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

    internal async Task<T> Read<T>(Func<SqliteSession, T> read)
    {
        await reading.WaitAsync().ConfigureAwait(false);
        try
        {
            return await Task.Run(() => ReadNow(read)).ConfigureAwait(false);
        }
        finally
        {
            reading.Release();
        }
    }

    /// <summary>Opens a read that outlives the call, on a connection of its own: a long one takes nobody's place. Whoever gets it disposes the session.</summary>
    internal Task<T> View<T>(Func<SqliteSession, T> open) => Task.Run(() =>
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        var session = Open();
        try
        {
            session.Run("begin");
            return open(session);
        }
        catch (SqliteException e)
        {
            session.Dispose();
            throw new StoreUnavailableException("The database could not be read.", e);
        }
    });

    private T ReadNow<T>(Func<SqliteSession, T> read)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (!readers.TryTake(out var session))
        {
            session = Open();
        }

        try
        {
            // However many statements a read has, they see the same commits.
            session.Run("begin");
            return read(session);
        }
        catch (SqliteException e)
        {
            throw new StoreUnavailableException("The database could not be read.", e);
        }
        finally
        {
            session.TryRollback();
            readers.Add(session);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        queue.Writer.Complete();
        await writer.ConfigureAwait(false);
        while (readers.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    private SqliteSession Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        var session = new SqliteSession(connection);
        session.Script($"pragma synchronous=full; pragma busy_timeout={BusyWaitMs}; pragma cache_size=-16384; pragma temp_store=memory;");
        return session;
    }

    private async Task WriteAll(SqliteSession session, SqliteScrub scrub)
    {
        using (session)
        {
            scrub.Try();
            List<IPendingWrite> gathered = [];
            while (await WaitToWrite(scrub).ConfigureAwait(false))
            {
                while (gathered.Count < GatheredMax && queue.Reader.TryRead(out var pending))
                {
                    gathered.Add(pending);
                }

                Commit(session, gathered, scrub);
                gathered.Clear();
            }
        }
    }

    /// <summary>Waits for writes; while something is to be scrubbed and readers are in the way, tries that again.</summary>
    private async Task<bool> WaitToWrite(SqliteScrub scrub)
    {
        var more = queue.Reader.WaitToReadAsync().AsTask();
        while (scrub.IsWanted && await Task.WhenAny(more, Task.Delay(SqliteScrub.TryEvery, TimeProvider.System)).ConfigureAwait(false) != more)
        {
            scrub.Try();
        }

        return await more.ConfigureAwait(false);
    }

    private void Commit(SqliteSession session, List<IPendingWrite> gathered, SqliteScrub scrub)
    {
        try
        {
            session.Run("begin immediate");
            foreach (var pending in gathered)
            {
                // A write that fails takes back only what it did itself.
                session.Run("savepoint one");
                if (!pending.TryRun(session))
                {
                    session.Run("rollback to one");
                }

                session.Run("release one");
            }

            session.Run("commit");
            faults.Reach(FaultPoint.StoreCommitted);
            scrub.Try();
            gathered.ForEach(p => p.Complete());
        }
        catch (SqliteException e)
        {
            gathered.ForEach(p => p.Fail(e));
            session.TryRollback();
        }
    }

    private interface IPendingWrite
    {
        bool TryRun(SqliteSession session);

        void Complete();

        void Fail(Exception reason);
    }

    private sealed class PendingWrite<T>(Func<SqliteSession, T> write) : IPendingWrite
    {
        private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? result;
        private Exception? failure;

        public Task<T> Task => completion.Task;

        public bool TryRun(SqliteSession session)
        {
            try
            {
                result = write(session);
                return true;
            }
            catch (Exception e)
            {
                // Whatever it is, a damaged key for one, it concerns this write: its sender is told, and the others go on.
                failure = e;
                return false;
            }
        }

        public void Complete()
        {
            if (failure is null)
            {
                completion.TrySetResult(result!);
            }
            else
            {
                Fail(failure);
            }
        }

        public void Fail(Exception reason) => completion.TrySetException(new StoreUnavailableException("The database did not take the write.", reason));
    }
}
