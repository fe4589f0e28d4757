using System.Reflection;
using Npgsql;

namespace Engagement.Storage.Postgres;

/// <summary>Numbered scripts, each applied once, in order. Several processes that start at once take turns under an advisory lock.</summary>
public static class PostgresMigrations
{
    internal const string Lock = "6201, 1";

    /// <summary>Applies what is missing, all of it or nothing.</summary>
    /// <returns>Numbers of the scripts that were applied.</returns>
    public static async Task<IReadOnlyList<int>> Apply(string connectionString, CancellationToken cancellation = default)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var connection = await source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        await using var transaction = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        await Run(connection, $"select pg_advisory_xact_lock({Lock}); create table if not exists migration (id integer primary key, applied_at timestamptz not null default now())", cancellation).ConfigureAwait(false);
        var applied = await Applied(connection, cancellation).ConfigureAwait(false);
        List<int> now = [];
        foreach (var (number, script) in Scripts().Where(s => !applied.Contains(s.Number)))
        {
            await Run(connection, $"{script}\n;insert into migration values ({number})", cancellation).ConfigureAwait(false);
            now.Add(number);
        }

        await transaction.CommitAsync(cancellation).ConfigureAwait(false);
        return now;
    }

    /// <summary>Numbers of the scripts that were not applied.</summary>
    public static async Task<IReadOnlyList<int>> Missing(string connectionString, CancellationToken cancellation = default)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var connection = await source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        await using var command = new NpgsqlCommand("select to_regclass('migration') is not null", connection);
        var applied = (bool)(await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false))! ? await Applied(connection, cancellation).ConfigureAwait(false) : [];
        return [.. Scripts().Select(s => s.Number).Where(n => !applied.Contains(n))];
    }

    /// <summary>What was fixed when the database was made: takes a value if there is none yet.</summary>
    /// <returns>The value that counts.</returns>
    public static async Task<string> Fix(string connectionString, string name, string value, CancellationToken cancellation = default)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand("with made as (insert into fixed values ($1, $2) on conflict do nothing returning value) select value from made union all select value from fixed where name = $1 limit 1");
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = value });
        // Nothing comes back to one of two that were first at the same moment: it asks again.
        object? found;
        while ((found = await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false)) is null)
        {
        }

        return (string)found;
    }

    private static async Task<HashSet<int>> Applied(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select id from migration", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        HashSet<int> applied = [];
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
        {
            applied.Add(reader.GetInt32(0));
        }

        return applied;
    }

    private static IEnumerable<(int Number, string Script)> Scripts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.EndsWith(".postgres.sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (int.Parse(name.AsSpan(0, 4)), reader.ReadToEnd());
        }
    }

    private static async Task Run(NpgsqlConnection connection, string script, CancellationToken cancellation)
    {
#pragma warning disable CA2100 // Scripts are our own resources.
        await using var command = new NpgsqlCommand(script, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }
}
