using Engagement.Contracts.Shards;
using Engagement.Storage.Replay;
using Engagement.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Engagement.Engage.Tests.Replay;

/// <summary>An engine's file, replayed, and changed behind the engine's back.</summary>
internal sealed class ReplayedFile(string path)
{
    public ReplayReport Replay() => Run(r => r.All());

    public ReplayReport Replay(string client) => Run(r => r.One(new ShardMap(RunningEngine.Shards).ShardOf(client), client));

    /// <returns>Rows changed.</returns>
    public int Run(string sql, params object[] arguments) => Run(sql, arguments, command => command.ExecuteNonQuery());

    public T Read<T>(string sql) => Run(sql, [], command => (T)command.ExecuteScalar()!);

    private T Run<T>(string sql, object[] arguments, Func<SqliteCommand, T> how)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A test's own statement.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (index, argument) in arguments.Index())
        {
            command.Parameters.AddWithValue($"${index + 1}", argument);
        }

        return how(command);
    }

    private ReplayReport Run(Func<ReplayRun, ReplayReport> how)
    {
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        return how(new ReplayRun(new SqliteReplayStore(path, services.GetRequiredService<Serializer>())));
    }
}
