using System.Globalization;
using Engagement.Domain.Diagnostics;

namespace Engagement.Domain.Language.Values;

/// <summary>Escapes and character classes.</summary>
internal sealed partial class RegexTranslation
{
    private long Escape()
    {
        var c = at + 1 < pattern.Length ? pattern[at + 1] : '\0';
        if (c is 'b' or 'B' or 'A' or 'z')
        {
            at += 2;
            written.Append('\\').Append(c);
            return 1;
        }

        var set = EscapedSet();
        return set is null ? 0 : Write(set);
    }

    /// <summary>The characters that an escape stands for, outside and inside brackets.</summary>
    private CharacterSet? EscapedSet()
    {
        var c = at + 1 < pattern.Length ? pattern[at + 1] : '\0';
        at += 2;
        switch (c)
        {
            case 'd' or 'D':
                return CharacterSet.Digits.Complement(c == 'D');
            case 'w' or 'W':
                return CharacterSet.Word.Complement(c == 'W');
            case 's' or 'S':
                return CharacterSet.Space.Complement(c == 'S');
            case 'p' or 'P':
                return Category(c == 'P');
            case 'x':
                return Hex();
            case 'a' or 'f' or 't' or 'n' or 'r' or 'v':
                return CharacterSet.One(c switch { 'a' => '\a', 'f' => '\f', 't' => '\t', 'n' => '\n', 'r' => '\r', _ => '\v' });
            case > ' ' and < '\x7F' when !char.IsAsciiLetterOrDigit(c):
                return CharacterSet.One(c);
            default:
                problem ??= c is >= '1' and <= '9' ? Diagnostic.BackReference : Diagnostic.UnknownPatternEscape;
                return null;
        }
    }

    private CharacterSet? Hex()
    {
        var braces = Peek == '{';
        var end = braces ? pattern.IndexOf('}', at) : at + 2;
        var digits = end > at && end <= pattern.Length ? pattern[(at + (braces ? 1 : 0))..end] : "";
        if (digits.Length is 0 or > 6
            || !int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            || code is > 0x10FFFF or (>= 0xD800 and <= 0xDFFF))
        {
            problem ??= Diagnostic.HexEscape;
            return null;
        }

        at = end + (braces ? 1 : 0);
        return CharacterSet.One(code);
    }

    private CharacterSet? Category(bool negated)
    {
        var braces = Peek == '{';
        var end = braces ? pattern.IndexOf('}', at) : at + 1;
        var name = end > at && end <= pattern.Length ? pattern[(at + (braces ? 1 : 0))..end] : "";
        if (CharacterSet.Category(name, negated) is not { } set)
        {
            problem ??= Diagnostic.UnknownCategory;
            return null;
        }

        at = end + (braces ? 1 : 0);
        return set;
    }

    private long Bracket()
    {
        var negated = Peek == '^';
        at += negated ? 1 : 0;
        var set = CharacterSet.None;
        for (var first = true; problem is null && (first || Peek != ']'); first = false)
        {
            if (at >= pattern.Length)
            {
                problem = Diagnostic.BracketWithoutClose;
                return 0;
            }

            set = set.With(Member() ?? CharacterSet.None);
        }

        at++;
        return Write(set.Complement(negated));
    }

    private CharacterSet? Member()
    {
        if (Peek == '[' && at + 1 < pattern.Length && pattern[at + 1] == ':')
        {
            return Posix();
        }

        var low = Single();
        if (low is not { Alone: { } from } || Peek != '-' || at + 1 >= pattern.Length || pattern[at + 1] == ']')
        {
            return low;
        }

        at++;
        if (Single() is { Alone: { } to } && to >= from)
        {
            return CharacterSet.Range(from, to);
        }

        problem ??= Diagnostic.WrongRange;
        return null;
    }

    private CharacterSet? Single() => Peek == '\\' ? EscapedSet() : CharacterSet.One(CodePoint());

    private CharacterSet? Posix()
    {
        var end = pattern.IndexOf(":]", at, StringComparison.Ordinal);
        var name = end < 0 ? "" : pattern[(at + 2)..end];
        var negated = name.StartsWith('^');
        if (CharacterSet.Posix(negated ? name[1..] : name) is not { } set)
        {
            problem ??= Diagnostic.UnknownClass;
            return null;
        }

        at = end + 2;
        return set.Complement(negated);
    }
}
