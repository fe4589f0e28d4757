using Engagement.Contracts.Desks;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Engagement.Domain.Desks;

namespace Engagement.Grains.Desks;

/// <summary>A desk as committed. It changes only by taking a change that was committed.</summary>
internal sealed class DeskState
{
    private readonly string name;
    private readonly LivePrompts live;
    private readonly Dictionary<string, long> cursors;
    private readonly Dictionary<string, ClientOnDesk> onDesk;

    public DeskState(string name, StoredDesk stored)
    {
        this.name = name;
        live = new(name);
        foreach (var prompt in stored.Live)
        {
            live.Put(prompt);
        }

        cursors = new(stored.Cursors);
        onDesk = new(stored.OnDesk);
        (Version, Seq, Clients) = (stored.Version, stored.Seq, stored.Clients);
    }

    public string Name => name;

    public long Version { get; private set; }

    public long Seq { get; private set; }

    public long Clients { get; private set; }

    public LivePrompts Live => live;

    public static string WithdrawnId(string prompt) => "withdrawn/" + prompt;

    public long CursorOf(string source) => cursors.GetValueOrDefault(source);

    public ClientOnDesk? On(string client) => onDesk.TryGetValue(client, out var on) ? on : null;

    public DeskChange Begin() => new(this);

    public void Take(DeskChange change)
    {
        Version++;
        (Seq, Clients) = (change.Seq, change.Clients);
        foreach (var prompt in change.Prompts)
        {
            live.Put(prompt);
        }

        foreach (var (source, cursor) in change.Cursors)
        {
            cursors[source] = cursor;
        }

        foreach (var (client, on) in change.OnDesk)
        {
            onDesk[client] = on;
        }
    }
}

/// <summary>What a desk is about to become. Every change of a prompt takes the desk's next sequence number.</summary>
internal sealed class DeskChange(DeskState desk)
{
    private readonly Dictionary<string, Prompt> prompts = [];
    private readonly LivePrompts live = new(desk.Name);
    private readonly Dictionary<string, long> cursors = [];
    private readonly Dictionary<string, ClientOnDesk> onDesk = [];
    private readonly List<Handover> handovers = [];
    private readonly List<(string, ActAnswer)> actions = [];

    public long Seq { get; private set; } = desk.Seq;

    public long Clients { get; private set; } = desk.Clients;

    public bool IsEmpty => prompts.Count == 0 && cursors.Count == 0 && onDesk.Count == 0 && actions.Count == 0;

    /// <summary>Each changed prompt once, as it is now, in the order of the sequence.</summary>
    public IReadOnlyList<Prompt> Prompts => [.. prompts.Values.OrderBy(p => p.Seq)];

    public IEnumerable<(string Source, long Cursor)> Cursors => cursors.Select(c => (c.Key, c.Value));

    public IEnumerable<(string Client, ClientOnDesk On)> OnDesk => onDesk.Select(c => (c.Key, c.Value));

    public IReadOnlyList<Handover> Handovers => handovers;

    public ActedRecord? Record { get; private set; }

    public Prompt? Find(string id) => prompts.TryGetValue(id, out var prompt) ? prompt : desk.Live.Find(id);

    public Prompt Put(Prompt prompt)
    {
        var changed = prompt with { Seq = ++Seq };
        prompts[prompt.Id] = changed;
        live.Put(changed);
        return changed;
    }

    /// <summary>Undo may bring a prompt back to life whose client has left this desk meanwhile: it goes where he went.</summary>
    public Prompt PutAfterItsClient(Prompt prompt)
    {
        if (prompt.IsLive && On(prompt.Client) is { To: { } to } left)
        {
            Move([prompt], prompt.Client, left.Position, to);
            return prompts[prompt.Id];
        }

        return Put(prompt);
    }

    public void Cursor(string source, long cursor) => cursors[source] = cursor;

    public long CursorOf(string source) => cursors.TryGetValue(source, out var changed) ? changed : desk.CursorOf(source);

    public void Acted(string actionId, ActAnswer answer, ActedRecord? record)
    {
        actions.Add((actionId, answer));
        Record = record;
    }

    /// <summary>Lets time pass for everything.</summary>
    public void OnTime(long nowMs) => OnTime(nowMs, Live(p => p.DueBy(nowMs)));

    /// <summary>
    /// Lets time pass for one client, up to a record of his. Not for others: shards work off what is due side by side, and what
    /// another's client does earlier may still be on its way.
    /// </summary>
    public void OnTime(long nowMs, string client) => OnTime(nowMs, Live(p => p.Of(client)).Where(p => p.DueMs <= nowMs));

    private void OnTime(long nowMs, IEnumerable<Prompt> due)
    {
        foreach (var prompt in due.OrderBy(p => p.DueMs).ThenBy(p => p.Id, StringComparer.Ordinal).ToList())
        {
            Put(PromptDecider.OnTime(prompt, nowMs));
        }
    }

    public void On(DeskMessage message)
    {
        switch (message)
        {
            case PromptRaised raised:
                Put(raised.Prompt);
                break;
            case PromptWithdrawn withdrawn:
                Withdraw(withdrawn);
                break;
            case ClientCame came:
                Clients += Present(came.Client) ? 0 : 1;
                onDesk[came.Client] = new(came.Position, null);
                break;
            case ClientLeft left:
                Clients -= Present(left.Client) ? 1 : 0;
                onDesk[left.Client] = new(left.Position, left.To);
                HandOver(left);
                break;
            case ClientRelated related:
                foreach (var prompt in Live(p => p.Of(related.Client)).OrderBy(p => p.Id, StringComparer.Ordinal).ToList())
                {
                    Put(prompt with { Outlet = related.Outlet, HqFor = related.HqFor });
                }

                break;
            default:
                throw new InvalidOperationException($"A desk takes no {message.GetType().Name}.");
        }
    }

    /// <summary>
    /// Takes a prompt from another desk, or sends it after its client where he has gone on by then: by which mandates it is to be seen
    /// there is not known, so that any of his branch counts.
    /// </summary>
    public void Receive(PromptsMoved moved, Prompt prompt, bool withdrawn)
    {
        var mine = prompt with { Desk = desk.Name };
        if (withdrawn)
        {
            Put(mine with { State = PromptState.Withdrawn });
            return;
        }

        if (On(moved.Client) is { To: { } further } on && on.Position > moved.Position)
        {
            Move([mine with { HqFor = null }], moved.Client, on.Position, further);
            return;
        }

        Put(mine);
    }

    public DeskCommit ToCommit() => new()
    {
        Desk = desk.Name,
        OldVersion = desk.Version,
        Seq = Seq,
        Clients = Clients,
        Prompts = Prompts,
        Cursors = [.. Cursors],
        OnDesk = [.. OnDesk],
        Handovers = handovers,
        Actions = actions,
        Records = Record is null ? [] : [Record],
    };

    /// <summary>What is live once this change is taken: the desk's that it leaves alone, and its own.</summary>
    private IEnumerable<Prompt> Live(Func<LivePrompts, IEnumerable<Prompt>> which) => which(desk.Live).Where(p => !prompts.ContainsKey(p.Id)).Concat(which(live));

    private ClientOnDesk? On(string client) => onDesk.TryGetValue(client, out var changed) ? changed : desk.On(client);

    private bool Present(string client) => On(client) is { To: null };

    private void Withdraw(PromptWithdrawn withdrawn)
    {
        if (Find(withdrawn.PromptId) is { } prompt && prompt.Desk == desk.Name)
        {
            if (prompt.IsLive)
            {
                Put(prompt with { State = PromptState.Withdrawn, Undo = null });
            }
        }
        else
        {
            // Still on its way from the desk before, or to come back from one after: remembered, so that it is withdrawn when it comes.
            actions.Add((DeskState.WithdrawnId(withdrawn.PromptId), new(null, null)));
        }
    }

    private void HandOver(ClientLeft left)
    {
        var moving = Live(p => p.Of(left.Client)).OrderBy(p => p.Id, StringComparer.Ordinal)
            .Select(p => p with { Outlet = left.Outlet ?? p.Outlet, HqFor = left.HqFor }).ToList();
        if (moving.Count > 0)
        {
            Move(moving, left.Client, left.Position, left.To);
        }
    }

    private void Move(List<Prompt> moving, string client, long position, string to)
    {
        if (to == "none")
        {
            // Nobody may act there.
            moving.ForEach(p => Put(p with { State = PromptState.Withdrawn, Undo = null }));
            return;
        }

        Leave(moving, client, position, to);
    }

    private void Leave(List<Prompt> moving, string client, long position, string to)
    {
        var left = moving.ConvertAll(p => Put(p with { Desk = to, Undo = null }));
        // The receiver drops a number that it has seen, so numbers must grow for ever, also over a restart: the sequence does.
        handovers.Add(new(Seq, to, new(client, position, left)));
    }
}
