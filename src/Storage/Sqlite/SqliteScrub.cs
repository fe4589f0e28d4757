using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Engagement.Storage.Sqlite;

/// <summary>
/// Empties the write-ahead log after something was destroyed: its older pages still hold what newer ones overwrite. Whoever
/// reads an older state meanwhile is in the way; it is then tried again, so that a key is gone seconds after he is done.
/// </summary>
internal sealed class SqliteScrub(SqliteSession session)
{
    public static readonly TimeSpan TryEvery = TimeSpan.FromSeconds(1);

    /// <summary>So short that nobody notices: the writer does nothing else meanwhile.</summary>
    private const int WaitMs = 50;

    private long? triedAt;

    public bool IsWanted => session.WantsScrub;

    /// <summary>Does nothing where nothing is wanted, or where it was tried just now.</summary>
    public void Try()
    {
        if (!session.WantsScrub || (triedAt is { } at && Stopwatch.GetElapsedTime(at) < TryEvery))
        {
            return;
        }

        session.Script($"pragma busy_timeout={WaitMs}");
        try
        {
            session.WantsScrub = session.First("pragma wal_checkpoint(truncate)", r => r.GetInt32(0) != 0);
        }
        catch (SqliteException)
        {
            // What was committed before is committed; a disk that fails is said by the next write.
        }
        finally
        {
            session.Script($"pragma busy_timeout={SqliteDatabase.BusyWaitMs}");
        }

        triedAt = session.WantsScrub ? Stopwatch.GetTimestamp() : null;
    }
}
