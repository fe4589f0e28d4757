using System.Globalization;
using Engagement.Domain.Diagnostics;

namespace Engagement.Domain.Language.Patterns;

/// <summary>Escapes and character classes.</summary>
internal sealed partial class PatternParser
{
    private PatternNode Escape()
    {
        PatternAssertion? assertion = (at + 1 < pattern.Length ? pattern[at + 1] : '\0') switch
        {
            'A' => PatternAssertion.TextStart,
            'z' => PatternAssertion.TextEnd,
            'b' => PatternAssertion.WordBoundary,
            'B' => PatternAssertion.NoWordBoundary,
            _ => null,
        };
        if (assertion is { } known)
        {
            at += 2;
            return new AssertionNode(known);
        }

        return EscapedSet() is { } set ? new CharacterNode(FoldedAlone(set)) : Nothing;
    }

    /// <summary>The characters that an escape stands for, outside and inside brackets.</summary>
    private CharacterSet? EscapedSet()
    {
        var c = at + 1 < pattern.Length ? pattern[at + 1] : '\0';
        at += 2;
        switch (c)
        {
            case 'd' or 'D':
                return Set(CharacterSet.Digits, c == 'D');
            case 'w' or 'W':
                return Set(CharacterSet.Word, c == 'W');
            case 's' or 'S':
                return Set(CharacterSet.Space, c == 'S');
            case 'p' or 'P':
                return Category(c == 'P');
            case 'x':
                return Hex();
            case 'a' or 'f' or 't' or 'n' or 'r' or 'v':
                return CharacterSet.One(c switch { 'a' => '\a', 'f' => '\f', 't' => '\t', 'n' => '\n', 'r' => '\r', _ => '\v' });
            case '0':
            case >= '1' and <= '7' when Peek is >= '0' and <= '7':
                return Octal(c - '0');
            case > '\0' and <= '\x7F' when !char.IsAsciiLetterOrDigit(c):
                return CharacterSet.One(c);
            default:
                problem ??= c is >= '1' and <= '9' ? Diagnostic.BackReference : Diagnostic.UnknownPatternEscape;
                return null;
        }
    }

    /// <summary>A class is folded already; a single character is not, for it may begin or end a range.</summary>
    private CharacterSet FoldedAlone(CharacterSet set) => set.Folded(flags.IgnoreCase && set.Alone is not null);

    /// <summary>Folded before it is turned round: what is not <c>a</c> is not <c>A</c> either where case is ignored.</summary>
    private CharacterSet Set(CharacterSet set, bool negated = false) => set.Folded(flags.IgnoreCase).Complement(negated);

    /// <summary>One to three digits.</summary>
    private CharacterSet Octal(int code)
    {
        for (var digits = 1; digits < 3 && Peek is >= '0' and <= '7'; digits++)
        {
            code = (code * 8) + (pattern[at++] - '0');
        }

        return CharacterSet.One(code);
    }

    private CharacterSet? Hex()
    {
        var braces = Peek == '{';
        var end = braces ? pattern.IndexOf('}', at) : at + 2;
        var digits = end > at && end <= pattern.Length ? pattern[(at + (braces ? 1 : 0))..end] : "";
        if (digits.Length is 0 or > 6
            || !digits.All(char.IsAsciiHexDigit)
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
        var turned = braces && name.StartsWith('^');
        if (NamedSets.Category(turned ? name[1..] : name) is not { } set)
        {
            problem ??= Diagnostic.UnknownCategory;
            return null;
        }

        at = end + (braces ? 1 : 0);
        return Set(set, negated != turned);
    }

    private PatternNode Bracket()
    {
        var negated = Peek == '^';
        at += negated ? 1 : 0;
        var set = CharacterSet.None;
        for (var first = true; problem is null && (first || Peek != ']'); first = false)
        {
            if (at >= pattern.Length)
            {
                problem = Diagnostic.BracketWithoutClose;
                return Nothing;
            }

            set = set.With(Member() ?? CharacterSet.None);
        }

        at++;
        return new CharacterNode(set.Complement(negated));
    }

    private CharacterSet? Member()
    {
        // Without an end it is a bracket and a colon.
        if (Peek == '[' && at + 1 < pattern.Length && pattern[at + 1] == ':' && pattern.IndexOf(":]", at + 2, StringComparison.Ordinal) >= 0)
        {
            return Posix();
        }

        var low = Single();
        if (low is not { Alone: { } from } || Peek != '-' || at + 1 >= pattern.Length || pattern[at + 1] == ']')
        {
            return low is null ? null : FoldedAlone(low);
        }

        at++;
        if (Single() is { Alone: { } to } && to >= from)
        {
            return Set(CharacterSet.Range(from, to));
        }

        problem ??= Diagnostic.WrongRange;
        return null;
    }

    private CharacterSet? Single() => Peek == '\\' ? EscapedSet() : CharacterSet.One(CodePoint());

    private CharacterSet? Posix()
    {
        // Not the colon that begins the name.
        var end = pattern.IndexOf(":]", at + 2, StringComparison.Ordinal);
        var name = pattern[(at + 2)..end];
        var negated = name.StartsWith('^');
        if (NamedSets.Posix(negated ? name[1..] : name) is not { } set)
        {
            problem ??= Diagnostic.UnknownClass;
            return null;
        }

        at = end + 2;
        return Set(set, negated);
    }
}
