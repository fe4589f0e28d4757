using Npgsql;

namespace Engagement.Storage.Postgres;

/// <summary>
/// Statements that go to the server together and are one transaction: one round trip, committed with the last of them, and
/// nothing of them is kept where one fails. Parameters are <c>$1</c>, <c>$2</c>, … in the order given; many rows are one
/// array a column.
/// </summary>
internal sealed class PostgresBatch(NpgsqlConnection connection) : IDisposable
{
    private readonly NpgsqlBatch batch = new(connection);
    private readonly List<Action<NpgsqlDataReader>> rows = [];

    public bool IsEmpty => batch.BatchCommands.Count == 0;

    /// <summary>Adds a statement that gives back no rows.</summary>
    public void Add(string sql, params ReadOnlySpan<object?> values)
    {
#pragma warning disable CA2100 // Every statement is a constant of ours; values are parameters.
        var command = new NpgsqlBatchCommand(sql);
#pragma warning restore CA2100
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        batch.BatchCommands.Add(command);
    }

    /// <summary>Adds a statement whose rows are read as they come.</summary>
    public void Each(string sql, Action<NpgsqlDataReader> row, params ReadOnlySpan<object?> values)
    {
        Add(sql, values);
        rows.Add(row);
    }

    /// <summary>Adds a statement whose rows are in the list when the batch has run.</summary>
    public List<T> List<T>(string sql, Func<NpgsqlDataReader, T> row, params ReadOnlySpan<object?> values)
    {
        List<T> found = [];
        Each(sql, r => found.Add(row(r)), values);
        return found;
    }

    public async Task Run()
    {
        await using var reader = await batch.ExecuteReaderAsync().ConfigureAwait(false);
        // Statements that give back no rows are passed over by the driver.
        foreach (var row in rows)
        {
            while (await reader.ReadAsync().ConfigureAwait(false))
            {
                row(reader);
            }

            await reader.NextResultAsync().ConfigureAwait(false);
        }
    }

    public void Dispose() => batch.Dispose();
}
