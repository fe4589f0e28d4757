namespace Engagement.Domain.Language;

/// <summary>
/// What an expression may read besides its literals. The client under evaluation implements it; the evaluator knows
/// nothing of where the values come from. Instants are milliseconds since 1970-01-01T00:00:00Z. A <c>…ChangesAt</c>
/// member answers when the value can next differ with no further event (<see cref="long.MaxValue"/>: never); it is always
/// later than <see cref="NowMs"/>.
/// </summary>
public interface IExpressionInput
{
    long NowMs { get; }

    /// <summary>The text of a <c>client.*</c> string; <c>""</c> where unknown.</summary>
    string Text(ClientText field);

    /// <summary>Total assets in yuan.</summary>
    double Assets { get; }

    long Age { get; }

    long AgeChangesAtMs { get; }

    /// <summary>When the age is first so many years or more; <see cref="long.MaxValue"/> where it is already, or will not be.</summary>
    long AgeReachesAtMs(long years);

    long Risk { get; }

    bool RiskValid { get; }

    long RiskValidChangesAtMs { get; }

    long OpenedMs { get; }

    IReadOnlyList<string> List(ClientList field);

    /// <summary>Does the list hold the text? As <see cref="List"/>, without making one.</summary>
    bool ListHolds(ClientList field, string text);

    /// <summary>How many the list holds, without making one.</summary>
    int ListCount(ClientList field);

    HoldingMap Holdings { get; }

    /// <summary>Is the client a member of the segment with this index in the catalogue? Segments are evaluated in dependency order.</summary>
    bool InSegment(int segment);

    long MetricCount(int metric, Window window);

    double MetricSum(int metric, Window window);

    /// <summary>Greatest value, 0 where none.</summary>
    double MetricMax(int metric, Window window);

    /// <summary>Greatest time of an event, 0 where never.</summary>
    long MetricLastMs(int metric);

    /// <summary>When the metric's function over the window can next change because time passes.</summary>
    long MetricChangesAtMs(int metric, MetricFunction function, Window window);

    /// <summary>A count, sum or maximum, of which only matters whether it lies from <paramref name="least"/> to <paramref name="most"/>.</summary>
    /// <param name="turnsAtMs">
    /// When it next comes into, or goes out of, that range because time passes: a count that only has to stay above 3 need not
    /// wake anybody for each event that leaves.
    /// </param>
    double MetricFigure(int metric, MetricFunction function, Window window, double least, double most, out long turnsAtMs);

    /// <summary>The triggering event; <c>null</c> outside metrics and campaigns triggered by an event.</summary>
    IExpressionEvent? Event { get; }
}

/// <summary>The event an expression may read as <c>event.*</c>.</summary>
public interface IExpressionEvent
{
    string Type { get; }

    long TimeMs { get; }

    /// <summary>Looks up <c>event.data.NAME</c>: a string, double, bool, list, map or null as <see cref="CelValue"/>; false where absent.</summary>
    bool TryGetData(string name, out CelValue value);

    /// <summary>All of <c>event.data</c> as a map.</summary>
    CelValue Data { get; }
}

public enum ClientText { Id, Outlet, Branch, Advisor, Channel, Tier, Status }

public enum ClientList { Tags, Consents, Contracts }

public enum MetricFunction { Count, Sum, Max, Within, Ever, Last }

public enum WindowKind : byte { Days, Minutes, TradingDays, All }

/// <summary>A metric's window: <c>"Nd"</c>, <c>"Nh"</c> and <c>"Nm"</c> (kept in minutes), <c>"Nt"</c> or <c>"all"</c>.</summary>
public readonly record struct Window(WindowKind Kind, int Length)
{
    public static readonly Window All = new(WindowKind.All, 0);

    /// <summary>Parses a window; the bounds are those of the contract: 1-400 days, at most 48 hours, 1-250 trading days.</summary>
    public static bool TryParse(string text, out Window window)
    {
        window = All;
        if (text == "all")
        {
            return true;
        }

        if (text.Length is < 2 or > 6 || text[0] == '0' || !Digits.TryParse(text.AsSpan(0, text.Length - 1), out var n) || n < 1)
        {
            return false;
        }

        window = text[^1] switch
        {
            'd' when n <= 400 => new(WindowKind.Days, n),
            'h' when n <= 48 => new(WindowKind.Minutes, n * 60),
            'm' when n <= 48 * 60 => new(WindowKind.Minutes, n),
            't' when n <= 250 => new(WindowKind.TradingDays, n),
            _ => default,
        };
        return window.Length > 0;
    }
}
