using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Engagement.Bench.Engine.Cluster;

/// <summary>One of the project's programs, built beside this one in the same configuration. It ends with its <see cref="IAsyncDisposable"/>.</summary>
internal sealed class Child : IAsyncDisposable
{
    private const int LinesKept = 40;

    private readonly Process process;
    private readonly Queue<string> lines = [];

    public Child(string program, IEnumerable<(string Name, string Value)> settings, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Binary(program), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        process = Process.Start(start)!;
        AppDomain.CurrentDomain.ProcessExit += End;
        process.OutputDataReceived += (_, e) => Keep(e.Data);
        process.ErrorDataReceived += (_, e) => Keep(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public bool HasExited => process.HasExited;

    public TimeSpan Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public long WorkingSetBytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>The end of what it printed.</summary>
    public string Printed
    {
        get
        {
            lock (lines)
            {
                return string.Join('\n', lines);
            }
        }
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>What it printed.</returns>
    public static async Task<string> Run(string program, params string[] arguments)
    {
        await using var child = new Child(program, [], arguments);
        await child.process.WaitForExitAsync();
        return child.process.ExitCode == 0 ? child.Printed.Trim() : throw new InvalidOperationException($"{program}: {child.Printed}");
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= End;
        End(null, EventArgs.Empty);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <summary>Also where this program is interrupted and disposes of nothing.</summary>
    private void End(object? sender, EventArgs e)
    {
        if (!process.HasExited)
        {
            process.Kill();
        }
    }

    private static string Binary(string program)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var root = output.Parent!.Parent!.Parent!.Parent!.Parent!;
        return Path.Combine(root.FullName, "src", program, "bin", output.Parent!.Name, output.Name, $"Engagement.{program}.dll");
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
}
