using System.Diagnostics;

namespace Engagement.Faults.Tests.Cluster;

/// <summary>One of the project's programs, built beside this test, with what it prints in a file.</summary>
internal sealed class ClusterProcess : IDisposable
{
    private static readonly TimeSpan ExitsWithin = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly string _log;

    private ClusterProcess(Process process, string log) => (_process, _log) = (process, log);

    public long WorkingSetBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    public static ClusterProcess Start(string program, string log, IReadOnlyList<(string Name, string Value)> settings, params string[] arguments)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var binary = Path.Combine(output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName, "src", program, "bin", output.Parent!.Name, output.Name, $"Engagement.{program}.dll");
        Assert.True(File.Exists(binary), $"Build src/{program} first: {binary} is not there.");
        // The shell replaces itself, so the process id is the program's.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "log=$1; shift; exec dotnet \"$@\" > \"$log\" 2>> \"$log.error\"", "sh", log, binary, .. arguments]) { WorkingDirectory = Path.GetDirectoryName(log)! };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return new(Process.Start(start)!, log);
    }

    /// <summary><c>kill -9</c>: nothing is flushed, nobody is told.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
    }

    /// <summary>Stands still with everything it holds, as a machine does that is out of memory or cut off.</summary>
    public void Freeze() => Signal("STOP");

    public void Thaw() => Signal("CONT");

    /// <summary>Asks it to stop.</summary>
    public void Terminate() => Signal("TERM");

    public Task WaitForExitAsync() => _process.WaitForExitAsync().WaitAsync(ExitsWithin);

    public bool HasPrinted(string text) => File.Exists(_log) && File.ReadAllText(_log).Contains(text, StringComparison.Ordinal);

    /// <summary>The end of what it printed.</summary>
    public string Log() => File.Exists(_log) ? $"\n{_log}:\n{string.Join('\n', File.ReadAllLines(_log).TakeLast(15))}" : "";

    public void Dispose() => _process.Dispose();

    private void Signal(string name)
    {
        Assert.False(_process.HasExited, $"It ended before it was sent {name}.{Log()}");
        using var kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}
