using Engagement.Domain.Segments;

namespace Engagement.Domain.Diagnostics;

/// <summary>Times, zones and windows.</summary>
internal static partial class Diagnostic
{
    public static readonly Localized NowElsewhere = new(
        "now 只能与时间点（可加减时长）比较，或取它的年到小时，例如 now.getHours(\"Asia/Shanghai\")。",
        "now may only be compared with points in time (plus or minus a duration), or asked for year to hour, e.g. now.getHours(\"Asia/Shanghai\").");

    public static readonly Localized NowTwice = new("now 出现在两边：这个比较永远不会随时间改变。", "now stands on both sides: the comparison never changes with time.");

    public static readonly Localized NowTwiceInSum = new("now 出现在两边：请改为与时间点比较。", "now stands on both sides: compare it with points in time instead.");

    public static readonly Localized NowPlusUnknown = new(
        "与 now 相加减的必须明确是时长或时间点：请写 duration(…) 或 timestamp(…)。",
        "What is added to now or taken from it must be known as a duration or a point in time: write duration(…) or timestamp(…).");

    public static readonly Localized ZoneWrittenOut = new("时区必须直接写出，例如 \"Asia/Shanghai\"。", "A time zone must be written out, e.g. \"Asia/Shanghai\".");

    public static Localized TooOften(string function) => new($"now 的 {function} 变化过于频繁：now 只能取年到小时。", $"{function} of now changes too often: now may be asked for year to hour.");

    public static Localized NoZone(string text) => new(
        $"\"{text}\" 不是时区：请写名称（如 \"Asia/Shanghai\"）或偏移（如 \"+08:00\"）。",
        $"\"{text}\" is not a time zone: write a name such as \"Asia/Shanghai\" or an offset such as \"+08:00\".");

    public static Localized NoDuration(string text) => new(
        $"\"{text}\" 不是时长：请写小时、分、秒，例如 90 天写作 \"2160h\"，又如 \"1h30m\"。",
        $"\"{text}\" is not a duration: write hours, minutes, seconds, e.g. \"2160h\" for 90 days, \"1h30m\".");

    public static Localized NoInstant(string text) => new(
        $"\"{text}\" 不是时间点：请写成 \"2026-01-31T09:30:00+08:00\"。",
        $"\"{text}\" is not a point in time: write it as \"2026-01-31T09:30:00+08:00\".");

    public static Localized TakesNoWindow(string metric, string function) => new(
        $"{function} 看的是全部时间，没有窗口：写作 {metric}.{function}()。",
        $"{function} looks at all time and takes no window: write {metric}.{function}().");

    public static Localized NeedsWindow(string metric, string function) => new(
        $"{function} 需要直接写出的窗口，例如 {metric}.{function}(\"30d\")。",
        $"{function} needs a window, written out, e.g. {metric}.{function}(\"30d\").");

    public static Localized NoWindow(string text) => new(
        $"\"{text}\" 不是窗口：请写 \"1d\" 到 \"400d\"（自然日）、\"1t\" 到 \"250t\"（交易日）、\"1h\" 到 \"48h\"（小时）、\"1m\" 到 \"2880m\"（分钟）或 \"all\"。",
        $"\"{text}\" is not a window: write \"1d\" to \"400d\" (calendar days), \"1t\" to \"250t\" (trading days), hours \"1h\" to \"48h\", minutes \"1m\" to \"2880m\", or \"all\".");
}
