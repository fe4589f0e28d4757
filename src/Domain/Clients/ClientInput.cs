using Engagement.Domain.Campaigns;
using Engagement.Domain.Language;
using Engagement.Domain.Organisation;

namespace Engagement.Domain.Clients;

/// <summary>A client as expressions read it, at one instant under one catalogue and organisation.</summary>
internal sealed class ClientInput(ClientState state, DateOnly? birthDate, Catalogue catalogue, OrganisationTree organisation, long nowMs, bool[] members)
    : IExpressionInput
{
    public long NowMs => nowMs;

    /// <summary>Is this the client at that instant, under those documents? What it reads of his state it reads as it is.</summary>
    public bool IsOf(long atMs, DateOnly? birth, Catalogue under, OrganisationTree inTree, bool[] memberOf) =>
        nowMs == atMs && birthDate == birth && ReferenceEquals(catalogue, under) && ReferenceEquals(organisation, inTree) && ReferenceEquals(members, memberOf);

    public IExpressionEvent? Event { get; set; }

    public double Assets => Money.Yuan(state.Assets.TotalFen);

    public long Age => birthDate is { } birth ? Math.Max(0, Shanghai.Age(birth, Shanghai.Day(nowMs))) : 0;

    public long AgeChangesAtMs => birthDate is { } birth ? Shanghai.NextBirthdayMs(birth, Shanghai.Day(nowMs)) : long.MaxValue;

    public long AgeReachesAtMs(long years) =>
        birthDate is { } birth && years > Age && Shanghai.BirthdayMs(birth, years) is { } reachesMs ? reachesMs : long.MaxValue;

    public long Risk => state.Risk;

    public bool RiskValid => IsRiskValid(state, nowMs);

    public long RiskValidChangesAtMs => RiskValid ? Shanghai.StartMs(state.RiskValidUntilDay!.Value + 1) : long.MaxValue;

    public long OpenedMs => state.OpenedMs;

    public HoldingMap Holdings => state.Holdings.AsDoubles;

    public string Branch => organisation.Outlets.TryGetValue(state.Outlet, out var outlet) ? outlet.Branch : "";

    public static bool IsRiskValid(ClientState state, long nowMs) => state.Risk > 0 && state.RiskValidUntilDay >= Shanghai.Day(nowMs);

    public static IReadOnlyList<string> Consents(ClientState state) =>
        state.AutomationRefused ? state.Consents : [.. state.Consents.Append(EventTypes.Automation).Order(StringComparer.Ordinal)];

    public string Text(ClientText field) => field switch
    {
        ClientText.Id => state.Id,
        ClientText.Outlet => state.Outlet,
        ClientText.Branch => Branch,
        ClientText.Advisor => state.Assignment.Advisor ?? "",
        ClientText.Channel => state.Channel,
        ClientText.Tier => catalogue.TierOf(state.Assets.TotalFen, state.Outlet, Branch),
        ClientText.Status => state.Status,
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "Not a text of a client."),
    };

    public IReadOnlyList<string> List(ClientList field) => field switch
    {
        ClientList.Tags => state.Tags,
        ClientList.Consents => Consents(state),
        ClientList.Contracts => [.. state.Contracts.Where(c => c.Running).Select(c => c.Product).Distinct().Order(StringComparer.Ordinal)],
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "Not a list of a client."),
    };

    public bool ListHolds(ClientList field, string text) => field switch
    {
        ClientList.Tags => state.Tags.Contains(text),
        ClientList.Consents => (text == EventTypes.Automation && !state.AutomationRefused) || state.Consents.Contains(text),
        _ => IndexOfProduct(text, state.Contracts.Count) >= 0,
    };

    public int ListCount(ClientList field)
    {
        switch (field)
        {
            case ClientList.Tags:
                return state.Tags.Count;
            case ClientList.Consents:
                return state.Consents.Count + (state.AutomationRefused ? 0 : 1);
            default:
                var products = 0;
                for (var i = 0; i < state.Contracts.Count; i++)
                {
                    // Each product once: where it stands first.
                    products += state.Contracts[i].Running && IndexOfProduct(state.Contracts[i].Product, i) < 0 ? 1 : 0;
                }

                return products;
        }
    }

    public bool InSegment(int segment) => members[segment];

    public long MetricCount(int metric, Window window) => state.Metrics[metric].CountIn(window, nowMs);

    public double MetricSum(int metric, Window window) => state.Metrics[metric].SumIn(window, nowMs) / (double)Money.Scale4;

    public double MetricMax(int metric, Window window) => state.Metrics[metric].MaxIn(window, nowMs) / (double)Money.Scale4;

    public long MetricLastMs(int metric) => state.Metrics[metric].LastMs;

    public long MetricChangesAtMs(int metric, MetricFunction function, Window window) => state.Metrics[metric].ChangesAtMs(function, window, nowMs);

    public double MetricFigure(int metric, MetricFunction function, Window window, double least, double most, out long turnsAtMs) =>
        state.Metrics[metric].FigureIn(function, window, nowMs, least, most, out turnsAtMs);

    /// <summary>The first running contract of a product, among the first so many contracts; -1 where there is none.</summary>
    private int IndexOfProduct(string product, int before)
    {
        for (var i = 0; i < before; i++)
        {
            if (state.Contracts[i].Running && state.Contracts[i].Product == product)
            {
                return i;
            }
        }

        return -1;
    }
}
