using Engagement.Contracts.Desks;
using Engagement.Domain.Desks;
using Engagement.Domain.Organisation;
using Microsoft.AspNetCore.SignalR;

namespace Engagement.Gateway.Desks;

/// <summary>
/// One connection that watches a desk. What changes waits here, one newest state a prompt, until the connection takes it;
/// a screen that does not read slows nobody down and is sent the newest state, not a backlog. Beyond the bound it is told
/// to begin anew.
/// </summary>
internal sealed class DeskConnection(string id, Principal who, DeskRights rights, string desk) : IDisposable
{
    public const int PendingMax = 2_000;
    private const int EarlyMax = 1_000;

    private readonly Lock gate = new();
    private readonly SemaphoreSlim signal = new(0, 1);
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly Dictionary<string, Prompt> pending = [];
    private readonly List<(long From, long Seq, IReadOnlyList<Prompt> Prompts)> early = [];
    private long sentSeq;
    private long pendingSeq;
    private bool begun;
    private bool held;
    private bool beat;
    private bool disposed;
    private DeskRights rights = rights;
    private (long Clients, int? Capacity)? load;

    public string Id => id;

    public Principal Who => who;

    public string Desk => desk;

    public CancellationTokenSource Ended { get; } = new();

    /// <summary>As they were last asked: by them each prompt is judged when it is sent.</summary>
    public DeskRights Rights
    {
        get => Volatile.Read(ref rights);
        set => Volatile.Write(ref rights, value);
    }

    /// <summary>By them the prompts on the screen were chosen. One at a time asks.</summary>
    public DeskRights ShownBy { get; set; } = rights;

    /// <summary>Sends what waits to the screen. One for as long as the connection lasts.</summary>
    public Task? Sending { get; set; }

    /// <summary>True where more waited than is kept: nothing is sent until the screen is made to begin anew.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>False while it joins: what it has then is what the answer says.</summary>
    public bool IsJoined
    {
        get
        {
            lock (gate)
            {
                return begun && !held;
            }
        }
    }

    public long PendingSeq
    {
        get
        {
            lock (gate)
            {
                return pendingSeq;
            }
        }
    }

    /// <summary>Nothing is sent until <see cref="Resume"/>: what follows on an answer must not come before it. One call of a connection at a time.</summary>
    public async Task Hold()
    {
        await turn.WaitAsync(Ended.Token);
        lock (gate)
        {
            held = true;
        }
    }

    public void Resume()
    {
        lock (gate)
        {
            if (held)
            {
                held = false;
                Free();
            }
        }
    }

    /// <summary>The answer to Join is what the receiver has from here on; what came before it is dropped.</summary>
    public void Begin(long seq)
    {
        lock (gate)
        {
            sentSeq = seq;
            pendingSeq = Math.Max(pendingSeq, seq);
            foreach (var prompt in pending.Values.Where(p => p.Seq <= seq).ToList())
            {
                pending.Remove(prompt.Id);
            }

            (begun, Overflowed) = (true, false);
            TakeEarly();
        }
    }

    /// <summary>Takes changes that follow on what was taken before.</summary>
    /// <returns>False where some between are missing: they must be read, and nothing goes on until they are.</returns>
    public bool Changed(long from, long seq, IReadOnlyList<Prompt> prompts)
    {
        lock (gate)
        {
            if (!begun || from > pendingSeq)
            {
                // Kept for when the answer, or what is missing before it, has come. What is not kept is read.
                if (early.Count < EarlyMax)
                {
                    early.Add((from, seq, prompts));
                }

                return !begun;
            }

            Take(seq, prompts);
            TakeEarly();
        }

        Wake();
        return true;
    }

    /// <summary>Shows prompts, or shows them otherwise, that have not changed.</summary>
    public void Reshow(IReadOnlyList<Prompt> prompts)
    {
        lock (gate)
        {
            Add(prompts);
        }

        Wake();
    }

    public void Beat((long Clients, int? Capacity)? changedLoad)
    {
        lock (gate)
        {
            beat = true;
            load = changedLoad ?? load;
        }

        Wake();
    }

    /// <summary>Sends what waits, in one message, for as long as the connection lasts.</summary>
    public async Task Send(IClientProxy client)
    {
        while (!Ended.IsCancellationRequested)
        {
            await signal.WaitAsync(Ended.Token);
            await turn.WaitAsync(Ended.Token);
            (long From, long Seq, List<Prompt> Prompts, bool Beat, (long Clients, int? Capacity)? Load) next;
            lock (gate)
            {
                // It would say that the screen has what was let go.
                next = Overflowed ? (sentSeq, sentSeq, [], false, load) : (sentSeq, pendingSeq, [.. pending.Values.OrderBy(p => p.Seq)], beat, load);
                load = null;
                if (!Overflowed)
                {
                    pending.Clear();
                    (sentSeq, beat) = (pendingSeq, false);
                }
            }

            if (next.Load is { } now)
            {
                await client.SendAsync("Load", new { clients = now.Clients, capacity = now.Capacity }, Ended.Token);
            }

            if (next.Prompts.Count > 0 || next.Beat || next.Seq > next.From)
            {
                await client.SendAsync("Changed", new { from = next.From, seq = next.Seq, prompts = next.Prompts.ConvertAll(p => PromptJson.Of(Rights.Shown(p))) }, Ended.Token);
            }

            lock (gate)
            {
                Free();
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            signal.Dispose();
            turn.Dispose();
            Ended.Dispose();
        }
    }

    private void Take(long seq, IReadOnlyList<Prompt> prompts)
    {
        // What the screen has already, or is about to be sent, does not come twice.
        Add(prompts.Where(p => p.Seq > pendingSeq));
        pendingSeq = Math.Max(pendingSeq, seq);
        if (pending.Count > PendingMax)
        {
            pending.Clear();
            Overflowed = true;
        }
    }

    private void TakeEarly()
    {
        while (early.FindIndex(c => c.From <= pendingSeq) is var next and >= 0)
        {
            Take(early[next].Seq, early[next].Prompts);
            early.RemoveAt(next);
        }
    }

    private void Add(IEnumerable<Prompt> prompts)
    {
        foreach (var prompt in prompts)
        {
            // An answer that was on its way for longer must not take back what came after it.
            if (!pending.TryGetValue(prompt.Id, out var known) || known.Seq <= prompt.Seq)
            {
                pending[prompt.Id] = prompt;
            }
        }
    }

    private void Free()
    {
        if (turn.CurrentCount == 0 && !disposed)
        {
            turn.Release();
        }
    }

    private void Wake()
    {
        lock (gate)
        {
            if (signal.CurrentCount == 0 && !disposed)
            {
                signal.Release();
            }
        }
    }
}
