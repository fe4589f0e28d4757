using Engagement.Domain.Segments;

namespace Engagement.Domain.Clients;

/// <summary>
/// All that the engine holds of one client: a pure function of the client's log, the published documents and the trading
/// calendar. It changes only in <see cref="ClientFold"/> and in the evaluation that follows. Personal fields are beside it,
/// not in it: a snapshot never holds them.
/// </summary>
[Orleans.GenerateSerializer, Orleans.Alias("client-state")]
public sealed class ClientState
{
    public const string UnknownOutlet = "unknown";

    [Orleans.Id(0)]
    public string Id { get; init; } = "";

    /// <summary>Position of the last record that was applied; 0 before the first.</summary>
    [Orleans.Id(1)]
    public long Position { get; set; }

    /// <summary>How many events were applied. With the engine's instant it names what triggered a decision, wherever in the shard's log that stands.</summary>
    [Orleans.Id(2)]
    public long Events { get; set; }

    [Orleans.Id(3)]
    public string Outlet { get; set; } = UnknownOutlet;

    [Orleans.Id(4)]
    public string Channel { get; set; } = "";

    [Orleans.Id(5)]
    public string Status { get; set; } = "active";

    /// <summary>Has an <c>account.opened</c> come?</summary>
    [Orleans.Id(6)]
    public bool Opened { get; set; }

    [Orleans.Id(7)]
    public long OpenedMs { get; set; }

    /// <summary>1-5, 0 where unknown.</summary>
    [Orleans.Id(8)]
    public int Risk { get; set; }

    /// <summary>The last day on which the assessment is valid; null: not valid.</summary>
    [Orleans.Id(9)]
    public int? RiskValidUntilDay { get; set; }

    [Orleans.Id(10)]
    public List<string> Tags { get; set; } = [];

    /// <summary>Channels granted, without automation; sorted.</summary>
    [Orleans.Id(11)]
    public List<string> Consents { get; set; } = [];

    [Orleans.Id(12)]
    public bool AutomationRefused { get; set; }

    [Orleans.Id(13)]
    public AssetsState Assets { get; init; } = new();

    [Orleans.Id(14)]
    public HoldingsState Holdings { get; init; } = new();

    /// <summary>Newest signing last.</summary>
    [Orleans.Id(15)]
    public List<ContractState> Contracts { get; init; } = [];

    /// <summary>Parallel to the metrics of the catalogue in force.</summary>
    [Orleans.Id(16)]
    public List<MetricState> Metrics { get; set; } = [];

    [Orleans.Id(17)]
    public List<Membership> Memberships { get; init; } = [];

    [Orleans.Id(18)]
    public AssignmentState Assignment { get; init; } = new();

    [Orleans.Id(19)]
    public ContactHistory Contacts { get; init; } = new();

    [Orleans.Id(20)]
    public int CatalogueVersion { get; set; }

    [Orleans.Id(21)]
    public int OrganisationVersion { get; set; }

    /// <summary>The engine's instant of the last record.</summary>
    [Orleans.Id(22)]
    public long AtMs { get; set; }

    /// <summary>Position of the client's own last record; those that concern every client are not counted.</summary>
    [Orleans.Id(23)]
    public long LastRecord { get; set; }
}

/// <summary>A segment the client is a member of, and since when.</summary>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("membership")]
public readonly record struct Membership([property: Orleans.Id(0)] string Segment, [property: Orleans.Id(1)] long SinceMs);

[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("contract-state")]
public sealed record ContractState(
    [property: Orleans.Id(0)] string Contract,
    [property: Orleans.Id(1)] string Product,
    [property: Orleans.Id(2)] long AssetsFen,
    [property: Orleans.Id(3)] long SignedMs,
    [property: Orleans.Id(4)] bool Running);

/// <summary>Where the client belongs: his desk, his advisor, what was asked of the branch.</summary>
[Orleans.GenerateSerializer, Orleans.Alias("assignment-state")]
public sealed class AssignmentState
{
    [Orleans.Id(0)]
    public string Desk { get; set; } = "none";

    /// <summary>Null: none.</summary>
    [Orleans.Id(1)]
    public string? Advisor { get; set; }

    /// <summary>Position of the record that asked for a place and has not been answered or withdrawn; 0: none.</summary>
    [Orleans.Id(2)]
    public long AskedPosition { get; set; }

    /// <summary>Instants of the moves that count against the limit, oldest first; at most two are kept.</summary>
    [Orleans.Id(3)]
    public List<long> MovesMs { get; init; } = [];

    /// <summary>The first desk of a client is no move.</summary>
    [Orleans.Id(4)]
    public bool Placed { get; set; }

    /// <summary>Branch that holds the asking or the place, so that it is told when the client goes.</summary>
    [Orleans.Id(5)]
    public string? Branch { get; set; }

    /// <summary>When a move that the limit refused is tried again; 0: none.</summary>
    [Orleans.Id(6)]
    public long RetryMs { get; set; }

    /// <summary>Will the grant that was asked for count as a move?</summary>
    [Orleans.Id(7)]
    public bool GrantIsMove { get; set; }

    /// <summary>The assets that the branch was last told, in fen.</summary>
    [Orleans.Id(8)]
    public long ReportedFen { get; set; }

    /// <summary>The outlet in which a place was asked for.</summary>
    [Orleans.Id(9)]
    public string? AskedOutlet { get; set; }
}

/// <summary>What cooldowns and caps remember.</summary>
[Orleans.GenerateSerializer, Orleans.Alias("contact-history")]
public sealed class ContactHistory
{
    /// <summary>Campaign to the instant of its last decision that was raised or had to wait when it was made.</summary>
    [Orleans.Id(0)]
    public Dictionary<string, long> LastRaisedMs { get; init; } = [];

    /// <summary>Shanghai day and how many were raised on it, oldest first.</summary>
    [Orleans.Id(1)]
    public List<DayCount> Raised { get; init; } = [];

    /// <summary>Decisions that wait for the policy's window, in the order in which they were made.</summary>
    [Orleans.Id(2)]
    public List<WaitingDecision> Waiting { get; init; } = [];

    /// <summary>Prompts that a desk may still hold live, so that they can be withdrawn when the permission ends.</summary>
    [Orleans.Id(3)]
    public List<RaisedPrompt> Prompts { get; init; } = [];

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

[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("day-count")]
public readonly record struct DayCount([property: Orleans.Id(0)] int Day, [property: Orleans.Id(1)] int Count);

/// <summary>A decision that passed the gate while the policy's window was closed. What it says was fixed when it was made.</summary>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("waiting-decision")]
public sealed record WaitingDecision(
    [property: Orleans.Id(0)] Campaigns.Decision Decision,
    [property: Orleans.Id(1)] long OpensMs,
    [property: Orleans.Id(2)] int Priority,
    [property: Orleans.Id(3)] decimal Value,
    [property: Orleans.Id(4)] Localized Message);

/// <summary>A prompt as the client remembers it. The desk alone knows its state; this is enough to know when to withdraw it.</summary>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("raised-prompt")]
public sealed record RaisedPrompt(
    [property: Orleans.Id(0)] string Id,
    [property: Orleans.Id(1)] string? Channel,
    [property: Orleans.Id(2)] int Risk,
    [property: Orleans.Id(3)] long ExpiresMs,
    [property: Orleans.Id(4)] bool Accepted);
