using System.Collections.Immutable;

namespace Engagement.Engage.Demo;

internal readonly record struct Position(string Symbol, long Quantity);

/// <summary>An invented client, as he stands when the demo starts.</summary>
/// <param name="Number">0 to 19,999, in loading order; a newcomer has -1.</param>
/// <param name="Risk">1-5; 0: never assessed.</param>
/// <param name="RiskDays">Days from the start to the end of the assessment; negative: it has expired.</param>
/// <param name="CashFen">What is not in <paramref name="Positions"/>.</param>
/// <param name="Activity">How often he trades, relative to the others; 0: dormant.</param>
/// <param name="OpenedDays">Days from the account's opening to the start.</param>
internal sealed record DemoClient(
    int Number,
    string Id,
    string Name,
    string Phone,
    DateOnly Birth,
    DemoOutlet Home,
    string Channel,
    int Risk,
    int RiskDays,
    ImmutableArray<string> Consents,
    long AssetsFen,
    long CashFen,
    ImmutableArray<Position> Positions,
    double Activity,
    int OpenedDays)
{
    public string Outlet => Home.Id;

    public bool Dormant => Activity == 0;

    /// <summary>Opened, but has not traded yet.</summary>
    public bool Fresh => OpenedDays <= 30 && Positions.IsEmpty;
}
