using Npgsql;

namespace Engagement.Storage.Postgres;

/// <summary>What a silo or a gateway does with the database before it starts.</summary>
public static class ClusterDatabase
{
    /// <summary>Decision 0013.</summary>
    public const int ShardsDefault = 64;

    private const string AuditKeyName = "audit-key";
    private static readonly TimeSpan WaitMax = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(1);

    /// <summary>The number of shards that the database was made with; null: it holds no engine's data.</summary>
    public static int? Shards(string connectionString)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        using var made = new NpgsqlCommand("select to_regclass('fixed') is not null", connection);
        if (!(bool)made.ExecuteScalar()!)
        {
            return null;
        }

        return Fixed(connection, "shards") is { } shards ? int.Parse(shards) : null;
    }

    /// <summary>The key of the audit trail that the database keeps, PEM; null: it keeps none.</summary>
    public static string? AuditKey(string connectionString)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        return Fixed(connection, AuditKeyName);
    }

    /// <summary>The same; where there is none, the one that was made is kept. Of gateways that start at once one is first.</summary>
    public static Task<string> AuditKey(string connectionString, string made) => PostgresMigrations.Fix(connectionString, AuditKeyName, made);

    private static string? Fixed(NpgsqlConnection connection, string name)
    {
        using var read = new NpgsqlCommand("select value from fixed where name = $1", connection) { Parameters = { new() { Value = name } } };
        return read.ExecuteScalar() as string;
    }

    /// <summary>Waits for the database, brings its tables up to date, and finds the number of shards that it was made with.</summary>
    /// <param name="shards">As it is configured; null: as it is stored, or the default.</param>
    /// <exception cref="ClusterDatabaseException">The number is another, the tables are not up to date and are not to be, or the database cannot be reached.</exception>
    public static async Task<int> Prepare(string connectionString, bool migrate, int? shards, TimeProvider time)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                if (migrate)
                {
                    await PostgresMigrations.Apply(connectionString).ConfigureAwait(false);
                }
                else if (await PostgresMigrations.Missing(connectionString).ConfigureAwait(false) is { Count: > 0 } missing)
                {
                    throw new ClusterDatabaseException($"Migrations {string.Join(", ", missing)} are missing: run engage migrate, or set Engagement:Migrate.");
                }

                var stored = int.Parse(await PostgresMigrations.Fix(connectionString, "shards", $"{shards ?? ShardsDefault}").ConfigureAwait(false));
                return shards is null || shards == stored
                    ? stored
                    : throw new ClusterDatabaseException($"Engagement:Shards: the database was made with {stored} shards, which does not change.");
            }
            catch (ArgumentException e)
            {
                throw new ClusterDatabaseException($"ConnectionStrings:Engagement: {e.Message}");
            }
            catch (PostgresException e) when (e.SqlState is not (PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections))
            {
                throw new ClusterDatabaseException($"ConnectionStrings:Engagement: {e.MessageText}");
            }
            catch (NpgsqlException e)
            {
                if (time.GetElapsedTime(began) > WaitMax)
                {
                    throw new ClusterDatabaseException($"ConnectionStrings:Engagement: {e.Message}");
                }

                await Task.Delay(AgainAfter, time).ConfigureAwait(false);
            }
        }
    }
}

/// <summary>The database cannot be used as it is: one clear line for whoever started the program.</summary>
public sealed class ClusterDatabaseException(string message) : Exception(message);
