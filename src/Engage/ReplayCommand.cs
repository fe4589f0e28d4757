using System.CommandLine;
using System.Data.Common;
using Engagement.Contracts.Shards;
using Engagement.Contracts.Storage;
using Engagement.Domain;
using Engagement.Storage.Postgres;
using Engagement.Storage.Replay;
using Engagement.Storage.Sqlite;
using Orleans.Serialization;

namespace Engagement.Engage;

/// <summary>
/// <c>engage replay</c>: makes clients anew from the log and says where what is stored differs. Exit code 0: nowhere, 1: there.
/// </summary>
internal static class ReplayCommand
{
    /// <summary>What a shell says of a program that Ctrl+C ended.</summary>
    private const int Interrupted = 130;

    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(1);

    public static Command Make()
    {
        var client = new Option<string?>("--client") { Description = "One client. Default: every client." };
        var (data, connection) = (ServeCommand.DataOption(), ConnectionOption.Make());
        var command = new Command("replay", "Makes clients anew from the log, and reports the first difference to what is stored.") { client, data, connection };
        command.SetAction((parsed, cancellation) => Replay(
            parsed.GetValue(client),
            // A folder that is named counts before a database that only the environment names.
            parsed.GetResult(data) is { Implicit: false } && parsed.GetValue(connection) is null ? null : ConnectionOption.Of(parsed, connection),
            parsed.GetRequiredValue(data),
            cancellation));
        return command;
    }

    private static async Task<int> Replay(string? client, string? connection, string data, CancellationToken cancellation)
    {
        if (client is not null && !Ids.IsValid(client))
        {
            throw new CommandException("--client must be 1 to 64 characters of A-Z a-z 0-9 . _ : -");
        }

        await using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var where = connection is null ? $"--data: {data}" : "--connection: the database";
        var (store, shards) = Open(connection, data, services.GetRequiredService<Serializer>());
        var run = new ReplayRun(store);
        var replaying = Task.Run(() => client is null ? run.All() : run.One(new ShardMap(shards).ShardOf(client), client), cancellation);
        while (await Task.WhenAny(replaying, Task.Delay(ProgressEvery, TimeProvider.System, cancellation)) != replaying)
        {
            if (cancellation.IsCancellationRequested)
            {
                return Interrupted;
            }

            await Console.Error.WriteLineAsync($"engage: {run.Records} records");
        }

        var report = await Read(replaying, where);
        if (report.Difference is { } difference)
        {
            await Console.Out.WriteLineAsync(difference.ToString());
            return 1;
        }

        if (report.Clients == 0 && client is not null)
        {
            throw new CommandException($"--client: no log knows {client}.");
        }

        await Console.Out.WriteLineAsync(
            $"No difference: {report.Clients} clients, {report.Records} records, {report.Elapsed.TotalSeconds:0.0} s, {report.RecordsPerSecond:0} records/s, "
            + $"{Environment.CpuUsage.TotalTime.TotalMicroseconds / Math.Max(report.Records, 1):0.0} µs of processor time a record."
            + (report.LogStart > 0
                ? $"\nThe log begins at position {report.LogStart} of each shard; what is older was dropped by age. Clients begin as they were kept, at the latest as of {Rfc3339.Format(report.KeptMs)}."
                : ""));
        return 0;
    }

    private static (IReplayStore Store, int Shards) Open(string? connection, string data, Serializer serializer)
    {
        if (connection is null)
        {
            var (database, shards) = DataFolder.Look(data);
            return (new SqliteReplayStore(database, serializer), shards);
        }

        try
        {
            var store = new PostgresReplayStore(connection, serializer);
            return (store, store.ReadShards() ?? throw new CommandException("--connection: the database holds no engine's data."));
        }
        catch (Exception e) when (e is DbException or ArgumentException)
        {
            throw new CommandException($"--connection: {e.Message}");
        }
    }

    private static async Task<ReplayReport> Read(Task<ReplayReport> replaying, string where)
    {
        try
        {
            return await replaying;
        }
        catch (Exception e) when (e.GetBaseException() is DbException broken)
        {
            throw new CommandException($"{where} cannot be read: {broken.Message}");
        }
    }
}
