using Engagement.Domain.Clients;

namespace Engagement.Domain.Organisation;

/// <summary>Counts, client by client, what the publish of an organisation would move. Holds counts, however many clients there are.</summary>
/// <param name="now">The organisation in force.</param>
/// <param name="then">The one that is thought of.</param>
public sealed class OrganisationTally(OrganisationTree now, OrganisationTree then)
{
    private static readonly string NoDesk = DeskId.None.ToString();

    private readonly Dictionary<string, BranchCounts> branches =
        now.Branches.Concat(then.Branches).Select(b => b.Id).Distinct().ToDictionary(id => id, _ => new BranchCounts());

    private readonly Dictionary<string, AdvisorCounts> advisors =
        now.Advisors.Keys.Union(then.Advisors.Keys).Where(id => PostOf(now, id) != PostOf(then, id)).ToDictionary(id => id, _ => new AdvisorCounts());

    private readonly Dictionary<(string Branch, MandateScope Scope), (long Clients, long Would)> mandates = [];
    private readonly Dictionary<string, (long Come, long Leave)> desks = [];
    private long clients;
    private long moved;
    private long promptsMoved;
    private long promptsWithdrawn;

    /// <summary>Takes a client as he is stored, and publishes the candidate to him. He is of no use for anything else after it.</summary>
    /// <param name="unmet">What was published and he has not met yet, then the candidate.</param>
    public void Add(ClientEngine client, IReadOnlyList<LogRecord> unmet)
    {
        clients++;
        var assignment = client.State.Assignment;
        var (desk, atMs) = (assignment.Desk, unmet[^1].AtMs);
        var live = client.State.Contacts.Prompts.Count(p => !p.Ended && (p.Accepted || p.ExpiresMs > atMs));
        Count(client.State, now, then: false);
        foreach (var record in unmet)
        {
            client.Apply(record);
        }

        Count(client.State, then, then: true);
        if (assignment.Desk == desk)
        {
            return;
        }

        moved++;
        (promptsMoved, promptsWithdrawn) = assignment.Desk == NoDesk ? (promptsMoved, promptsWithdrawn + live) : (promptsMoved + live, promptsWithdrawn);
        Note(desk, come: 0, leave: 1);
        Note(assignment.Desk, come: 1, leave: 0);
    }

    public OrganisationPreview Result() => new(
        clients, moved, promptsMoved, promptsWithdrawn,
        [.. branches.Select(b => new BranchPreview(
            b.Key, b.Value.Clients, b.Value.Would, b.Value.Waiting, b.Value.WouldWait, b.Value.Served, CapacityOf(b.Key)))],
        [.. mandates.Select(m => new MandatePreview(m.Key.Branch, m.Key.Scope, m.Value.Clients, m.Value.Would))],
        [.. advisors.Select(a => new AdvisorPreview(a.Key, PostOf(now, a.Key), PostOf(then, a.Key), a.Value.Clients, a.Value.Would))],
        [.. desks.Select(d => new DeskPreview(d.Key, d.Value.Come, d.Value.Leave))]);

    private void Count(ClientState client, OrganisationTree tree, bool then)
    {
        var assignment = client.Assignment;
        if (assignment.Advisor is { } id && advisors.TryGetValue(id, out var advisor))
        {
            (advisor.Clients, advisor.Would) = then ? (advisor.Clients, advisor.Would + 1) : (advisor.Clients + 1, advisor.Would);
        }

        if (then && assignment.Advisor is { } held && tree.Advisors.TryGetValue(held, out var holds) && holds.Status == AdvisorStatus.Active)
        {
            branches[holds.Branch].Served++;
        }

        if (!tree.Outlets.TryGetValue(client.Outlet, out var home))
        {
            return;
        }

        branches[home.Branch].Count(then, assignment.AskedPosition != 0);
        if (assignment.HqFor is { } scope)
        {
            var (here, would) = mandates.GetValueOrDefault((home.Branch, scope));
            mandates[(home.Branch, scope)] = then ? (here, would + 1) : (here + 1, would);
        }
    }

    private void Note(string desk, long come, long leave)
    {
        var before = desks.GetValueOrDefault(desk);
        desks[desk] = (before.Come + come, before.Leave + leave);
    }

    private long CapacityOf(string branch) => then.BranchesById.TryGetValue(branch, out var found)
        ? found.Outlets.SelectMany(o => o.Advisors).Where(a => a.Status == AdvisorStatus.Active).Sum(a => (long)a.Capacity)
        : 0;

    private static AdvisorPost? PostOf(OrganisationTree tree, string id) =>
        tree.Advisors.TryGetValue(id, out var found) ? new(found.Branch, found.Outlet, found.Status, found.Capacity) : null;

    private sealed class BranchCounts
    {
        public long Clients { get; private set; }

        public long Would { get; private set; }

        public long Waiting { get; private set; }

        public long WouldWait { get; private set; }

        public long Served { get; set; }

        public void Count(bool then, bool waits)
        {
            var one = waits ? 1 : 0;
            (Clients, Would) = then ? (Clients, Would + 1) : (Clients + 1, Would);
            (Waiting, WouldWait) = then ? (Waiting, WouldWait + one) : (Waiting + one, WouldWait);
        }
    }

    private sealed class AdvisorCounts
    {
        public long Clients { get; set; }

        public long Would { get; set; }
    }
}
