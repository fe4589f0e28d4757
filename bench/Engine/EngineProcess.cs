using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;

namespace Engagement.Bench.Engine;

/// <summary>A real <c>engage serve --bare</c> on a folder of its own. Ends with the benchmark, also where that fails.</summary>
internal sealed class EngineProcess : IRunningEngine, IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(120);
    private const int LinesKept = 40;

    private readonly string data;
    private readonly Process process;
    private readonly Queue<string> lines = [];
    private readonly Uri address;

    private EngineProcess(string data, int port)
    {
        this.data = data;
        address = new($"http://127.0.0.1:{port}");
        process = Start("serve", "--bare", "--data", data, "--urls", address.ToString().TrimEnd('/'));
        process.OutputDataReceived += (_, e) => Keep(e.Data);
        process.ErrorDataReceived += (_, e) => Keep(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Database => Path.Combine(data, "engine.db");

    public TimeSpan Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public TimeSpan DatabaseCpu => TimeSpan.Zero;

    public long WorkingSetBytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>The engine built beside this program, in the same configuration.</summary>
    private static string Binary
    {
        get
        {
            var output = new DirectoryInfo(AppContext.BaseDirectory);
            var root = output.Parent!.Parent!.Parent!.Parent!.Parent!;
            return Path.Combine(root.FullName, "src", "Engage", "bin", output.Parent!.Name, output.Name, "Engagement.Engage.dll");
        }
    }

    public static async Task<EngineProcess> StartAsync(string folder)
    {
        var engine = new EngineProcess(Path.Combine(folder, "data"), FreePort());
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

    public async Task<HttpClient> Client(string role)
    {
        using var token = Start("token", "--role", role, "--data", data);
        var text = await token.StandardOutput.ReadToEndAsync();
        await token.WaitForExitAsync();
        var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(15) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", text.Trim());
        return http;
    }

    public long Raised()
    {
        using var connection = new SqliteConnection($"Data Source={Database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select count(*) from decision where outcome = 'raised'";
        return (long)command.ExecuteScalar()!;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task Ready()
    {
        using var http = new HttpClient { BaseAddress = address };
        var since = Stopwatch.StartNew();
        while (!await Answers(http))
        {
            if (process.HasExited || since.Elapsed > StartsWithin)
            {
                throw new InvalidOperationException("The engine did not start:\n" + string.Join('\n', lines));
            }

            await Task.Delay(50);
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

    private void Keep(string? line)
    {
        lock (lines)
        {
            if (line is not null)
            {
                lines.Enqueue(line);
            }

            if (lines.Count > LinesKept)
            {
                lines.Dequeue();
            }
        }
    }

    private static Process Start(params string[] arguments) => Process.Start(
        new ProcessStartInfo("dotnet", [Binary, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
