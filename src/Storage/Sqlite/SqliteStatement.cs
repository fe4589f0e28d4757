using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Engagement.Storage.Sqlite;

/// <summary>
/// A prepared statement that gives back no rows, run on the database's own interface: a command of the provider makes a
/// reader, and a box for each number, at each run, which took as long as the insert itself.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private const int StackMax = 512;

    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(database, sql, out statement));
    }

    /// <returns>Rows changed.</returns>
    public int Run(ReadOnlySpan<SqliteValue> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            Bind(i + 1, values[i]);
        }

        var result = raw.sqlite3_step(statement);
        // The reset repeats what the step said.
        raw.sqlite3_reset(statement);
        if (result is not (raw.SQLITE_DONE or raw.SQLITE_ROW))
        {
            Check(result);
        }

        return raw.sqlite3_changes(database);
    }

    public void Dispose() => statement.Dispose();

    private void Bind(int index, SqliteValue value) => Check(value switch
    {
        { IsNumber: true } => raw.sqlite3_bind_int64(statement, index, value.Number),
        { Other: string text } => BindText(index, text),
        { Other: byte[] bytes } => raw.sqlite3_bind_blob(statement, index, bytes),
        _ => raw.sqlite3_bind_null(statement, index),
    });

    private int BindText(int index, string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most <= StackMax)
        {
            Span<byte> utf8 = stackalloc byte[StackMax];
            return raw.sqlite3_bind_text(statement, index, utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
        }

        var rented = ArrayPool<byte>.Shared.Rent(most);
        var result = raw.sqlite3_bind_text(statement, index, rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)));
        ArrayPool<byte>.Shared.Return(rented);
        return result;
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, database);
}
