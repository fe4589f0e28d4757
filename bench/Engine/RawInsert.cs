using System.Diagnostics;
using Engagement.Contracts.Shards;
using Engagement.Domain.Clients;
using Engagement.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Engagement.Bench.Engine;

/// <summary>
/// The ceiling: the same rows into the same <c>log</c> table (its key included), in one thread, as fast as
/// Microsoft.Data.Sqlite takes them in transactions of one request each, WAL and <c>synchronous=FULL</c>.
/// </summary>
internal static class RawInsert
{
    private const int Shards = 16;

    public static async Task<Measured> Run(string folder, int rows, int batch, int clients, TimeProvider time)
    {
        var path = Path.Combine(folder, $"raw-{Guid.NewGuid():N}.db");
        await new SqliteDatabase(path).DisposeAsync();
        var read = Read(new Workload(0, 1, clients, time), rows, batch, time);
        var map = new ShardMap(Shards);
        var last = new long[Shards];

        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Run(connection, "pragma synchronous=full");
        Run(connection, "pragma cache_size=-65536");
        using var insert = connection.CreateCommand();
        insert.CommandText = "insert into log values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
        var values = Enumerable.Range(1, 11).Select(i => insert.Parameters.Add(new() { ParameterName = "$" + i })).ToArray();

        var started = Stopwatch.GetTimestamp();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        foreach (var chunk in read.Chunk(batch))
        {
            using var transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            foreach (var e in chunk)
            {
                var shard = map.ShardOf(e.Client);
                object[] row = [((long)shard << 40) | ++last[shard], (int)RecordKind.Event, e.Client, e.Source, e.Id, e.Type, e.TimeMs, e.TimeMs, e.Data, 0, 0];
                for (var i = 0; i < row.Length; i++)
                {
                    values[i].Value = row[i];
                }

                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return new(rows, Stopwatch.GetElapsedTime(started), Process.GetCurrentProcess().TotalProcessorTime - cpu);
    }

    private static List<IncomingEvent> Read(Workload workload, int rows, int batch, TimeProvider time)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        List<IncomingEvent> read = new(rows);
        while (read.Count < rows)
        {
            var body = workload.Next(batch).ToArray().AsMemory();
            while (!body.IsEmpty)
            {
                var end = body.Span.IndexOf((byte)'\n');
                if (EventReader.TryRead(body[..end], now, out _, out var e) is { } bad)
                {
                    throw new InvalidOperationException($"The workload made a bad event: {bad.Code}: {bad.Detail}");
                }

                read.Add(e!);
                body = body[(end + 1)..];
            }
        }

        return read;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
