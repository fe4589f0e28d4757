using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using Engagement.Tests.Ports;

namespace Engagement.Engage.Tests;

/// <summary>A real <c>engage serve --bare</c> on a folder of its own, and the other commands beside it. Ends with the test.</summary>
public sealed class EngageProcess : IAsyncLifetime
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, string> tokens = [];
    private Process? serve;

    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("engagement-engage-");

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort.Next()}");

    private string Data => Path.Combine(Folder.FullName, "data");

    /// <summary>The program as it was built with this test.</summary>
    private static string Binary => typeof(CommandException).Assembly.Location;

    public async Task InitializeAsync()
    {
        serve = Start("serve", "--bare", "--data", Data, "--urls", Address.ToString().TrimEnd('/'));
        var said = Task.WhenAll(serve.StandardOutput.ReadToEndAsync(), serve.StandardError.ReadToEndAsync());
        using var http = new HttpClient { BaseAddress = Address };
        var since = Stopwatch.StartNew();
        while (!await Answers(http))
        {
            if (serve.HasExited || since.Elapsed > StartsWithin)
            {
                await DisposeAsync();
                throw new InvalidOperationException("The engine did not start:\n" + string.Join('\n', await said));
            }

            await Task.Delay(50);
        }
    }

    public async Task<string> Token(string role)
    {
        if (!tokens.TryGetValue(role, out var token))
        {
            var (code, output, error) = await Run("token", "--role", role, "--data", Data);
            Assert.True(code == 0, error);
            tokens[role] = token = output.Trim();
        }

        return token;
    }

    public async Task<HttpClient> Client(string role)
    {
        var http = new HttpClient { BaseAddress = Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await Token(role));
        return http;
    }

    public async Task Publish(string document, string yaml)
    {
        using var http = await Client("hq-admin");
        using var content = new StringContent(yaml, Encoding.UTF8, "application/yaml");
        using var answer = await http.PutAsync(new Uri($"/v1/{document}", UriKind.Relative), content);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Records in the log, when all of them are applied.</summary>
    public async Task<long> Appended()
    {
        using var http = await Client("hq-admin");
        var progress = await http.GetFromJsonAsync<Progress>(new Uri("/v1/progress?wait=30", UriKind.Relative));
        Assert.True(progress!.Settled);
        return progress.Appended;
    }

    /// <summary>Starts a command; whoever starts it ends it.</summary>
    public static Process Start(params string[] arguments) => StartWith(null, arguments);

    /// <summary>Runs a command to its end.</summary>
    public static Task<(int Code, string Output, string Error)> Run(params string[] arguments) => RunWith(null, arguments);

    /// <param name="setting">Of the environment, as in <c>NAME=VALUE</c>.</param>
    public static async Task<(int Code, string Output, string Error)> RunWith(string? setting, params string[] arguments)
    {
        using var process = StartWith(setting, arguments);
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            await End(process);
        }
    }

    private static Process StartWith(string? setting, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Binary, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (setting?.Split('=') is [var name, var value])
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    public static async Task End(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    public async Task DisposeAsync()
    {
        if (serve is not null)
        {
            await End(serve);
            serve.Dispose();
        }

        Folder.Delete(recursive: true);
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

    private sealed record Progress(long Appended, bool Settled);
}
