using Engagement.Domain.Organisation;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Clients;

/// <summary>
/// All that the engine holds of one client: a pure function of the client's log, the published documents and the trading
/// calendar. It changes only in <see cref="ClientFold"/> and in the evaluation that follows. Personal fields are beside it,
/// not in it: a snapshot never holds them.
/// </summary>
public sealed class ClientState
{
    public const string UnknownOutlet = "unknown";

    public string Id { get; init; } = "";

    /// <summary>Position of the last record that was applied; 0 before the first.</summary>
    public long Position { get; set; }

    /// <summary>How many events were applied. With the engine's instant it names what triggered a decision, wherever in the shard's log that stands.</summary>
    public long Events { get; set; }

    public string Outlet { get; set; } = UnknownOutlet;

    public string Channel { get; set; } = "";

    public string Status { get; set; } = "active";

    /// <summary>Has an <c>account.opened</c> come?</summary>
    public bool Opened { get; set; }

    public long OpenedMs { get; set; }

    /// <summary>1-5, 0 where unknown.</summary>
    public int Risk { get; set; }

    /// <summary>The last day on which the assessment is valid; null: not valid.</summary>
    public int? RiskValidUntilDay { get; set; }

    public List<string> Tags { get; set; } = [];

    /// <summary>Channels granted, without automation; sorted.</summary>
    public List<string> Consents { get; set; } = [];

    public bool AutomationRefused { get; set; }

    public AssetsState Assets { get; init; } = new();

    public HoldingsState Holdings { get; init; } = new();

    /// <summary>Newest signing last.</summary>
    public List<ContractState> Contracts { get; init; } = [];

    /// <summary>Parallel to the metrics of the catalogue in force.</summary>
    public List<MetricState> Metrics { get; set; } = [];

    public List<Membership> Memberships { get; init; } = [];

    public AssignmentState Assignment { get; init; } = new();

    public ContactHistory Contacts { get; init; } = new();

    public int CatalogueVersion { get; set; }

    public int OrganisationVersion { get; set; }

    /// <summary>The engine's instant of the last record.</summary>
    public long AtMs { get; set; }

    /// <summary>Position of the client's own last record; those that concern every client are not counted.</summary>
    public long LastRecord { get; set; }
}

/// <summary>A segment the client is a member of, and since when.</summary>
public readonly record struct Membership(string Segment, long SinceMs);

[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("contract-state")]
public sealed record ContractState(
    [property: Orleans.Id(0)] string Contract,
    [property: Orleans.Id(1)] string Product,
    [property: Orleans.Id(2)] long AssetsFen,
    [property: Orleans.Id(3)] long SignedMs,
    [property: Orleans.Id(4)] bool Running);

/// <summary>Where the client belongs: his desk, his advisor, what was asked of the branch.</summary>
public sealed class AssignmentState
{
    public string Desk { get; set; } = "none";

    /// <summary>Null: none.</summary>
    public string? Advisor { get; set; }

    /// <summary>Position of the record that asked for a place and has not been answered or withdrawn; 0: none.</summary>
    public long AskedPosition { get; set; }

    /// <summary>Instants of the moves that count against the limit, oldest first; at most two are kept.</summary>
    public List<long> MovesMs { get; init; } = [];

    /// <summary>The first desk of a client is no move.</summary>
    public bool Placed { get; set; }

    /// <summary>Branch that holds the asking or the place, so that it is told when the client goes.</summary>
    public string? Branch { get; set; }

    /// <summary>When a move that the limit refused is tried again; 0: none.</summary>
    public long RetryMs { get; set; }

    /// <summary>Will the grant that was asked for count as a move?</summary>
    public bool GrantIsMove { get; set; }

    /// <summary>The assets that the branch was last told, in fen.</summary>
    public long ReportedFen { get; set; }

    /// <summary>The outlet in which a place was asked for.</summary>
    public string? AskedOutlet { get; set; }

    /// <summary>The branch that said it has no room for him, while he has not got a place and wants one; otherwise null.</summary>
    public string? FullIn { get; set; }

    /// <summary>For what a mandate has him on the desk <c>hq</c>; null on every other desk.</summary>
    public MandateScope? HqFor { get; set; }

    /// <summary>For what he would be at headquarters under a mandate, as he was last placed; null: no mandate concerns him.</summary>
    public MandateScope? HqWanted { get; set; }

    /// <summary>Did a mandate cover <see cref="HqWanted"/> when he was last placed?</summary>
    public bool Covered { get; set; }

    /// <summary>He asked for a place from the desk <c>hq</c>: back there he has not moved.</summary>
    public bool AskedFromHq { get; set; }
}

/// <summary>What cooldowns and caps remember.</summary>
public sealed class ContactHistory
{
    /// <summary>Campaign to the instant of its last decision that was raised or had to wait when it was made.</summary>
    public Dictionary<string, long> LastRaisedMs { get; init; } = [];

    /// <summary>Shanghai day and how many were raised on it, oldest first.</summary>
    public List<DayCount> Raised { get; init; } = [];

    /// <summary>Decisions that wait for the policy's window, in the order in which they were made.</summary>
    public List<WaitingDecision> Waiting { get; init; } = [];

    /// <summary>Prompts that a desk may still hold live, so that they can be withdrawn when the permission ends.</summary>
    public List<RaisedPrompt> Prompts { get; init; } = [];

    /// <summary>Goals of the prompts that were raised, oldest first: what counts as their success, and until when.</summary>
    public List<AwaitedGoal> Goals { get; init; } = [];

    /// <summary>Has the decision a prompt, or does it wait for one?</summary>
    public bool Speaks(string decision) => Prompts.Exists(p => p.Id == decision) || Waiting.Exists(w => w.Decision.Id == decision);

    public int RaisedSince(int day)
    {
        var count = 0;
        for (var i = Raised.Count - 1; i >= 0 && Raised[i].Day >= day; i--)
        {
            count += Raised[i].Count;
        }

        return count;
    }

    public void OnRaised(long nowMs)
    {
        var day = Shanghai.Day(nowMs);
        if (Raised.Count > 0 && Raised[^1].Day == day)
        {
            Raised[^1] = new(day, Raised[^1].Count + 1);
            return;
        }

        Raised.Add(new(day, 1));
        // No cap looks back further than a metric's longest window.
        Raised.RemoveAll(d => d.Day < day - 400);
    }
}

public readonly record struct DayCount(int Day, int Count);

/// <summary>A decision that passed the gate while the policy's window was closed. What it says was fixed when it was made.</summary>
public sealed record WaitingDecision(
    Campaigns.Decision Decision,
    long OpensMs,
    int Priority,
    decimal Value,
    Localized Message);

/// <summary>A prompt as the client remembers it. The desk alone knows its state; this is enough to know when to withdraw it.</summary>
public sealed record RaisedPrompt(
    string Id,
    string? Channel,
    int Risk,
    long ExpiresMs,
    bool Accepted)
{
    /// <summary>Somebody ended it; undo may bring it back.</summary>
    public bool Ended { get; init; }
}

/// <summary>An event of the type within the time is a conversion of the prompt.</summary>
public readonly record struct AwaitedGoal(string Prompt, string Event, long RaisedMs, long UntilMs);
