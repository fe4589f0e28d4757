using System.CommandLine;
using System.CommandLine.Parsing;
using Engagement.Contracts.Faults;
using Engagement.Contracts.Settings;
using Engagement.Domain;
using Engagement.Engage.Demo;
using Engagement.Gateway;
using Engagement.Gateway.Security;
using Engagement.Silo;
using Engagement.Storage.Sqlite;

namespace Engagement.Engage;

/// <summary><c>engage serve</c>: silo and gateway in one process on SQLite, with the demo unless it is to be bare.</summary>
internal static class ServeCommand
{
    private const string UrlDefault = "http://localhost:5080";
    private const int ShardsMin = 1;
    private const int ShardsMax = 4_096;

    public static Option<string> DataOption() => new("--data") { Description = "The engine's folder.", DefaultValueFactory = _ => "data" };

    public static Command Make()
    {
        var bare = new Option<bool>("--bare") { Description = "No demo: an empty engine." };
        var data = DataOption();
        var urls = new Option<string>("--urls") { Description = "Where to listen.", DefaultValueFactory = _ => UrlDefault };
        var clock = new Option<string?>("--clock") { Description = "wall or manual. Default: wall." };
        var now = new Option<string?>("--now") { Description = "Where a manual clock begins, at the first start only; RFC 3339." };
        var shards = new Option<int?>("--shards") { Description = "Number of shards, at the first start only. Default: 16." };
        clock.AcceptOnlyFromAmong("wall", "manual");
        shards.Validators.Add(Between(ShardsMin, ShardsMax));
        var command = new Command("serve", "Runs silo and gateway in one process.") { bare, data, urls, clock, now, shards };
        command.SetAction((parsed, cancellation) => Serve(
            new(parsed.GetValue(bare), parsed.GetRequiredValue(data), parsed.GetRequiredValue(urls), parsed.GetValue(clock), parsed.GetValue(now), parsed.GetValue(shards)),
            cancellation));
        return command;
    }

    private sealed record Options(bool Bare, string Data, string Urls, string? Clock, string? Now, int? Shards);

    private static async Task<int> Serve(Options options, CancellationToken cancellation)
    {
        if (options.Now is { } start && !Rfc3339.TryParse(start, out _))
        {
            throw new CommandException($"--now: '{start}' is no RFC 3339 timestamp with a zone.");
        }

        foreach (var url in options.Urls.Split(';'))
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https"))
            {
                throw new CommandException($"--urls: '{url}' is no http address.");
            }
        }

        var kill = KillAt.Read(Environment.GetEnvironmentVariable(KillAt.Variable), options.Bare);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(ServeCommand).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(SecretFiles.Read());
        // What is not on the command line is as the file or the environment has it.
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Engagement:Clock"] = options.Clock,
            ["Engagement:Now"] = options.Now,
            ["Engagement:Shards"] = options.Shards?.ToString(),
        }.Where(option => option.Value is not null));
        using var folder = DataFolder.Open(options.Data, ShardsOf(builder.Configuration));
        builder.Configuration["Engagement:Shards"] = folder.Shards.ToString();
        var key = DataFolder.Key(folder.Path);
        builder.WebHost.UseUrls(options.Urls.Split(';'));
        builder.Logging.ClearProviders().AddSimpleConsole(o => (o.SingleLine, o.UseUtcTimestamp, o.TimestampFormat) = (true, true, "HH:mm:ss.fff "));
        builder.Logging.AddFilter("Orleans", LogLevel.Warning).AddFilter("Polly", LogLevel.Warning);
        // Its first look finds a participant late by as long as the machine has been up.
        builder.Logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        if (kill is not null)
        {
            builder.Services.AddSingleton<IFaultPoints>(kill);
        }

        builder.Services.AddSqliteStorage(folder.Database);
        builder.AddEmbeddedSilo(folder.Database);
        builder.AddGateway(key);
        if (!options.Bare)
        {
            AddDemo(builder, options, folder, key);
        }

        await using var app = builder.Build();
        app.MapGateway();
        if (!options.Bare)
        {
            app.MapDemo();
        }

        await app.RunAsync(cancellation);
        return 0;
    }

    private static int? ShardsOf(ConfigurationManager configuration) => configuration["Engagement:Shards"] is not { } text ? null
        : int.TryParse(text, out var shards) && shards is >= ShardsMin and <= ShardsMax ? shards
        : throw new CommandException($"Engagement:Shards must be {ShardsMin} to {ShardsMax}.");

    private static void AddDemo(WebApplicationBuilder builder, Options options, DataFolder folder, EmbeddedKey key)
    {
        builder.Services.AddDemo(new(
            Reachable(options.Urls.Split(';')[0]),
            folder.Path,
            () => key.Sign("ingest", "demo", null, null, TimeProvider.System),
            () => key.Sign("hq-admin", "demo", null, null, TimeProvider.System)));
        foreach (var person in DemoPeople.All)
        {
            builder.Services.AddSingleton(new SignInPerson(person.Sub, person.Role, person.Node, person.Name.Zh, person.Name.En));
        }
    }

    /// <summary>An address that listens everywhere is reached on this machine.</summary>
    private static Uri Reachable(string url) => new(url.Replace("://*", "://localhost").Replace("://+", "://localhost").Replace("://0.0.0.0", "://127.0.0.1"));

    private static Action<OptionResult> Between(int least, int most) => result =>
    {
        if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var value) && (value < least || value > most))
        {
            result.AddError($"{result.IdentifierToken?.Value} must be {least} to {most}.");
        }
    };
}
