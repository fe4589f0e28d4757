using System.Globalization;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Diagnostics;

/// <summary>The catalogue and the organisation.</summary>
internal static partial class Diagnostic
{
    public static readonly Localized TriggerForms = new("触发条件是 {segment, on}、{event}、{every, at} 之一。", "A trigger is one of {segment, on}, {event}, {every, at}.");
    public static readonly Localized MetricName = new("表达式按名称使用指标：由字母、数字和 _ 组成，且不能是语言自己的词。", "Expressions ask for a metric by its name: letters, digits and _, and none of their own words.");
    public static readonly Localized TierOverrideNode = new("档位只能按 branch:ID 或 outlet:ID 覆盖。", "Tiers are overridden for branch:ID or outlet:ID.");
    public static readonly Localized TierOverrides = new("从 branch:ID 或 outlet:ID 到档位列表的映射", "a mapping from branch:ID or outlet:ID to a list of tiers");
    public static readonly Localized TierOrder = new("档位按下限从低到高排列，每一档都高于前一档。", "Tiers stand lowest bound first, each above the one before.");
    public static readonly Localized MessageNeedsText = new("话术需要 zh 或 en。", "A message needs zh or en.");
    public static readonly Localized MessageTooLong = new("话术最长 2,000 个字符。", "A message is at most 2,000 characters long.");
    public static readonly Localized LoneBrace = new("花括号缺少另一半；文字中的花括号要写两个。", "A brace without its other half; a brace in the text is written twice.");
    public static readonly Localized PlaceholderForm = new("花括号之间是输入的路径，例如 {client.assets}。", "Between braces stands the path of an input, e.g. {client.assets}.");
    public static readonly Localized CampaignNeedsDesk = new("活动需要至少一个可以送达的坐席。", "A campaign needs a desk that it may go to.");
    public static readonly Localized PercentRange = new("这里必须在 0 到 100 之间。", "This must be from 0 to 100.");
    public static readonly Localized ArmShares = new("从实验组到份额的映射", "a mapping from arm to share");
    public static readonly Localized MeanNeedsValue = new("均值需要说明取哪个值，例如 amount。", "A mean needs the value that it is of, e.g. amount.");
    public static readonly Localized OwnStandIn = new("不能由本人代班。", "Nobody stands in for himself.");
    public static readonly Localized ProvinceNumber = new("这里是 GB/T 2260 的省级代码，例如 440000。", "This is a province's number of GB/T 2260, e.g. 440000.");
    public static readonly Localized MandateEnd = new("授权的结束日不早于开始日。", "A mandate ends on its first day or later.");

    public static Localized UnknownSegment(string quoted, string? meant) => new($"没有客群 {quoted}。{Meant(meant).Zh}", $"There is no segment {quoted}.{Meant(meant).En}");

    public static Localized UnknownEventType(string quoted, string? meant) => new($"没有事件类型 {quoted}。{Meant(meant).Zh}", $"There is no event type {quoted}.{Meant(meant).En}");

    public static Localized UnknownExperiment(string quoted, string? meant) => new($"没有实验 {quoted}。{Meant(meant).Zh}", $"There is no experiment {quoted}.{Meant(meant).En}");

    public static Localized UnknownAdvisor(string id, string? meant) => new($"没有顾问 '{id}'。{Meant(meant).Zh}", $"There is no advisor '{id}'.{Meant(meant).En}");

    public static Localized NoExperimentMetric(string experiment, string quoted, string? meant) => new(
        $"实验 '{experiment}' 没有指标 {quoted}。{Meant(meant).Zh}",
        $"The experiment '{experiment}' has no metric {quoted}.{Meant(meant).En}");

    public static Localized BuiltInMetric(string id) => new($"指标 '{id}' 是内置的。", $"The metric '{id}' is built in.");

    public static Localized SegmentCycle(IEnumerable<string> ids)
    {
        var circle = string.Join(" → ", ids);
        return new($"客群相互引用，形成了环：{circle}。", $"Segments ask for each other in a circle: {circle}.");
    }

    public static Localized ArmSum(decimal sum) => new(
        string.Create(CultureInfo.InvariantCulture, $"各组份额之和是 {sum}，必须是 1。"),
        string.Create(CultureInfo.InvariantCulture, $"The shares of the arms sum to {sum}, and must sum to 1."));

    public static Localized ShareSum(decimal sum) => new(
        string.Create(CultureInfo.InvariantCulture, $"份额之和是 {sum}，必须是 1。"),
        string.Create(CultureInfo.InvariantCulture, $"The shares sum to {sum}, and must sum to 1."));
}
