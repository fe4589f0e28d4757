using Engagement.Domain.Language.Syntax;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Diagnostics;

/// <summary>A value is used as what it is not. Types are named for a business user, with CEL's word in brackets.</summary>
internal static partial class Diagnostic
{
    public static readonly Localized AnyType = new("任意类型的值", "a value of any type");
    public static readonly Localized NullType = new("空值 (null)", "null");
    public static readonly Localized BoolType = new("真或假 (bool)", "true/false (bool)");
    public static readonly Localized IntType = new("整数 (int)", "a whole number (int)");
    public static readonly Localized DoubleType = new("小数 (double)", "a decimal number (double)");
    public static readonly Localized StringType = new("文本 (string)", "text (string)");
    public static readonly Localized TimestampType = new("时间点 (timestamp)", "a point in time (timestamp)");
    public static readonly Localized DurationType = new("时长 (duration)", "a length of time (duration)");

    public static readonly Localized NotNeeds = new("'!'（非）需要", "'!' (not) needs");
    public static readonly Localized AndNeeds = new("&& 的两边都必须是", "Both sides of && must be");
    public static readonly Localized OrNeeds = new("|| 的两边都必须是", "Both sides of || must be");
    public static readonly Localized QuestionNeeds = new("'?' 前面必须是", "What stands before '?' must be");
    public static readonly Localized ConditionNeeds = new("条件必须是", "The condition must be");
    public static readonly Localized ResultNeeds = new("结果必须是", "The result must be");

    private static readonly Localized WriteDecimals = new("整数请写成小数，例如把 100 写作 100.0，或用 double(…)。", " Write whole numbers as decimals, e.g. 100.0 for 100, or use double(…).");

    public static Localized ListType(Localized element) => new($"列表，元素是{element.Zh}", $"a list of: {element.En}");

    public static Localized MapType(Localized key, Localized value) => new($"映射，从{key.Zh}到{value.Zh}", $"a map from {key.En} to {value.En}");

    /// <param name="who">One of the beginnings above.</param>
    public static Localized Needs(Localized who, Localized wanted, Localized given) => new($"{who.Zh}{wanted.Zh}，但这里是{given.Zh}。", $"{who.En} {wanted.En}, but this is {given.En}.");

    /// <param name="numbers">Two kinds of numbers meet: say how to write them as one.</param>
    public static Localized OneTypeOfTwo(Localized then, Localized otherwise, bool numbers) => new(
        $"'? :' 的两个结果必须类型相同：第一个是{then.Zh}，第二个是{otherwise.Zh}。{Hint(numbers).Zh}",
        $"Both results of '? :' must be of one type: the first is {then.En}, the second {otherwise.En}.{Hint(numbers).En}");

    public static Localized KeyType(Localized given) => new(
        $"映射的键是文本、整数或真假，但这里是{given.Zh}。",
        $"A key of a map is text, a whole number or true/false, but this is {given.En}.");

    public static Localized NoElements(Localized given) => new(
        $"只有列表或映射才有元素可以逐个查看，但这里是{given.Zh}。",
        $"Only a list or a map has elements to go through, but this is {given.En}.");

    public static Localized CannotCompare(Localized left, Localized right, bool numbers) => new(
        $"不能把{left.Zh}与{right.Zh}比较。{Hint(numbers).Zh}",
        $"Cannot compare {left.En} with {right.En}.{Hint(numbers).En}");

    public static Localized NoOrder(Localized type) => new($"不分大小：{type.Zh}。", $"There is no greater and smaller among: {type.En}.");

    public static Localized InNeedsHolder(Localized given) => new($"'in' 在列表或映射中查找，但这里是{given.Zh}。", $"'in' looks into a list or a map, but this is {given.En}.");

    public static Localized InHoldsOther(Localized wanted, Localized held, bool numbers) => new(
        $"要找的是{wanted.Zh}，但其中是{held.Zh}。{Hint(numbers).Zh}",
        $"Looking for {wanted.En}, but it holds: {held.En}.{Hint(numbers).En}");

    public static Localized CannotApply(BinaryOperator op, Localized left, Localized right, bool numbers)
    {
        var (zh, en) = op switch
        {
            BinaryOperator.Add => ("相加", "add"),
            BinaryOperator.Subtract => ("相减", "subtract"),
            BinaryOperator.Multiply => ("相乘", "multiply"),
            BinaryOperator.Divide => ("相除", "divide"),
            _ => ("求余", "take the remainder of"),
        };
        return new($"不能把{left.Zh}与{right.Zh}{zh}。{Hint(numbers).Zh}", $"Cannot {en} {left.En} and {right.En}.{Hint(numbers).En}");
    }

    public static Localized NoNegative(Localized given) => new($"只有数才能取负，但这里是{given.Zh}。", $"Only a number has a negative, but this is {given.En}.");

    public static Localized NoIndex(Localized given) => new($"[…] 用于列表或映射，但这里是{given.Zh}。", $"[…] asks a list or a map, but this is {given.En}.");

    public static Localized WrongIndex(Localized wanted, Localized given) => new($"[ 与 ] 之间必须是{wanted.Zh}，但这里是{given.Zh}。", $"Between [ and ] must be {wanted.En}, but this is {given.En}.");

    public static Localized NoKeys(string field, Localized given) => new($".{field} 取映射中的键，但这里是{given.Zh}。", $".{field} asks a map for a key, but this is {given.En}.");

    /// <param name="accepted">The parameters of each form.</param>
    public static Localized WrongArguments(string function, IEnumerable<IEnumerable<Localized>> accepted, IReadOnlyList<Localized> given) => new(
        $"{function} 接受{string.Join("，或", accepted.Select(a => string.Join("、", a.Select(t => t.Zh))))}，但这里是{string.Join("、", given.Select(t => t.Zh))}。",
        $"{function} takes {string.Join(" or ", accepted.Select(a => string.Join(", ", a.Select(t => t.En))))}, but this is {string.Join(", ", given.Select(t => t.En))}.");

    private static Localized Hint(bool numbers) => numbers ? WriteDecimals : new("", "");
}
