using Engagement.Contracts.Desks;
using Engagement.Contracts.Storage;
using Engagement.Domain.Desks;

namespace Engagement.Storage.Tests.Model;

/// <summary>What one desk's rows must hold.</summary>
internal sealed class DeskModel(string desk)
{
    private readonly Dictionary<string, Prompt> prompts = [];
    private readonly Dictionary<string, long> cursors = [];
    private readonly Dictionary<string, ClientOnDesk> onDesk = [];
    private readonly SortedDictionary<long, Handover> handovers = [];
    private readonly Dictionary<string, ActedRecord> records = [];
    private readonly Dictionary<string, ActAnswer> actions = [];
    private long seq;
    private long clients;

    public string Desk => desk;

    public long Version { get; private set; }

    public IEnumerable<long> Handovers => handovers.Keys;

    public IEnumerable<string> Records => records.Keys;

    public bool IsPending => handovers.Count > 0 || records.Count > 0;

    public bool IsDue(long nowMs) => prompts.Values.Any(p => p.Desk == desk && p.DueMs <= nowMs);

    /// <summary>A next commit, with something of everything.</summary>
    public DeskCommit Next(Random random)
    {
        var next = seq + 1;
        var id = $"{desk}-p{random.Next(6)}";
        var state = (PromptState)random.Next(Enum.GetValues<PromptState>().Length);
        var leaves = random.Next(5) == 0;
        return new()
        {
            Desk = desk,
            OldVersion = Version,
            Seq = next,
            Clients = random.Next(300),
            Prompts = [Sample.Prompt(id, leaves ? "hq" : desk, next, state, random.Next(100), expiresMs: random.Next(1_000))],
            Cursors = [($"shard:{random.Next(3)}", next)],
            OnDesk = [($"c-{random.Next(4)}", new(next, random.Next(2) == 0 ? null : "hq"))],
            Handovers = random.Next(3) == 0 ? [new(next, "hq", new("c-1", next, [Sample.Prompt("h", "hq", next)]))] : [],
            Actions = [($"{desk}-act-{random.Next(20)}", new(Sample.Prompt(id, desk, next, state), null))],
            Records = random.Next(3) == 0 ? [new($"{desk}-rec-{next}", "c-1", [(byte)next])] : [],
        };
    }

    public void Take(DeskCommit commit)
    {
        (Version, seq, clients) = (Version + 1, commit.Seq, commit.Clients);
        foreach (var prompt in commit.Prompts)
        {
            prompts[prompt.Id] = prompt;
        }

        foreach (var (source, cursor) in commit.Cursors)
        {
            cursors[source] = cursor;
        }

        foreach (var (client, on) in commit.OnDesk)
        {
            onDesk[client] = on;
        }

        foreach (var handover in commit.Handovers)
        {
            handovers[handover.Id] = handover;
        }

        foreach (var (id, answer) in commit.Actions)
        {
            actions.TryAdd(id, answer);
        }

        foreach (var record in commit.Records)
        {
            records[record.ActionId] = record;
        }
    }

    public void OnDelivered(long handover) => handovers.Remove(handover);

    public void OnAppended(string action) => records.Remove(action);

    public async Task Compare(IStores stores)
    {
        var read = await stores.Desks.Read(desk);
        Assert.Equal((Version, seq, clients), (read.Version, read.Seq, read.Clients));
        var here = prompts.Values.Where(p => p.Desk == desk).ToList();
        Assert.Equal(here.Where(p => p.IsLive).Select(Text).Order(), read.Live.Select(Text).Order());
        Assert.Equal(cursors.OrderBy(c => c.Key), read.Cursors.OrderBy(c => c.Key));
        Assert.Equal(onDesk.OrderBy(c => c.Key), read.OnDesk.OrderBy(c => c.Key));
        Assert.Equal(handovers.Values.Select(h => (h.Id, h.To, h.Moved.Client)), read.Handovers.Select(h => (h.Id, h.To, h.Moved.Client)));
        Assert.Equal(records.Values.Select(Text).Order(), read.Records.Select(Text).Order());
        Assert.Equal(here.Where(p => p.IsLive).Order(Prompt.ByRank).Select(Text), (await stores.Desks.ReadPrompts(desk, null)).Select(Text));
        foreach (var state in Enum.GetValues<PromptState>())
        {
            Assert.Equal(here.Where(p => p.State == state).Select(Text).Order(), (await stores.Desks.ReadPrompts(desk, state)).Select(Text).Order());
        }

        Assert.Equal(prompts.Values.Where(p => p.Seq > seq / 2).OrderBy(p => p.Seq).Select(Text), (await stores.Desks.ReadChanges(desk, seq / 2, 1_000)).Select(Text));
        foreach (var (id, answer) in actions)
        {
            Assert.Equal(Text(answer.Prompt!), Text((await stores.Desks.ReadAction(id))!.Prompt!));
        }
    }

    private static string Text(Prompt p) => $"{p.Id} {p.Seq} {p.Desk} {p.State} {p.Priority} {p.ExpiresMs}";

    private static string Text(ActedRecord r) => $"{r.ActionId} {r.Client} {Convert.ToHexString(r.Data)}";
}
