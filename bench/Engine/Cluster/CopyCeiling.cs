using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;

namespace Engagement.Bench.Engine.Cluster;

/// <summary>The ceiling of the database: rows of 250 bytes by COPY, four writers, a transaction for each batch, into a table with a key.</summary>
internal static class CopyCeiling
{
    private const int Writers = 4;
    private const int DataBytes = 200;

    public static async Task<Measured> Run(Meter meter, string connection, int batch, int seconds)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using (var table = source.CreateCommand("create table if not exists copied (writer integer, position bigint, client text, at_ms bigint, data bytea, primary key (writer, position))"))
        {
            await table.ExecuteNonQueryAsync();
        }

        await Empty(source);
        // What compiles, compiles now.
        await All(source, batch, 1);
        await Empty(source);
        return await meter.Measure(() => All(source, batch, seconds));
    }

    private static async Task Empty(NpgsqlDataSource source)
    {
        await using var empty = source.CreateCommand("truncate copied");
        await empty.ExecuteNonQueryAsync();
    }

    private static async Task<long> All(NpgsqlDataSource source, int batch, int seconds) =>
        (await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => Write(source, writer, batch, seconds))))).Sum();

    private static async Task<long> Write(NpgsqlDataSource source, int writer, int batch, int seconds)
    {
        await using var connection = await source.OpenConnectionAsync();
        var data = new byte[DataBytes];
        new Random(writer).NextBytes(data);
        var (started, position) = (Stopwatch.GetTimestamp(), 0L);
        while (Stopwatch.GetElapsedTime(started).TotalSeconds < seconds)
        {
            await using var import = await connection.BeginBinaryImportAsync("copy copied from stdin (format binary)");
            for (var i = 0; i < batch; i++)
            {
                await import.StartRowAsync();
                await import.WriteAsync(writer, NpgsqlDbType.Integer);
                await import.WriteAsync(++position, NpgsqlDbType.Bigint);
                await import.WriteAsync("c-000123", NpgsqlDbType.Text);
                await import.WriteAsync(position, NpgsqlDbType.Bigint);
                await import.WriteAsync(data, NpgsqlDbType.Bytea);
            }

            await import.CompleteAsync();
        }

        return position;
    }
}
