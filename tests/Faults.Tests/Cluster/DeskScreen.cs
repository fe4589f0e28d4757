using Microsoft.AspNetCore.SignalR.Client;

namespace Engagement.Faults.Tests.Cluster;

/// <summary>
/// A desk on a screen, joined again wherever it was cut off: what it shows, and whether a change did not follow the one before it.
/// </summary>
internal sealed class DeskScreen : IAsyncDisposable
{
    private static readonly TimeSpan AgainAfter = TimeSpan.FromMilliseconds(200);

    private readonly string desk;
    private readonly IReadOnlyList<HttpClient> gateways;
    private readonly CancellationTokenSource ending = new();
    private readonly Dictionary<string, string> prompts = [];
    private readonly List<string> gaps = [];
    private readonly Task running;
    private long seq;

    private sealed record Prompt(string Id, string Desk, string State);

    private sealed record Changes(long From, long Seq, bool Snapshot, IReadOnlyList<Prompt> Prompts);

    /// <param name="gateways">With tokens that may read the desk; asked in turn.</param>
    public DeskScreen(string desk, params IReadOnlyList<HttpClient> gateways)
    {
        (this.desk, this.gateways) = (desk, gateways);
        running = Task.Run(Run);
    }

    public string Desk => desk;

    /// <summary>Changes that did not follow the one before them.</summary>
    public IReadOnlyList<string> Gaps
    {
        get
        {
            lock (prompts)
            {
                return [.. gaps];
            }
        }
    }

    /// <summary>The prompts that it shows, with their states.</summary>
    public IReadOnlyList<string> Shown
    {
        get
        {
            lock (prompts)
            {
                return [.. prompts.Select(p => $"{p.Key} {p.Value}").Order(StringComparer.Ordinal)];
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await running;
        ending.Dispose();
    }

    private async Task Run()
    {
        for (var turn = 0; !ending.IsCancellationRequested; turn++)
        {
            try
            {
                await Watch(gateways[turn % gateways.Count]);
            }
            catch (Exception) when (!ending.IsCancellationRequested)
            {
                // Whatever cut it off, the next one is asked.
                await Task.Delay(AgainAfter, CancellationToken.None);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task Watch(HttpClient gateway)
    {
        await using var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(gateway.BaseAddress!, "/hubs/desk"), o => o.AccessTokenProvider = () => Task.FromResult(gateway.DefaultRequestHeaders.Authorization!.Parameter))
            .Build();
        var closed = new TaskCompletionSource();
        connection.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        // What comes before the answer to the joining waits for it.
        List<Changes>? early = [];
        connection.On<Changes>("Changed", changes =>
        {
            lock (prompts)
            {
                if (early is not null)
                {
                    early.Add(changes);
                }
                else
                {
                    Take(changes);
                }
            }
        });
        await connection.StartAsync(ending.Token);
        var joined = await connection.InvokeAsync<Changes>("Join", desk, Interlocked.Read(ref seq), ending.Token);
        lock (prompts)
        {
            Take(joined);
            early.ForEach(Take);
            early = null;
        }

        await closed.Task.WaitAsync(ending.Token);
    }

    private void Take(Changes changes)
    {
        if (changes.Snapshot)
        {
            prompts.Clear();
        }
        else if (changes.From != seq)
        {
            gaps.Add($"{desk}: a change from {changes.From} to {changes.Seq} after {seq}");
        }

        foreach (var prompt in changes.Prompts)
        {
            // One that left was sent once more, with its new desk.
            prompts.Remove(prompt.Id);
            if (prompt.Desk == desk && prompt.State is "open" or "seen" or "accepted" or "snoozed")
            {
                prompts.Add(prompt.Id, prompt.State);
            }
        }

        Interlocked.Exchange(ref seq, changes.Seq);
    }
}
