using System.Diagnostics;

namespace Engagement.Kubernetes.Tests;

/// <summary>Runs a program to its end, or ends it.</summary>
internal static class Tool
{
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(60);

    public static async Task<(int Code, string Output, string Error)> Run(string program, string[] arguments, string input)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync().WaitAsync(EndsWithin);
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
