using Engagement.Domain.Language;

namespace Engagement.Domain.Tests.Language;

/// <summary>
/// A client for tests. Its metrics hold a list of event times each and understand every window by minutes or whole days,
/// so that its answers and the instants at which they change are worked out independently of the evaluator.
/// </summary>
internal sealed class FakeInput : IExpressionInput
{
    public const long Day = 86_400_000;
    public const long Minute = 60_000;

    /// <summary>2026-03-02T02:00:00Z, a Monday morning in Shanghai.</summary>
    public const long Start = 1_772_416_800_000;

    private PositionMap? holdings;

    public Dictionary<ClientText, string> Texts { get; } = new() { [ClientText.Status] = "active" };

    public Dictionary<ClientList, string[]> Lists { get; } = [];

    public SortedList<string, double> Positions { get; } = new(StringComparer.Ordinal);

    public HashSet<int> Memberships { get; } = [];

    /// <summary>By metric index: time and value of each event.</summary>
    public Dictionary<int, List<(long TimeMs, double Value)>> Metrics { get; } = [];

    public long NowMs { get; set; } = Start;

    public double Assets { get; set; } = 123_456.78;

    public long BirthdayMs { get; set; } = long.MaxValue;

    public long Age => 29 + (NowMs >= BirthdayMs ? 1 : 0);

    public long AgeChangesAtMs => NowMs < BirthdayMs ? BirthdayMs : long.MaxValue;

    public long AgeReachesAtMs(long years) => years == 30 && NowMs < BirthdayMs ? BirthdayMs : long.MaxValue;

    public long Risk { get; set; } = 3;

    public long RiskUntilMs { get; set; } = long.MaxValue;

    public bool RiskValid => NowMs < RiskUntilMs;

    public long RiskValidChangesAtMs => RiskValid ? RiskUntilMs : long.MaxValue;

    public long OpenedMs { get; set; } = Start - (100 * Day);

    public HoldingMap Holdings => holdings ??= new PositionMap(Positions);

    public IExpressionEvent? Event { get; set; }

    public string Text(ClientText field) => Texts.GetValueOrDefault(field, "");

    public IReadOnlyList<string> List(ClientList field) => Lists.GetValueOrDefault(field, []);

    public bool ListHolds(ClientList field, string text) => List(field).Contains(text);

    public int ListCount(ClientList field) => List(field).Count;

    public bool InSegment(int segment) => Memberships.Contains(segment);

    public long MetricCount(int metric, Window window) => Inside(metric, window).Count();

    public double MetricSum(int metric, Window window) => Inside(metric, window).Sum(e => e.Value);

    public double MetricMax(int metric, Window window) => Inside(metric, window).Select(e => e.Value).DefaultIfEmpty().Max();

    public long MetricLastMs(int metric) => Events(metric).Select(e => e.TimeMs).DefaultIfEmpty().Max();

    public long MetricChangesAtMs(int metric, MetricFunction function, Window window) =>
        function is MetricFunction.Ever or MetricFunction.Last
            ? long.MaxValue
            : Inside(metric, window).Select(e => LeavesAt(e.TimeMs, window)).DefaultIfEmpty(long.MaxValue).Min();

    /// <summary>By trying each instant at which an event leaves.</summary>
    public double MetricFigure(int metric, MetricFunction function, Window window, double least, double most, out long turnsAtMs)
    {
        var now = Figure(NowMs);
        turnsAtMs = Events(metric).Select(e => LeavesAt(e.TimeMs, window)).Where(at => at > NowMs && at < long.MaxValue).Order()
            .FirstOrDefault(at => IsInside(Figure(at)) != IsInside(now), long.MaxValue);
        return now;

        bool IsInside(double figure) => figure >= least && figure <= most;

        double Figure(long atMs)
        {
            var inside = Events(metric).Where(e => atMs < LeavesAt(e.TimeMs, window)).Select(e => e.Value).ToList();
            return function switch { MetricFunction.Count => inside.Count, MetricFunction.Sum => inside.Sum(), _ => inside.DefaultIfEmpty().Max() };
        }
    }

    private IEnumerable<(long TimeMs, double Value)> Inside(int metric, Window window) => Events(metric).Where(e => NowMs < LeavesAt(e.TimeMs, window));

    private List<(long TimeMs, double Value)> Events(int metric) => Metrics.GetValueOrDefault(metric, []);

    private static long LeavesAt(long timeMs, Window window) => window.Kind switch
    {
        WindowKind.Minutes => ((timeMs / Minute) + window.Length) * Minute,
        WindowKind.All => long.MaxValue,
        _ => Shanghai.StartMs(Shanghai.Day(timeMs) + window.Length),
    };
}

internal sealed class PositionMap(SortedList<string, double> positions) : HoldingMap
{
    public override int Count => positions.Count;

    public override KeyValuePair<string, double> At(int index) => new(positions.Keys[index], positions.Values[index]);

    public override bool TryGet(string symbol, out double quantity) => positions.TryGetValue(symbol, out quantity);
}

internal sealed class FakeEvent(string type, long timeMs, params (string Name, CelValue Value)[] data) : IExpressionEvent
{
    public string Type => type;

    public long TimeMs => timeMs;

    public CelValue Data => CelValue.Of((IReadOnlyList<KeyValuePair<CelValue, CelValue>>)[.. data.Select(d => new KeyValuePair<CelValue, CelValue>(CelValue.Of(d.Name), d.Value))]);

    public bool TryGetData(string name, out CelValue value)
    {
        value = data.FirstOrDefault(d => d.Name == name).Value;
        return data.Any(d => d.Name == name);
    }
}

/// <summary>The names that the tests' expressions use.</summary>
internal static class Scopes
{
    public const int Trades = 0;
    public const int Visits = 1;

    public static readonly ExpressionScope Segment = new(
        Client: true,
        Event: false,
        EventType: null,
        new Dictionary<string, int> { ["trades"] = Trades, ["visits"] = Visits, ["deposits"] = 2 },
        new Dictionary<string, int> { ["dormant"] = 0, ["vip"] = 1 });

    public static readonly ExpressionScope Campaign = Segment with { Event = true };

    public static readonly ExpressionScope Metric = new(false, true, "trade.executed", new Dictionary<string, int>(), new Dictionary<string, int>());

    public static Expression Compile(string source, ExpressionScope? scope = null, CelKind expected = CelKind.Bool)
    {
        var compiled = Expression.TryCompile(source, scope ?? Segment, expected, out var expression, out var errors);
        Assert.True(compiled, $"{source}: {string.Join(" | ", errors.Select(e => $"{e.Line}:{e.Column} {e.Code} {e.Message}"))}");
        return expression!;
    }

    public static (bool Ok, bool Value, long ChangesAtMs) Evaluate(this Expression expression, IExpressionInput input)
    {
        var changesAtMs = long.MaxValue;
        var ok = expression.TryEvaluate(input, ref changesAtMs, out bool value);
        return (ok, value, changesAtMs);
    }
}
