using Engagement.Domain.Segments;

namespace Engagement.Domain.Diagnostics;

/// <summary>Names and functions that are not known, or not here.</summary>
internal static partial class Diagnostic
{
    public static readonly Localized ClientNeedsField = new("client 后面需要字段，例如 client.assets。", "client needs a field, e.g. client.assets.");
    public static readonly Localized EventNeedsField = new("event 后面需要字段：event.type、event.time 或 event.data。", "event needs a field: event.type, event.time or event.data.");
    public static readonly Localized NoEventHere = new("event 只能在指标和由事件触发的活动中读取。", "event can be read only in metrics and in campaigns triggered by an event.");

    public static Localized UnknownName(string name, string? meant) => new($"没有名称 {name}。{Meant(meant).Zh}", $"The name {name} is not known.{Meant(meant).En}");

    public static Localized OnlyEvent(string name) => new($"这里不能读取 {name}：只能读取 event。", $"{name} cannot be read here: only event can.");

    public static Localized IsMetric(string name) => new($"{name} 是指标：请向它要一个数，例如 {name}.count(\"30d\")。", $"{name} is a metric: ask it for a figure, e.g. {name}.count(\"30d\").");

    public static Localized NoClientField(string field, string? meant) => new($"客户没有字段 {field}。{Meant(meant).Zh}", $"A client has no field {field}.{Meant(meant).En}");

    public static Localized NoEventField(string field, string? meant) => new(
        $"事件没有字段 {field}：它的数据在 event.data 下面。{Meant(meant).Zh}",
        $"An event has no field {field}: its data are below event.data.{Meant(meant).En}");

    public static Localized NoDataField(string type, string field, string? meant) => new(
        $"事件 {type} 的数据没有字段 {field}。{Meant(meant).Zh}",
        $"The data of {type} have no field {field}.{Meant(meant).En}");

    public static Localized PersonalField(string field) => new($"{field} 是个人信息，表达式不能读取。", $"{field} is personal and cannot be read by an expression.");

    public static Localized AlwaysThere(string name) => new(
        $"{name} 总是存在：has() 询问的是映射中的键，例如 has(event.data.page)。",
        $"{name} is always there: has() asks for a key of a map, e.g. has(event.data.page).");

    public static Localized NotInLanguage(string function) => new($"本语言没有 {function}()。", $"{function}() is not part of this language.");

    public static Localized UnknownFunction(string function, string? meant) => new($"没有函数 {function}。{Meant(meant).Zh}", $"The function {function} is not known.{Meant(meant).En}");

    public static Localized AskOfValue(string function) => new($"{function} 要写在值的后面：x.{function}(…)。", $"{function} is asked of a value: write x.{function}(…).");

    public static Localized StandsAlone(string function) => new($"{function} 单独使用：写作 {function}(x)。", $"{function} stands alone: write {function}(x).");

    public static Localized WrongCount(string function, int count) => new(
        $"{function} 不接受 {count} 个参数。",
        $"{function} does not take {Count(count, "argument", "arguments")}.");

    public static Localized NoMetricFunction(string function, string? meant) => new($"指标没有函数 {function}。{Meant(meant).Zh}", $"A metric has no function {function}.{Meant(meant).En}");

    public static readonly Localized SegmentWrittenOut = new(
        "inSegment 的参数是直接写出的客群 id，例如 inSegment(\"dormant\")。",
        "inSegment takes the segment's id, written out, e.g. inSegment(\"dormant\").");

    public static Localized NoSegment(string id, string? meant) => new($"没有客群 {id}。{Meant(meant).Zh}", $"There is no segment {id}.{Meant(meant).En}");
}
