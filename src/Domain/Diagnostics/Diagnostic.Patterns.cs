using Engagement.Domain.Segments;

namespace Engagement.Domain.Diagnostics;

/// <summary>Regular expressions: what is wrong with one, to stand inside <see cref="BadPattern"/>.</summary>
internal static partial class Diagnostic
{
    public static readonly Localized CloseWithoutOpen = new("有 ')' 而没有 '('", "a ')' without '('");
    public static readonly Localized OpenWithoutClose = new("有 '(' 而没有 ')'", "a '(' without ')'");
    public static readonly Localized BracketWithoutClose = new("有 '[' 而没有 ']'", "a '[' without ']'");
    public static readonly Localized TooManyRepetitions = new("重复次数过多", "its repetitions are too many");
    public static readonly Localized RepeatedRepetition = new("重复之上又有重复：请加括号", "a repetition of a repetition: put it between parentheses");
    public static readonly Localized TooManyGroups = new("相互嵌套的括号过多", "too many parentheses inside each other");
    public static readonly Localized GroupName = new("分组名写作 (?P<name>…)", "a group's name is written (?P<name>…)");
    public static readonly Localized UnknownGroup = new("不支持环视和其他 (? 分组：标志只有 i、m、s、U", "look-around and other groups with (? are not known: flags are i, m, s, U");
    public static readonly Localized HalfCharacter = new("半个字符", "half a character");
    public static readonly Localized BackReference = new("不支持反向引用", "back-references are not known");
    public static readonly Localized UnknownPatternEscape = new("没有这种转义", "an escape that is not known");
    public static readonly Localized HexEscape = new("\\x 后面是两位十六进制数，或码点，如 \\x{4E70}", "\\x is followed by two digits, or by a code point as in \\x{4E70}");
    public static readonly Localized UnknownCategory = new("\\p 后面是类别，如 {L}、{Lu}、{N}、{P} 或 {Han}", "\\p is followed by a category such as {L}, {Lu}, {N}, {P} or {Han}");
    public static readonly Localized WrongRange = new("范围由小到大，如 [a-z]", "a range runs from low to high, as in [a-z]");
    public static readonly Localized UnknownClass = new("没有这样的字符类（如 [:alpha:]）", "a class such as [:alpha:] that is not known");

    public static Localized PatternTooLong(int characters) => new($"它超过 {characters} 个字符", $"it is longer than {characters} characters");

    public static Localized WrongRepetition(int most) => new($"重复次数由小到大，最多 {most}", $"a repetition runs from small to large, up to {most}");

    public static Localized RepeatsNothing(char c) => new($"'{c}' 前面没有可重复的内容", $"'{c}' repeats nothing");

    public static Localized BadPattern(Localized problem) => new($"这不是本语言的正则表达式：{problem.Zh}。", $"This is not a regular expression of this language: {problem.En}.");
}
