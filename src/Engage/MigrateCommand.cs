using System.CommandLine;
using System.Data.Common;
using Engagement.Storage.Postgres;

namespace Engagement.Engage;

/// <summary><c>engage migrate</c>: brings the tables of a cluster's database up to date.</summary>
internal static class MigrateCommand
{
    public static Command Make()
    {
        var connection = ConnectionOption.Make();
        var command = new Command("migrate", "Brings the tables of a cluster's database up to date.") { connection };
        command.SetAction((parsed, cancellation) => Migrate(ConnectionOption.Of(parsed, connection), cancellation));
        return command;
    }

    private static async Task<int> Migrate(string? connection, CancellationToken cancellation)
    {
        if (connection is null)
        {
            throw new CommandException("--connection is missing: where the database is (Host=...).");
        }

        try
        {
            var applied = await PostgresMigrations.Apply(connection, cancellation);
            await Console.Out.WriteLineAsync(applied.Count == 0 ? "Nothing to do." : $"Applied {string.Join(", ", applied)}.");
            return 0;
        }
        catch (Exception e) when (e is DbException or ArgumentException)
        {
            throw new CommandException($"--connection: {e.Message}");
        }
    }
}
