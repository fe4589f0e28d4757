using System.Diagnostics;
using System.Net.Http.Headers;
using Engagement.Tests.Ports;
using Microsoft.Data.Sqlite;

namespace Engagement.Engage.Tests.Audit;

/// <summary>A real <c>engage serve --bare</c> that can be killed and started again on its folder, with everything that it said.</summary>
internal sealed class AuditedEngine : IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("engagement-audited-");
    private readonly string url = $"http://127.0.0.1:{FreePort.Next()}";
    private readonly System.Text.StringBuilder said = new();
    private Process? serve;

    public string Heads => Path.Combine(folder.FullName, "heads.json");

    public string Data => Path.Combine(folder.FullName, "data");

    public string Said
    {
        get
        {
            lock (said)
            {
                return said.ToString();
            }
        }
    }

    public async Task Start(params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CommandException).Assembly.Location, "serve", "--bare", "--data", Data, "--urls", url])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        serve = new() { StartInfo = start };
        void Hear(object sender, DataReceivedEventArgs line)
        {
            lock (said)
            {
                said.AppendLine(line.Data);
            }
        }

        serve.OutputDataReceived += Hear;
        serve.ErrorDataReceived += Hear;
        serve.Start();
        serve.BeginOutputReadLine();
        serve.BeginErrorReadLine();
        using var http = Anonymous();
        var since = Stopwatch.StartNew();
        while (!await Answers(http))
        {
            Assert.False(serve.HasExited || since.Elapsed > StartsWithin, "The engine did not start:\n" + Said);
            await Task.Delay(50);
        }
    }

    public HttpClient Anonymous() => new() { BaseAddress = new(url) };

    public async Task<string> Token(string role)
    {
        var (code, output, error) = await EngageProcess.Run("token", "--role", role, "--data", Data);
        Assert.True(code == 0, error);
        return output.Trim();
    }

    public async Task Read(int times)
    {
        using var http = await Auditor();
        for (var i = 0; i < times; i++)
        {
            using var answer = await http.GetAsync(new Uri("/v1/dead-letters", UriKind.Relative));
            Assert.True(answer.IsSuccessStatusCode);
        }
    }

    /// <returns>Reads that were answered before it died.</returns>
    public async Task<int> KillWhileReading()
    {
        using var http = await Auditor();
        var answered = 0;
        var reading = Enumerable.Range(0, 8).Select(async _ =>
        {
            try
            {
                while (true)
                {
                    using var answer = await http.GetAsync(new Uri("/v1/dead-letters", UriKind.Relative));
                    if (answer.IsSuccessStatusCode && Interlocked.Increment(ref answered) == 100)
                    {
                        await Kill();
                    }
                }
            }
            catch (HttpRequestException)
            {
                // It is dead.
            }
        }).ToList();
        await Task.WhenAll(reading).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.True(answered >= 100);
        return answered;
    }

    /// <summary>A new key in place of the present one, whose public half follows it.</summary>
    /// <returns>A file of the public half of the one before.</returns>
    public string ChangeKey()
    {
        var (file, half, before) = (Path.Combine(Data, "audit.key"), Path.Combine(Data, "audit.pub"), Path.Combine(folder.FullName, "before.pub"));
        File.Copy(half, before);
        using var next = Domain.Audit.AuditKey.New();
        File.WriteAllText(file, next.PrivatePem() + File.ReadAllText(half));
        return before;
    }

    public async Task Kill()
    {
        if (serve is { } process)
        {
            await EngageProcess.End(process);
            process.WaitForExit();
        }
    }

    public Task<(int Code, string Output, string Error)> Verify(params string[] options) => EngageProcess.Run(["audit", "verify", "--data", Data, .. options]);

    public void Run(string sql) => Command(sql, c => c.ExecuteNonQuery());

    public long Rows() => Command("select count(*) from audit", c => (long)c.ExecuteScalar()!);

    public async ValueTask DisposeAsync()
    {
        await Kill();
        serve?.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task<HttpClient> Auditor()
    {
        var http = Anonymous();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await Token("auditor"));
        return http;
    }

    private T Command<T>(string sql, Func<SqliteCommand, T> how)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Data, "engine.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A test's own statement.
        command.CommandText = sql;
#pragma warning restore CA2100
        return how(command);
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
