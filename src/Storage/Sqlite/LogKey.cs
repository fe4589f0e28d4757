namespace Engagement.Storage.Sqlite;

/// <summary>The key of a record in SQLite's log: 40 bits of position below the shard's number.</summary>
internal static class LogKey
{
    public const long PositionMax = (1L << PositionBits) - 1;

    private const int PositionBits = 40;

    public static long Of(int shard, long position) => ((long)shard << PositionBits) | position;

    public static long Position(long key) => key & PositionMax;

    public static (int Shard, long Position) Split(long key) => ((int)(key >> PositionBits), Position(key));
}
