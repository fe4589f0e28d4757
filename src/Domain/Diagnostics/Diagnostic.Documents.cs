using Engagement.Domain.Segments;

namespace Engagement.Domain.Diagnostics;

/// <summary>Any document: its form, fields and simple values.</summary>
internal static partial class Diagnostic
{
    public static readonly Localized DocumentTooDeep = new("文档最多 64 层。", "A document is at most 64 levels deep.");
    public static readonly Localized TooManyValues = new("文档最多 250,000 个值。", "A document has at most 250,000 values.");
    public static readonly Localized FieldNameTooLong = new("字段名最长 128 个字符。", "The name of a field is at most 128 characters long.");
    public static readonly Localized OneDocument = new("一个文件只放一份文档。", "One file holds one document.");
    public static readonly Localized PlainFieldName = new("字段名必须是普通的词。", "The name of a field must be a plain word.");
    public static readonly Localized NoAliases = new("不支持别名：请在需要处写出值。", "Aliases are not taken: write the value where it is needed.");
    public static readonly Localized NoAnchors = new("不支持锚点：请在需要处写出值。", "Anchors are not taken: write the value where it is needed.");
    public static readonly Localized NoTags = new("不支持标签：类型由字段决定。", "Tags are not taken: the field decides the type.");
    public static readonly Localized HalfSurrogate = new("文本中有半个代理对。", "The string holds half of a surrogate pair.");
    public static readonly Localized DocumentTooLarge = new("文档最大 4 MiB。", "A document is at most 4 MiB.");
    public static readonly Localized NotUtf8 = new("文本不是有效的 UTF-8。", "The text is not valid UTF-8.");
    public static readonly Localized ListedTwice = new("列表中已有这一项。", "This stands in the list twice.");
    public static readonly Localized NeedsZhOrEn = new("这里需要 zh 或 en。", "This needs zh or en.");
    public static readonly Localized NotEmpty = new("不能为空。", "This must not be empty.");
    public static readonly Localized IdForm = new("id 由 1 到 64 个字符组成：A-Z a-z 0-9 . _ : -", "An id is 1 to 64 characters of A-Z a-z 0-9 . _ : -");
    public static readonly Localized ListTooLong = new("列表最多 10,000 项。", "A list has at most 10,000 items.");
    public static readonly Localized DurationForm = new("时长是一个数加 d、h、m、s 之一，例如 \"14d\"；最长十年。", "A duration is a number and one of d, h, m, s, e.g. \"14d\"; at most ten years.");
    public static readonly Localized CalendarDays = new("这里是自然日天数，从 \"1d\" 到 \"400d\"。", "This is a number of calendar days from \"1d\" to \"400d\".");
    public static readonly Localized TimeOfDay = new("时刻写作 HH:MM，从 00:00 到 23:59。", "A time of the day is HH:MM, from 00:00 to 23:59.");
    public static readonly Localized DateForm = new("日期写作 YYYY-MM-DD。", "A date is YYYY-MM-DD.");
    public static readonly Localized ShareRange = new("份额从 0 到 1。", "A share is from 0 to 1.");
    public static readonly Localized MoneyForm = new("金额（元）最多两位小数，且小于 9,000,000,000,000,000。", "An amount of yuan has at most two decimals and is below 9,000,000,000,000,000.");
    public static readonly Localized NotNegative = new("不能为负。", "This must not be negative.");
    public static readonly Localized NotExact = new("这个数无法精确保存。", "This number cannot be kept exactly.");

    public static readonly Localized AString = new("文本", "a string");
    public static readonly Localized AQuotedString = new("文本（请加引号）", "a string (put it in quotes)");
    public static readonly Localized TrueOrFalse = new("true 或 false", "true or false");
    public static readonly Localized ABool = new("真假值", "a bool");
    public static readonly Localized ANumber = new("数", "a number");
    public static readonly Localized AList = new("列表", "a list");
    public static readonly Localized AMapping = new("映射", "a mapping");
    public static readonly Localized AMappingOfFields = new("由字段组成的映射", "a mapping of fields");
    public static readonly Localized Nothing = new("空", "nothing");
    public static readonly Localized AnExpression = new("表达式", "an expression");

    public static Localized Unreadable(string detail) => new($"无法解析：{detail}", detail);

    public static Localized MustBe(Localized wanted, Localized given) => new($"这里必须是{wanted.Zh}，现在是{given.Zh}。", $"This must be {wanted.En}, and is {given.En}.");

    public static Localized FieldMissing(string name) => new($"缺少字段 '{name}'。", $"The field '{name}' is missing.");

    public static Localized IdTaken(string id) => new($"id '{id}' 已被使用。", $"The id '{id}' is taken.");

    public static Localized NoField(string name, string? meant) => new($"这里没有字段 '{name}'。{Meant(meant).Zh}", $"There is no field '{name}' here.{Meant(meant).En}");

    public static Localized FieldTwice(string name) => new($"字段 '{name}' 在这里出现了两次。", $"The field '{name}' stands here twice.");

    public static Localized NoneOf(string quoted, IReadOnlyList<string> words, string? meant) => new(
        $"{quoted} 不是 {string.Join("、", words)} 之一。{Meant(meant).Zh}",
        $"{quoted} is none of {string.Join(", ", words)}.{Meant(meant).En}");

    public static Localized WholeFrom(int least) => new($"这里必须是不小于 {least} 的整数。", $"This must be a whole number from {least} on.");

    public static Localized WholeBetween(int least, int most) => new($"这里必须是 {least} 到 {most} 的整数。", $"This must be a whole number from {least} to {most}.");
}
