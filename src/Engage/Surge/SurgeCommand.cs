using System.CommandLine;
using System.Text.Json;
using Engagement.Engage.Import;
using Engagement.Gateway.Security;

namespace Engagement.Engage.Surge;

/// <summary>
/// <c>engage surge</c>: the load tester. Exit code 0: what was accepted is in the log and its prompts arrived, 1: not so, 2: it cannot be done as asked,
/// 130: interrupted.
/// </summary>
internal static class SurgeCommand
{
    private const int Interrupted = 130;
    private const string FolderDefault = "data";
    private const int ConnectionsMax = 64;
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ArrivesWithin = TimeSpan.FromSeconds(30);
    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Make()
    {
        var profile = new Option<string>("--profile") { Description = "A file, or surge or opening-half-hour, which are built in.", Required = true };
        var url = EngineAccess.Url();
        var host = new Option<string?>("--host") { Description = "The host of --url where it is not this machine: load on somebody else's is asked for by name." };
        var data = new Option<string?>("--data") { Description = "An embedded engine's folder, whose key makes the tokens. Default: data, where no token is given and the engine is on this machine." };
        var (ingest, watch) = (EngineAccess.TokenFile(), new Option<string?>("--watch-token-file") { Description = "A file with a token of the role auditor." });
        var admin = new Option<string?>("--admin-token-file") { Description = "A file with a token of the role hq-admin, for an engine without documents." };
        var report = new Option<string?>("--report") { Description = "Where to write the report. Default: standard output." };
        var command = new Command("surge", "Sends what a profile says, without waiting for answers, and verifies what comes of it.") { profile, url, host, data, ingest, watch, admin, report };
        command.SetAction((parsed, cancellation) => Surge(
            parsed.GetRequiredValue(profile),
            Target(EngineAccess.Address(parsed.GetRequiredValue(url)), parsed.GetValue(host)),
            Tokens(
                parsed.GetValue(data) ?? Own(EngineAccess.Address(parsed.GetRequiredValue(url)), parsed.GetValue(ingest) ?? parsed.GetValue(watch)),
                parsed.GetValue(ingest),
                parsed.GetValue(watch),
                parsed.GetValue(admin)),
            parsed.GetValue(report),
            cancellation));
        return command;
    }

    private static Uri Target(Uri address, string? host) => address.IsLoopback || string.Equals(host, address.Host, StringComparison.OrdinalIgnoreCase)
        ? address
        : throw new CommandException($"--url: {address.Host} is not this machine; --host {address.Host} says that it is meant.");

    /// <summary>The folder in which <c>engage serve</c> keeps its engine, unless it was told another.</summary>
    private static string? Own(Uri address, string? given) => given is null && address.IsLoopback && DataFolder.HasKey(FolderDefault) ? FolderDefault : null;

    private static SurgeTokens Tokens(string? data, string? ingest, string? watch, string? admin)
    {
        if (data is null)
        {
            return watch is null
                ? throw new CommandException("--watch-token-file is missing (or --data, for an embedded engine).")
                : new(EngineAccess.TokenOf(null, ingest), EngineAccess.TokenOf(null, watch), admin is null ? null : EngineAccess.TokenOf(null, admin));
        }

        DataFolder.Look(data);
        var key = DataFolder.Key(data);
        return new(Sign("ingest"), Sign("auditor"), Sign("hq-admin"));

        string Sign(string role) => key.Sign(role, "surge", null, null, TimeProvider.System);
    }

    private static async Task<int> Surge(string name, Uri address, SurgeTokens tokens, string? report, CancellationToken cancellation)
    {
        var (profile, time) = (Profile.Read(name), TimeProvider.System);
        try
        {
            var result = await Run(name, profile, address, tokens, time, cancellation);
            var json = JsonSerializer.Serialize(result, Written);
            if (report is null)
            {
                await Console.Out.WriteLineAsync(json);
            }
            else
            {
                await File.WriteAllTextAsync(report, json + "\n", cancellation);
            }

            return result.Verified ? 0 : 1;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Interrupted;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"--report: {e.Message}");
        }
    }

    private static async Task<SurgeReport> Run(string name, Profile profile, Uri address, SurgeTokens tokens, TimeProvider time, CancellationToken cancellation)
    {
        using var engine = new SurgeEngine(address, tokens);
        await engine.Prepare(cancellation);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = ConnectionsMax }) { BaseAddress = address, Timeout = AnswersWithin };
        http.DefaultRequestHeaders.Authorization = new("Bearer", tokens.Ingest);
        var (tally, openings) = (new SurgeTally(profile.Seconds), new Openings());
        var events = new SurgeEvents(profile, $"{time.GetUtcNow().ToUnixTimeMilliseconds():x}", time);
        var run = new SurgeRun(profile, events, new(http, tally, openings, time), time);
        await run.Begin(new(http, AnswersWithin, time), cancellation);
        var before = await engine.Settle(cancellation);
        await using var desks = new Desks(address, tokens.Watch, (prompt, account) =>
        {
            if (openings.See(prompt, account) is { } intended)
            {
                tally.Shown(time.GetElapsedTime(intended));
            }
        });
        await desks.Open(cancellation);
        var screen = new SurgeScreen(Console.IsErrorRedirected ? null : Console.Error, profile.Seconds, tally, openings);
        await run.Run(screen.Show, cancellation);
        // An engine that did badly is what a report is for.
        var logged = await engine.TrySettle(cancellation) - before;
        for (var since = time.GetTimestamp(); !openings.Complete() && time.GetElapsedTime(since) < ArrivesWithin;)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellation);
        }

        return SurgeReport.Of(name, tally, profile.Seconds, logged, openings.Check());
    }

    /// <summary>The outlets' desks, all of them open.</summary>
    private sealed class Desks(Uri address, string token, Action<string, string> see) : IAsyncDisposable
    {
        private readonly List<DeskWatch> watches = [.. SurgeEvents.Outlets.Select(o => new DeskWatch(address, token, $"outlet:{o}", see))];

        public Task Open(CancellationToken cancellation) => Task.WhenAll(watches.Select(w => w.Open(cancellation)));

        public async ValueTask DisposeAsync()
        {
            foreach (var watch in watches)
            {
                await watch.DisposeAsync();
            }
        }
    }
}
