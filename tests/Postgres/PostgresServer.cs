using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Engagement.Tests.Ports;

namespace Engagement.Tests.Postgres;

/// <summary>
/// A private PostgreSQL in a temporary folder, on a free port of the loopback address. It refuses to run as root, so root starts
/// it as <c>postgres</c>, or else as <c>nobody</c>. It ends when the process that started it does, however that ends.
/// </summary>
internal sealed class PostgresServer : IDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);
    private static readonly Lazy<PostgresServer> Started = new(() => new());

    private readonly string user = Environment.UserName == "root" ? FindUser() : "";
    private readonly string binaries = FindBinaries() ?? throw new InvalidOperationException("PostgreSQL is not installed.");
    private readonly string[] settings;
    private int databases;
    private Process? server;

    /// <summary>A server of one's own; most share one.</summary>
    /// <param name="settings">As in its configuration, <c>name=value</c>; none: those of tests.</param>
    public PostgresServer(params string[] settings)
    {
        // Processes die in tests, and no machine loses its power.
        this.settings = settings.Length > 0 ? settings : ["fsync=off"];
        Folder = Directory.CreateTempSubdirectory("engagement-postgres-").FullName;
        Port = FreePort.Next();
        if (user.Length > 0)
        {
            Run("chown", user, Folder);
        }

        RunAs("initdb", "-D", Data, "-U", "engagement", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        Start();
    }

    /// <summary>The one server of this run.</summary>
    public static PostgresServer Shared => Started.Value;

    public int Port { get; }

    public string Folder { get; }

    public string Data => Path.Combine(Folder, "data");

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string.</returns>
    public string NewDatabase()
    {
        var name = $"test_{Interlocked.Increment(ref databases)}";
        RunAs("createdb", "-h", "127.0.0.1", "-p", $"{Port}", "-U", "engagement", name);
        return $"Host=127.0.0.1;Port={Port};Username=engagement;Database={name}";
    }

    /// <summary>Runs a statement beside everything else.</summary>
    /// <param name="database">A connection string that <see cref="NewDatabase"/> gave.</param>
    /// <returns>The rows, a line each, columns parted by <c>|</c>.</returns>
    public string Sql(string database, string statement) =>
        RunAs("psql", "-h", "127.0.0.1", "-p", $"{Port}", "-U", "engagement", "-d", database[(database.LastIndexOf('=') + 1)..], "-v", "ON_ERROR_STOP=1", "-Atqc", statement).Trim();

    /// <summary>Starts the server, and waits until it answers.</summary>
    public void Start()
    {
        // The shell reads until we are gone, however we go, and then ends the server by its process id.
        const string guard = """folder="$1"; shift; "$@" < /dev/null > "$folder/log" 2>&1 & pid=$!; read -r keep; kill -QUIT $pid; wait $pid; [ "$keep" = keep ] || rm -rf "$folder" """;
        string[] options = ["-D", Data, "-p", $"{Port}", "-k", Folder, "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=200", .. settings.SelectMany(s => (string[])["-c", s])];
        var start = AsUser("/bin/sh", ["-c", guard, "sh", Folder, Path.Combine(binaries, "postgres"), .. options]);
        start.RedirectStandardInput = true;
        server = Process.Start(start)!;
        var since = Stopwatch.StartNew();
        while (!TryRun("pg_isready", "-q", "-h", "127.0.0.1", "-p", $"{Port}", "-U", "engagement", "-d", "postgres"))
        {
            if (server.HasExited || since.Elapsed > StartsWithin)
            {
                throw new InvalidOperationException("PostgreSQL did not start.");
            }
        }
    }

    /// <summary>Ends the server at once, without a last checkpoint, as a crash does. Its data stays.</summary>
    public void Stop()
    {
        server!.StandardInput.WriteLine("keep");
        server.WaitForExit();
    }

    /// <summary>Ends the server; its data goes.</summary>
    public void Dispose()
    {
        server?.StandardInput.Close();
        server?.WaitForExit();
        server?.Dispose();
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private static string? FindBinaries() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Where(d => int.TryParse(Path.GetFileName(d), out var version) && version >= 15 && File.Exists(Path.Combine(d, "bin", "initdb")))
                .Select(d => Path.Combine(d, "bin")).FirstOrDefault()
            : null;

    private static string FindUser() => File.ReadLines("/etc/passwd").Any(l => l.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";

    private string RunAs(string program, params string[] arguments)
    {
        using var process = Process.Start(Quiet(AsUser(Path.Combine(binaries, program), arguments)))!;
        var said = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        var printed = said.GetAwaiter().GetResult();
        return process.ExitCode == 0 ? printed : throw new InvalidOperationException($"{program}: {error}");
    }

    private bool TryRun(string program, params string[] arguments)
    {
        using var process = Process.Start(Path.Combine(binaries, program), arguments);
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
    }

    private ProcessStartInfo AsUser(string program, string[] arguments) =>
        user.Length > 0
            ? new("setpriv", ["--reuid", user, "--regid", user == "nobody" ? "nogroup" : user, "--clear-groups", program, .. arguments]) { WorkingDirectory = Folder }
            : new(program, arguments) { WorkingDirectory = Folder };

    private static ProcessStartInfo Quiet(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        return start;
    }
}
