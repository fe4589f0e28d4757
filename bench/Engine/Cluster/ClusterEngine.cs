using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Engagement.Tests.Postgres;
using Npgsql;

namespace Engagement.Bench.Engine.Cluster;

/// <summary>Silos and one gateway as processes of their own, on an empty database.</summary>
internal sealed class ClusterEngine : IRunningEngine, IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(180);

    private readonly string key;
    private readonly string connection;
    private readonly PostgresServer server;
    private readonly Child[] children;

    private ClusterEngine(string folder, PostgresServer server, int silos, int? shards)
    {
        (key, this.server, connection) = (Path.Combine(folder, "key"), server, server.NewDatabase());
        Address = new($"http://127.0.0.1:{Child.FreePort()}");
        (string, string)[] settings =
        [
            ("ConnectionStrings__Engagement", connection), ("DOTNET_ENVIRONMENT", "Development"), ("ASPNETCORE_ENVIRONMENT", "Development"),
            ("Engagement__Address", "127.0.0.1"), ("Engagement__Auth__KeyFolder", key),
        ];
        if (shards is { } count)
        {
            settings = [.. settings, ("Engagement__Shards", count.ToString(CultureInfo.InvariantCulture))];
        }

        children = [.. Enumerable.Range(0, silos).Select(_ => new Child("Silo", settings)), new Child("Gateway", [.. settings, ("Urls", Address.ToString().TrimEnd('/'))])];
    }

    public Uri Address { get; }

    public string Connection => connection;

    public TimeSpan Cpu => children.Aggregate(TimeSpan.Zero, (all, c) => all + c.Cpu);

    public TimeSpan DatabaseCpu => ServerTime.Of(server);

    public long WorkingSetBytes => children.Sum(c => c.WorkingSetBytes);

    public static async Task<ClusterEngine> StartAsync(string folder, PostgresServer server, int silos, int? shards = null)
    {
        // Made once, so that the programs do not all look for it at the same time.
        await Child.Run("Engage", "token", "--role", "ingest", "--data", Path.Combine(folder, "key"));
        var engine = new ClusterEngine(folder, server, silos, shards);
        try
        {
            await engine.Ready();
            return engine;
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    public Task<string> Token(string role, params string[] more) => Child.Run("Engage", ["token", "--role", role, .. more, "--data", key]);

    /// <summary><c>engage replay</c> on its database.</summary>
    /// <returns>What it prints.</returns>
    public Task<string> Replay() => Child.Run("Engage", "replay", "--connection", connection);

    public async Task<HttpClient> Client(string role)
    {
        var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(15) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await Token(role));
        return http;
    }

    public long Raised()
    {
        using var open = new NpgsqlConnection(connection);
        open.Open();
        using var command = new NpgsqlCommand("select count(*) from decision where outcome = 'raised'", open);
        return (long)command.ExecuteScalar()!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var child in children.Reverse())
        {
            await child.DisposeAsync();
        }
    }

    private async Task Ready()
    {
        using var http = new HttpClient { BaseAddress = Address };
        var since = Stopwatch.StartNew();
        while (!await Answers(http))
        {
            if (children.Any(c => c.HasExited) || since.Elapsed > StartsWithin)
            {
                throw new InvalidOperationException("The cluster did not start:\n" + string.Join("\n\n", children.Select(c => c.Printed)));
            }

            await Task.Delay(100);
        }
    }

    private static async Task<bool> Answers(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
