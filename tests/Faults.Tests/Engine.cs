using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using Engagement.Faults.Tests.Model;
using Engagement.Tests.Ports;
using Microsoft.Data.Sqlite;

namespace Engagement.Faults.Tests;

/// <summary>
/// A real <c>engage serve --bare</c> with a manual clock on data of its own, which can be killed and started again. What it
/// prints is kept beside its data until the test has passed.
/// </summary>
internal sealed class Engine : IEngine
{
    /// <summary>Exit code of a process that died of <c>kill -9</c>.</summary>
    public const int Killed = 137;

    private const string KillAt = "ENGAGEMENT_KILL_AT";
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);

    /// <summary>A step of the clock over days answers when all that fell due has been applied.</summary>
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromMinutes(10);

    private readonly string _folder = Directory.CreateTempSubdirectory("engage-faults-").FullName;
    private readonly long _now;
    private readonly IReadOnlyList<(string Name, string Value)> _settings;
    private readonly int _port;
    private readonly Dictionary<string, HttpClient> _http = [];
    private Process? _process;
    private int _starts;
    private int _replays;
    private bool _passed;

    private Engine(long now, IReadOnlyList<(string Name, string Value)> settings)
    {
        _now = now;
        _settings = settings;
        _port = FreePort.Next();
    }

    /// <summary>Events only.</summary>
    public HttpClient Ingest => _http["ingest"];

    /// <summary>Clock, catalogue and organisation.</summary>
    public HttpClient Admin => _http["hq-admin"];

    /// <summary>Every GET.</summary>
    public HttpClient Auditor => _http["auditor"];

    public string DatabaseFile => Path.Combine(Data, "engine.db");

    /// <summary>Resident memory of the process now.</summary>
    public long WorkingSetBytes
    {
        get
        {
            _process!.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The engine built beside this test, in the same configuration.</summary>
    private static string Binary
    {
        get
        {
            var output = new DirectoryInfo(AppContext.BaseDirectory);
            var root = output.Parent!.Parent!.Parent!.Parent!.Parent!;
            return Path.Combine(root.FullName, "src", "Engage", "bin", output.Parent!.Name, output.Name, "Engagement.Engage.dll");
        }
    }

    /// <param name="settings">Of the engine, as in its environment.</param>
    public static async Task<Engine> StartAsync(long now, params (string Name, string Value)[] settings)
    {
        Assert.True(File.Exists(Binary), $"Build src/Engage first: {Binary} is not there.");
        var engine = new Engine(now, settings);
        foreach (var role in (string[])["ingest", "hq-admin", "auditor"])
        {
            await engine.SignInAsync(role, "--role", role);
        }

        try
        {
            await engine.RestartAsync();
            return engine;
        }
        catch (InvalidOperationException)
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    /// <summary>A branch's manager, by a name that begins with the branch: <c>north-1</c>.</summary>
    public async Task<HttpClient> ManagerAsync(string name) =>
        _http.TryGetValue(name, out var http) ? http : await SignInAsync(name, "--role", "branch-manager", "--sub", name, "--node", "branch:" + name.Split('-')[0]);

    /// <summary>Starts the process on the same data and waits until it is ready.</summary>
    public async Task RestartAsync()
    {
        File.Delete(Armed);
        _process = Run($"serve-{++_starts}.log", "serve", "--bare", "--data", Data, "--urls", $"http://127.0.0.1:{_port}", "--clock", "manual", "--now", ShanghaiTime.Text(_now));
        var since = Stopwatch.StartNew();
        while (!await IsReadyAsync())
        {
            if (_process.HasExited || since.Elapsed > StartsWithin)
            {
                throw new InvalidOperationException("The engine did not start." + Log());
            }

            await Task.Delay(50);
        }
    }

    /// <summary>Has the process die when it reaches a fault point for the so-many-th time from now on.</summary>
    public void Arm(string step, int times)
    {
        // Moved into place, so that the engine never reads half of it.
        File.WriteAllText(Armed + ".new", $"{step}:{times}");
        File.Move(Armed + ".new", Armed);
    }

    /// <summary>Waits for the end of a process that is dying.</summary>
    public async Task<int> ExitCodeAsync()
    {
        await _process!.WaitForExitAsync().WaitAsync(StartsWithin);
        return _process.ExitCode;
    }

    /// <summary>Runs a command to its end.</summary>
    /// <returns>Its exit code and what it said on standard error.</returns>
    public static async Task<(int Code, string Said)> RunAsync(string killAt, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Binary, .. arguments]) { RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        start.Environment[KillAt] = killAt;
        using var process = Process.Start(start)!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said);
    }

    /// <summary><c>kill -9</c>: nothing is flushed, nobody is asked.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>The end of what the last start printed, for a message of failure.</summary>
    public string Log()
    {
        var file = Path.Combine(_folder, $"serve-{_starts}.log");
        var lines = File.Exists(file) ? File.ReadAllLines(file) : [];
        return $"\n{file}:\n{string.Join('\n', lines.TakeLast(40))}";
    }

    /// <summary>Writes a file beside the logs.</summary>
    public Task KeepAsync(string name, IEnumerable<string> lines) => File.WriteAllLinesAsync(Path.Combine(_folder, name), lines);

    /// <summary>Runs <c>engage replay</c> on the data, whether the engine runs or not.</summary>
    public async Task<(int Code, string Text)> ReplayAsync(params string[] options)
    {
        using var replay = Run($"replay-{++_replays}.log", ["replay", "--data", Data, .. options]);
        await replay.WaitForExitAsync();
        return (replay.ExitCode, (await File.ReadAllTextAsync(Path.Combine(_folder, $"replay-{_replays}.log"))).Trim());
    }

    /// <summary>Changes the database of an engine that does not run, behind its back.</summary>
    public async Task SqlAsync(string sql)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(Data, "engine.db"), Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A test's own statement.
        command.CommandText = sql;
#pragma warning restore CA2100
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    /// <summary>The database with its write-ahead log, as it lies on the disk.</summary>
    public byte[] Database() => [.. Directory.GetFiles(Data, "engine.db*").SelectMany(File.ReadAllBytes)];

    /// <summary>The test has what it came for: logs and data may go.</summary>
    public void Passed() => _passed = true;

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        foreach (var http in _http.Values)
        {
            http.Dispose();
        }

        if (_passed)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private string Armed => Path.Combine(_folder, "kill-at");

    private string Data => Path.Combine(_folder, "data");

    private async Task<HttpClient> SignInAsync(string name, params string[] who)
    {
        var log = $"token-{name}.log";
        var token = Run(log, ["token", .. who, "--data", Data]);
        await token.WaitForExitAsync();
        var text = (await File.ReadAllTextAsync(Path.Combine(_folder, log))).Trim();
        if (token.ExitCode != 0)
        {
            throw new InvalidOperationException($"engage token: exit code {token.ExitCode}: {text}");
        }

        var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{_port}"), Timeout = AnswersWithin };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", text);
        return _http[name] = http;
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await Auditor.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private Process Run(string log, params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = _folder };
        // A third of a short life would go into profiles for a long one.
        start.Environment["DOTNET_TieredPGO"] = "0";
        // The shell replaces itself, so the process id is the engine's.
        string[] command = ["-c", "log=$1; shift; exec dotnet \"$@\" > \"$log\" 2>> stderr.log", "sh", log, Binary, .. arguments];
        foreach (var argument in command)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[KillAt] = "@" + Armed;
        foreach (var (name, value) in _settings)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
