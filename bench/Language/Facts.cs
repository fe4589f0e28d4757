using Engagement.Domain;
using Engagement.Domain.Clients;
using Engagement.Domain.Language;
using Engagement.Domain.Segments;

namespace Engagement.Bench.Language;

/// <summary>One client, as the language reads him and as plain C# does.</summary>
public sealed class Facts : IExpressionInput
{
    public const long Day = 86_400_000;

    private readonly MetricState trades = new();
    private readonly HoldingsState holdings = new();
    private readonly string[] tags = ["vip", "etf"];

    public Facts()
    {
        holdings.OnValued([new("600000", 1_000_000), new("600519", 2_000_000), new("688111", 3_000_000)], NowMs);
        for (var day = 0; day < 20; day++)
        {
            trades.Add(NowMs - (day * 9 * Day), NowMs - (day * 9 * Day), 10_000);
        }
    }

    public long NowMs { get; } = 1_772_416_800_000;

    public double Assets => 123_456.78;

    public long Age => 41;

    public long AgeChangesAtMs => NowMs + Day;

    public long AgeReachesAtMs(long years) => NowMs + Day;

    public long Risk => 3;

    public bool RiskValid => true;

    public long RiskValidChangesAtMs => NowMs + Day;

    public long OpenedMs => NowMs - (900 * Day);

    public string Tier { get; } = "affluent";

    /// <summary>For those who cannot ask for a window.</summary>
    public int TradesIn30Days => (int)trades.CountIn(new Window(WindowKind.Days, 30), NowMs);

    public TimeSpan OpenFor => TimeSpan.FromMilliseconds(NowMs - OpenedMs);

    public HoldingMap Holdings => holdings.AsDoubles;

    public IExpressionEvent? Event => null;

    public string Text(ClientText field) => field == ClientText.Tier ? Tier : "";

    public IReadOnlyList<string> List(ClientList field) => tags;

    public bool ListHolds(ClientList field, string text) => Array.IndexOf(tags, text) >= 0;

    public int ListCount(ClientList field) => tags.Length;

    public bool InSegment(int segment) => true;

    public long MetricCount(int metric, Window window) => trades.CountIn(window, NowMs);

    public double MetricSum(int metric, Window window) => trades.SumIn(window, NowMs) / (double)Money.Scale4;

    public double MetricMax(int metric, Window window) => trades.MaxIn(window, NowMs) / (double)Money.Scale4;

    public long MetricLastMs(int metric) => trades.LastMs;

    public long MetricChangesAtMs(int metric, MetricFunction function, Window window) => trades.ChangesAtMs(function, window, NowMs);

    public double MetricFigure(int metric, MetricFunction function, Window window, double least, double most, out long turnsAtMs) =>
        trades.FigureIn(function, window, NowMs, least, most, out turnsAtMs);

    public static Expression Compile(string source)
    {
        var scope = new ExpressionScope(true, false, null, new Dictionary<string, int> { ["trades"] = 0 }, new Dictionary<string, int> { ["vip"] = 0 });
        return Expression.TryCompile(source, scope, CelKind.Bool, out var expression, out var errors)
            ? expression
            : throw new InvalidOperationException(errors[0].Message);
    }
}
