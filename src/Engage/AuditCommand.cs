using System.CommandLine;
using System.Data.Common;
using Engagement.Contracts.Storage;
using Engagement.Domain.Audit;
using Engagement.Storage.Audit;
using Engagement.Storage.Postgres;
using Engagement.Storage.Sqlite;

namespace Engagement.Engage;

/// <summary>
/// <c>engage audit verify</c>: says whether the audit trail is as it was written. Exit code 0: it is, 1: it is not. An engine may run meanwhile.
/// </summary>
internal static class AuditCommand
{
    /// <summary>What is wrong is told up to here; one fault is enough.</summary>
    private const int ShownMax = 20;

    public static Command Make()
    {
        var key = new Option<string?>("--key") { Description = "File of the key that signed, or its public half, and of those that signed before. Default: what the database of --connection keeps, else audit.pub in the folder of --data." };
        var heads = new Option<string?>("--heads") { Description = "File of the heads of the last run, kept elsewhere: compared, and written anew where nothing is wrong." };
        var (data, connection) = (ServeCommand.DataOption(), ConnectionOption.Make());
        var verify = new Command("verify", "Finds rows of the audit trail that were changed, taken out, put in or cut off.") { key, heads, data, connection };
        verify.SetAction((parsed, _) =>
        {
            var folder = parsed.GetRequiredValue(data);
            // A folder that is named counts before a database that only the environment names.
            var where = parsed.GetResult(data) is { Implicit: false } && parsed.GetValue(connection) is null ? null : ConnectionOption.Of(parsed, connection);
            return Verify(where, folder, parsed.GetValue(key), parsed.GetValue(heads));
        });
        return new("audit", "The audit trail.") { verify };
    }

    private static async Task<int> Verify(string? connection, string data, string? keyFile, string? headsFile)
    {
        try
        {
            var (open, shards) = Open(connection, data);
            using var key = keyFile is null && connection is not null && ClusterDatabase.AuditKey(connection) is { } kept ? AuditKey.Read(kept) : Key(keyFile ?? DataFolder.AuditKey(data));
            using var view = open();
            var report = AuditVerification.Run(view, shards, key, headsFile is null ? [] : HeadsFile.Read(headsFile, key));
            foreach (var fault in report.Faults.Take(ShownMax))
            {
                await Console.Out.WriteLineAsync(fault.ToString());
            }

            if (report.Faults.Count > 0)
            {
                await Console.Out.WriteLineAsync(report.Faults.Count > ShownMax ? $"{report.Faults.Count} faults, the first {ShownMax} shown." : $"{report.Faults.Count} faults.");
                return 1;
            }

            if (headsFile is not null)
            {
                HeadsFile.Write(headsFile, report.Heads);
            }

            await Console.Out.WriteLineAsync($"No fault: {report.Rows} rows in {report.Heads.Count} chains, each up to its signed end.");
            if (report.Heads.Count(h => AuditChain.IsSignedByFormer(h, key)) is > 0 and var former)
            {
                await Console.Out.WriteLineAsync($"{former} of them end with what a key before the newest signed.");
            }

            return 0;
        }
        catch (DbException e)
        {
            throw new CommandException($"{(connection is null ? "--data" : "--connection")}: the trail cannot be read: {e.Message}");
        }
    }

    private static (Func<IAuditView> Open, int Shards) Open(string? connection, string data)
    {
        if (connection is null)
        {
            var (database, shards) = DataFolder.Look(data);
            return (() => new SqliteAuditView(database), shards);
        }

        try
        {
            return (() => new PostgresAuditView(connection), ClusterDatabase.Shards(connection) ?? throw new CommandException("--connection: the database holds no engine's data."));
        }
        catch (ArgumentException e)
        {
            throw new CommandException($"--connection: {e.Message}");
        }
    }

    private static AuditKey Key(string path)
    {
        try
        {
            return AuditKey.Read(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandException($"--key: {path}: {e.Message}");
        }
    }
}
