using System.Diagnostics;
using System.Net.Http.Headers;
using Engagement.Tests.Ports;
using Engagement.Tests.Postgres;

namespace Engagement.Faults.Tests.Cluster;

/// <summary>Silos and gateways as processes of their own, on a private PostgreSQL. What they print is kept until the test has passed.</summary>
internal sealed class RunningCluster : IEngine
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromMinutes(10);

    private readonly string _folder = Directory.CreateTempSubdirectory("engage-cluster-").FullName;
    private readonly IReadOnlyList<(string Name, string Value)> _settings;
    private readonly List<ClusterProcess> _silos = [];
    private readonly List<(ClusterProcess Process, string Url)> _gateways = [];
    private readonly Dictionary<string, HttpClient> _http = [];
    private readonly string _connection;
    private int _replays;
    private int _started;
    private bool _passed;

    private RunningCluster(IReadOnlyList<(string Name, string Value)> settings)
    {
        Database = new();
        _connection = Database.NewDatabase();
        _settings = [.. settings, ("ConnectionStrings__Engagement", _connection), ("DOTNET_ENVIRONMENT", "Development"), ("ASPNETCORE_ENVIRONMENT", "Development"),
            ("Engagement__Address", "127.0.0.1"), ("Engagement__Auth__KeyFolder", KeyFolder), ("DOTNET_TieredPGO", "0")];
    }

    public PostgresServer Database { get; }

    public IReadOnlyList<ClusterProcess> Silos => _silos;

    public HttpClient Ingest => _http["ingest@1"];

    public HttpClient Admin => _http["hq-admin@0"];

    public HttpClient Auditor => _http["auditor@0"];

    public int Gateways => _gateways.Count;

    /// <summary>Of all silos and gateways.</summary>
    public long WorkingSetBytes => _silos.Concat(_gateways.Select(g => g.Process)).Where(p => !p.HasExited).Sum(p => p.WorkingSetBytes);

    private string KeyFolder => Path.Combine(_folder, "key");

    /// <param name="settings">Of every process, as in its environment.</param>
    public static async Task<RunningCluster> StartAsync(int silos, params (string Name, string Value)[] settings)
    {
        var cluster = new RunningCluster(settings);
        try
        {
            // All at one instant, as after a power cut.
            for (var i = 0; i < silos; i++)
            {
                cluster.AddSilo();
            }

            await cluster.UntilAsync(() => cluster._silos.All(s => s.HasPrinted("Application started") || s.HasExited), "A silo does not start.");
            Assert.False(cluster._silos.Any(s => s.HasExited), "A silo does not start." + cluster.Log());
            for (var i = 0; i < 2; i++)
            {
                var url = $"http://127.0.0.1:{FreePort.Next()}";
                cluster._gateways.Add((cluster.StartGateway(url), url));
                foreach (var role in (string[])["ingest", "hq-admin", "auditor"])
                {
                    await cluster.SignInAsync($"{role}@{i}", url, "--role", role);
                }
            }

            await cluster.ReadyAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public ClusterProcess AddSilo()
    {
        var silo = ClusterProcess.Start("Silo", Path.Combine(_folder, $"silo-{_started++}.log"), _settings);
        _silos.Add(silo);
        return silo;
    }

    /// <summary>One that has ended is forgotten, and another one takes its place.</summary>
    public ClusterProcess ReplaceSilo(ClusterProcess ended)
    {
        Assert.True(ended.HasExited);
        _silos.Remove(ended);
        ended.Dispose();
        return AddSilo();
    }

    public ClusterProcess Gateway(int number) => _gateways[number].Process;

    /// <summary>Starts a gateway again that has ended, where it was.</summary>
    public void RestartGateway(int number)
    {
        var (ended, url) = _gateways[number];
        Assert.True(ended.HasExited);
        ended.Dispose();
        _gateways[number] = (StartGateway(url), url);
    }

    /// <summary>Runs a statement on the cluster's database.</summary>
    public string Sql(string statement) => Database.Sql(_connection, statement);

    public HttpClient AuditorAt(int gateway) => _http[$"auditor@{gateway}"];

    public HttpClient IngestAt(int gateway) => _http[$"ingest@{gateway}"];

    public async Task<HttpClient> ManagerAsync(string name) =>
        _http.TryGetValue(name, out var http) ? http : await SignInAsync(name, $"{Auditor.BaseAddress}", "--role", "branch-manager", "--sub", name, "--node", "branch:" + name.Split('-')[0]);

    /// <summary>Waits until every shard answers through both gateways.</summary>
    public async Task ReadyAsync()
    {
        var since = Stopwatch.StartNew();
        foreach (var http in _http.Where(h => h.Key.StartsWith("auditor", StringComparison.Ordinal)).Select(h => h.Value))
        {
            while (!await IsReadyAsync(http))
            {
                if (since.Elapsed > StartsWithin || _gateways.Any(g => g.Process.HasExited))
                {
                    throw new InvalidOperationException("The cluster is not ready." + Log());
                }

                await Task.Delay(50);
            }
        }
    }

    public async Task UntilAsync(Func<bool> condition, string otherwise)
    {
        var since = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(since.Elapsed < StartsWithin, otherwise + Log());
            await Task.Delay(50);
        }
    }

    public string Log() => string.Concat(_silos.Concat(_gateways.Select(g => g.Process)).Select(p => p.Log()));

    public Task KeepAsync(string name, IEnumerable<string> lines) => File.WriteAllLinesAsync(Path.Combine(_folder, name), lines);

    public async Task<(int Code, string Text)> ReplayAsync(params string[] options)
    {
        var log = Path.Combine(_folder, $"replay-{++_replays}.log");
        using var replay = ClusterProcess.Start("Engage", log, _settings, ["replay", "--connection", _connection, .. options]);
        await replay.WaitForExitAsync();
        return (replay.ExitCode, (await File.ReadAllTextAsync(log)).Trim());
    }

    public void Passed() => _passed = true;

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _gateways.Select(g => g.Process).Concat(_silos))
        {
            await process.KillAsync();
            process.Dispose();
        }

        foreach (var http in _http.Values)
        {
            http.Dispose();
        }

        Database.Dispose();
        if (_passed)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private ClusterProcess StartGateway(string url) =>
        ClusterProcess.Start("Gateway", Path.Combine(_folder, $"gateway-{_started++}.log"), [.. _settings, ("Urls", url)]);

    private async Task<HttpClient> SignInAsync(string name, string url, params string[] who)
    {
        var log = Path.Combine(_folder, $"token-{name}.log");
        using var token = ClusterProcess.Start("Engage", log, _settings, ["token", .. who, "--data", KeyFolder]);
        await token.WaitForExitAsync();
        var text = (await File.ReadAllTextAsync(log)).Trim();
        if (token.ExitCode != 0)
        {
            throw new InvalidOperationException($"engage token: exit code {token.ExitCode}: {text}");
        }

        var http = new HttpClient { BaseAddress = new(url), Timeout = AnswersWithin };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", text);
        return _http[name] = http;
    }

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
