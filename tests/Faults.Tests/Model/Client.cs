namespace Engagement.Faults.Tests.Model;

internal sealed record Contract(string Id, string Product, long AssetsFen, long SignedAt, bool Running);

/// <summary>What is known of one client: lists, and nothing that could be computed from them.</summary>
internal sealed class Client(string id)
{
    public string Id { get; } = id;
    public bool Named { get; set; }
    public long Opened { get; set; }
    public string Outlet { get; set; } = "unknown";
    public string Channel { get; set; } = "";
    public string Status { get; set; } = "active";
    public DateOnly? Birth { get; set; }
    public int Risk { get; set; }
    public DateOnly? RiskValidUntil { get; set; }
    public List<string> Tags { get; set; } = [];

    /// <summary>Channels granted; <c>automation</c> is not among them, it is kept as a refusal.</summary>
    public HashSet<string> Granted { get; set; } = [];
    public bool AutomationRefused { get; set; }
    public List<Contract> Contracts { get; } = [];

    public (long TotalFen, long AsOf)? Valuation { get; set; }
    public List<(long Time, long Fen)> Cash { get; } = [];
    public (Dictionary<string, decimal> Positions, long AsOf)? Positions { get; set; }
    public List<(long Time, string Symbol, decimal Quantity)> Trades { get; } = [];

    public Dictionary<string, List<Counted>> Metrics { get; } = [];
    public List<string> Accepted { get; } = [];

    /// <summary>His events, each with the engine's clock when it was appended.</summary>
    public List<(SentEvent Event, long At)> Log { get; } = [];

    /// <summary>Segment to the instant of joining.</summary>
    public SortedDictionary<string, long> Segments { get; } = new(StringComparer.Ordinal);
    public List<Decision> Decisions { get; } = [];
    public List<Prompt> Prompts { get; } = [];

    public string Desk { get; set; } = "";
    public string Advisor { get; set; } = "";
    public bool Waiting { get; set; }

    /// <summary>Has he had a desk, other than <c>none</c> and the interim one of his outlet?</summary>
    public bool Placed { get; set; }

    /// <summary>Whether the place asked for will be a move that counts; known since it was asked for.</summary>
    public bool GrantCounts { get; set; }

    /// <summary>The branch where he waits for a place, or waited last.</summary>
    public string AskedIn { get; set; } = "";

    /// <summary>He was at headquarters when he asked: back there he has not moved.</summary>
    public bool AskedFromHq { get; set; }

    /// <summary>The branch that has told him that there is no room.</summary>
    public string FullIn { get; set; } = "";

    /// <summary>For what a mandate has him on the desk <c>hq</c>; empty elsewhere.</summary>
    public string HqFor { get; set; } = "";

    /// <summary>For what he would be there if a mandate covered it, and whether one did when he was last placed; null: for nothing.</summary>
    public (string Scope, bool Covered)? Sought { get; set; }

    /// <summary>Instants of the moves that count against two in 90 days.</summary>
    public List<long> Moves { get; } = [];

    /// <summary>The next instant at which time alone may change something.</summary>
    public long NextEdge { get; set; } = long.MaxValue;

    public long AssetsFen => Valuation is { } held
        ? held.TotalFen + Cash.Where(move => move.Time > held.AsOf).Sum(move => move.Fen)
        : Cash.Sum(move => move.Fen);

    public SortedDictionary<string, decimal> Holdings
    {
        get
        {
            var holdings = new SortedDictionary<string, decimal>(Positions?.Positions ?? [], StringComparer.Ordinal);
            foreach (var trade in Trades.Where(trade => trade.Time > (Positions?.AsOf ?? long.MinValue)))
            {
                holdings[trade.Symbol] = holdings.GetValueOrDefault(trade.Symbol) + trade.Quantity;
            }

            foreach (var gone in holdings.Where(held => held.Value == 0).Select(held => held.Key).ToList())
            {
                holdings.Remove(gone);
            }

            return holdings;
        }
    }

    public IReadOnlyList<string> Consents => [.. AutomationRefused ? Granted : Granted.Append("automation")];

    public IReadOnlyList<string> RunningProducts =>
        [.. Contracts.Where(contract => contract.Running).Select(contract => contract.Product).Distinct().Order(StringComparer.Ordinal)];

    public bool RiskValidAt(long now) => Risk > 0 && RiskValidUntil is { } until && ShanghaiTime.DateOf(now) <= until;

    public bool Allows(string channel) => channel == "automation" ? !AutomationRefused : Granted.Contains(channel);
}
