using Engagement.Domain.Segments;

namespace Engagement.Domain.Diagnostics;

/// <summary>The text is no expression.</summary>
internal static partial class Diagnostic
{
    public static readonly Localized ByteString = new("本语言没有字节串 (b\"…\")：请写普通文本。", "Byte strings (b\"…\") are not part of this language: write an ordinary string.");
    public static readonly Localized Unsigned = new("本语言没有无符号数 (1u)：请只写数字。", "Unsigned numbers (1u) are not part of this language: write the number alone.");
    public static readonly Localized NumberTooLarge = new("这个数太大。", "This number is too large.");
    public static readonly Localized NotInt64 = new("这不是 64 位以内的整数。", "This is not a whole number of 64 bits.");
    public static readonly Localized UnknownEscape = new("没有这种转义。反斜杠写作 \\\\，不需要转义的文本写作 r\"…\"。", "This escape is not known. Write \\\\ for a backslash, or r\"…\" for a string without escapes.");
    public static readonly Localized NoClosingQuote = new("这段文本缺少结尾的引号。", "This string has no closing quote.");
    public static readonly Localized QuotedName = new("` 与 ` 之间的名称由字母、数字、'_'、'.'、'-'、'/' 和空格组成。", "A name between ` and ` holds letters, digits, '_', '.', '-', '/' and blanks.");
    public static readonly Localized CompareWithTwo = new("比较请写 ==（两个等号）。", "To compare, write == (two equals signs).");
    public static readonly Localized WriteAnd = new("表示“并且”请写 &&。", "For 'and', write &&.");
    public static readonly Localized WriteOr = new("表示“或者”请写 ||。", "For 'or', write ||.");
    public static readonly Localized StraightQuotes = new("文本请用英文直引号：\"…\"。", "Write strings between straight quotes: \"…\".");
    public static readonly Localized FullWidthBlank = new("这是全角空格：请用半角空格。", "This is a full-width blank: write an ordinary one.");
    public static readonly Localized NoMeaning = new("这个字符在这里没有意义。", "This character has no meaning here.");
    public static readonly Localized NoMessages = new("本语言没有消息 (Name{…})。", "Messages (Name{…}) are not part of this language.");
    public static readonly Localized HasField = new("has() 只询问一个字段，例如 has(event.data.page)。", "has() asks for one field, e.g. has(event.data.page).");

    public static readonly Localized AValue = new("一个值", "a value");
    public static readonly Localized AName = new("一个名称", "a name");
    public static readonly Localized ValueAfterComma = new("',' 之后的值", "a value after ','");
    public static readonly Localized NameAfterDot = new("'.' 之后的字段名或函数名", "the name of a field or function after '.'");
    public static readonly Localized OtherCase = new("':' 以及另一种情况下的值", "':' and the value for the other case");
    public static readonly Localized ValueOfKey = new("':' 以及这个键的值", "':' and the value of the key");
    public static readonly Localized OperatorOrEnd = new("运算符（例如 &&）或表达式结尾", "an operator such as &&, or the end");

    public static Localized OrComma(string close) => new($"{close} 或 ','", $"{close} or ','");

    public static Localized FullWidth(char written, char plain) => new($"'{written}' 是全角字符：请写 '{plain}'。", $"'{written}' is a full-width character: write '{plain}'.");

    public static Localized NoMeaningOf(char c) => new($"字符 '{c}' 在这里没有意义。", $"The character '{c}' has no meaning here.");

    public static Localized NumberFollowed(char by, string number) => new(
        $"数字后面紧跟着 '{by}'：{number} 与后面的内容之间需要运算符。",
        $"A number is followed by '{by}': {number} and what follows need an operator between them.");

    public static Localized SourceTooLong(int kib) => new($"一个表达式最长 {kib} KiB。", $"An expression may be at most {kib} KiB long.");

    public static Localized TooNested(int levels) => new($"嵌套超过 {levels} 层。", $"Nested more than {levels} levels deep.");

    public static Localized ChainTooLong(int limit) => new($"运算符或字段的连写超过 {limit} 个。", $"A chain of more than {limit} operators or fields.");

    public static Localized TooManyMacros(int limit) => new($"相互嵌套的宏超过 {limit} 个。", $"More than {limit} macros inside each other.");

    public static Localized WriteInstead(string op, string word) => new($"请写 {op}，不要写 {word}。", $"Write {op} instead of {word}.");

    public static Localized EndsTooEarly(Localized expected) => new($"表达式在这里中断：还缺{expected.Zh}。", $"The expression ends too early: expected {expected.En}.");

    public static Localized Expected(Localized expected, string found) => new($"这里应是{expected.Zh}，但写的是 {found}。", $"Expected {expected.En}, but found {found}.");

    public static Localized Reserved(string word) => new($"{word} 是保留字，不能作名称。", $"{word} is a reserved word and cannot be a name.");

    public static Localized MacroArguments(string macro) => new(
        $"{macro} 需要一个变量和一个表达式，例如 client.tags.{macro}(t, t == \"vip\")。",
        $"{macro} takes a variable and an expression, e.g. client.tags.{macro}(t, t == \"vip\").");

    public static Localized MacroVariable(string macro) => new($"{macro} 的第一个参数必须是一个新的变量名。", $"The first argument of {macro} must be a new variable name.");
}
