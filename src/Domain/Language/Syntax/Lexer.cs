using System.Globalization;
using Engagement.Domain.Diagnostics;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Language.Syntax;

/// <summary>
/// Cuts a source into tokens; the last one is always <see cref="TokenKind.End"/>. What is wrong is reported and read as what was
/// probably meant, so that the rest can be read too.
/// </summary>
internal sealed class Lexer(string source)
{
    private readonly List<Token> tokens = [];
    private int at;

    public List<ExpressionError> Errors { get; } = [];

    public List<Token> Run()
    {
        while (Errors.Count < Limits.Errors && SkipBlank())
        {
            Next();
        }

        tokens.Add(new(TokenKind.End, new(source.Length, source.Length)));
        return tokens;
    }

    private bool SkipBlank()
    {
        while (at < source.Length)
        {
            if (source[at] is ' ' or '\t' or '\n' or '\f' or '\r')
            {
                at++;
            }
            else if (source[at] == '/' && Peek(1) == '/')
            {
                var length = source.AsSpan(at).IndexOfAny('\n', '\r');
                at = length < 0 ? source.Length : at + length;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private void Next()
    {
        var c = source[at];
        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1))))
        {
            Number();
        }
        else if (c is '"' or '\'')
        {
            Text(at, raw: false);
        }
        else if (c is 'r' or 'R' && Peek(1) is '"' or '\'')
        {
            at++;
            Text(at - 1, raw: true);
        }
        else if (c is 'b' or 'B' && (Peek(1) is '"' or '\'' || (Peek(1) is 'r' or 'R' && Peek(2) is '"' or '\'')))
        {
            Fail(at++, Diagnostic.ByteString);
        }
        else if (IsNameStart(c))
        {
            var start = at;
            while (at < source.Length && (IsNameStart(source[at]) || char.IsAsciiDigit(source[at])))
            {
                at++;
            }

            tokens.Add(new(TokenKind.Identifier, new(start, at), source[start..at]));
        }
        else if (c == '`')
        {
            QuotedName();
        }
        else
        {
            Symbol(c);
        }
    }

    private void Number()
    {
        var start = at;
        if (source[at] == '0' && Peek(1) == 'x')
        {
            at += 2;
            SkipWhile(char.IsAsciiHexDigit);
            AddInt(start, ulong.TryParse(source.AsSpan(start + 2, at - start - 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex), hex);
            RefuseSuffix(start);
            return;
        }

        SkipWhile(char.IsAsciiDigit);
        var whole = true;
        if (Peek(0) == '.' && char.IsAsciiDigit(Peek(1)))
        {
            whole = false;
            at++;
            SkipWhile(char.IsAsciiDigit);
        }

        if (Peek(0) is 'e' or 'E' && (char.IsAsciiDigit(Peek(1)) || (Peek(1) is '+' or '-' && char.IsAsciiDigit(Peek(2)))))
        {
            whole = false;
            at += 2;
            SkipWhile(char.IsAsciiDigit);
        }

        var digits = source.AsSpan(start, at - start);
        if (whole)
        {
            AddInt(start, ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var magnitude), magnitude);
        }
        else
        {
            if (!double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            {
                Fail(start, Diagnostic.NumberTooLarge);
            }

            tokens.Add(new(TokenKind.Double, new(start, at), Number: number));
        }

        RefuseSuffix(start);
    }

    private void AddInt(int start, bool parsed, ulong magnitude)
    {
        if (!parsed || magnitude > 1UL << 63)
        {
            Fail(start, Diagnostic.NotInt64);
            magnitude = 0;
        }

        tokens.Add(new(TokenKind.Int, new(start, at), Magnitude: magnitude));
    }

    private void RefuseSuffix(int start)
    {
        if (at < source.Length && IsNameStart(source[at]))
        {
            Fail(at, source[at] is 'u' or 'U' ? Diagnostic.Unsigned : Diagnostic.NumberFollowed(source[at], source[start..at]));
            SkipWhile(c => IsNameStart(c) || char.IsAsciiDigit(c));
        }
    }

    private void Text(int start, bool raw)
    {
        if (!StringLiteral.TryRead(source, ref at, raw, out var text, out var error, out var errorAt))
        {
            Fail(errorAt, error);
        }

        tokens.Add(new(TokenKind.String, new(start, at), text));
    }

    private void QuotedName()
    {
        var end = source.IndexOf('`', at + 1);
        var name = end < 0 ? "" : source[(at + 1)..end];
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' or '/' or ' '))
        {
            Fail(at, Diagnostic.QuotedName);
        }

        var behind = end < 0 ? source.Length : end + 1;
        tokens.Add(new(TokenKind.QuotedName, new(at, behind), name));
        at = behind;
    }

    private void Symbol(char c)
    {
        var (kind, length) = Operator(c, Peek(1));
        if (length == 0)
        {
            Fail(at, Hint(c));
            (kind, length) = Probably(c);
        }

        if (length > 0)
        {
            tokens.Add(new(kind, new(at, at + length)));
            at += length;
        }
    }

    private static (TokenKind Kind, int Length) Operator(char first, char second) => (first, second) switch
    {
        ('(', _) => (TokenKind.LeftParen, 1),
        (')', _) => (TokenKind.RightParen, 1),
        ('[', _) => (TokenKind.LeftBracket, 1),
        (']', _) => (TokenKind.RightBracket, 1),
        ('{', _) => (TokenKind.LeftBrace, 1),
        ('}', _) => (TokenKind.RightBrace, 1),
        (',', _) => (TokenKind.Comma, 1),
        (':', _) => (TokenKind.Colon, 1),
        ('.', _) => (TokenKind.Dot, 1),
        ('?', _) => (TokenKind.Question, 1),
        ('+', _) => (TokenKind.Plus, 1),
        ('-', _) => (TokenKind.Minus, 1),
        ('*', _) => (TokenKind.Times, 1),
        ('/', _) => (TokenKind.Divide, 1),
        ('%', _) => (TokenKind.Remainder, 1),
        ('<', '=') => (TokenKind.LessEqual, 2),
        ('<', _) => (TokenKind.Less, 1),
        ('>', '=') => (TokenKind.GreaterEqual, 2),
        ('>', _) => (TokenKind.Greater, 1),
        ('=', '=') => (TokenKind.Equal, 2),
        ('!', '=') => (TokenKind.NotEqual, 2),
        ('!', _) => (TokenKind.Not, 1),
        ('&', '&') => (TokenKind.And, 2),
        ('|', '|') => (TokenKind.Or, 2),
        _ => (TokenKind.Bad, 0),
    };

    /// <summary>What a wrong character was probably meant as. Of length 0 where it was read here already, or is left out.</summary>
    private (TokenKind Kind, int Length) Probably(char c)
    {
        switch (c)
        {
            case '=':
                return (TokenKind.Equal, 1);
            case '&':
                return (TokenKind.And, 1);
            case '|':
                return (TokenKind.Or, 1);
            case '\u3002':
                return (TokenKind.Dot, 1);
            case '\u3000':
                at++;
                return default;
            case >= '\uFF01' and <= '\uFF5E' when Operator(Plain(c), Plain(Peek(1))) is { Length: > 0 } meant:
                return meant;
            case '\u201C' or '\u201D' or '\u2018' or '\u2019' or '\u300C' or '\u300D' when source.AsSpan(at + 1).IndexOfAny("\u201C\u201D\u2018\u2019\u300D") is var end and >= 0:
                tokens.Add(new(TokenKind.String, new(at, at + end + 2), source.Substring(at + 1, end)));
                at += end + 2;
                return default;
        }

        // A word of another script is one mistake, not one a letter.
        var length = 1;
        while (!char.IsAscii(Peek(length)) && char.IsLetter(Peek(length)) && char.IsLetter(c))
        {
            length++;
        }

        return (TokenKind.Bad, length);
    }

    private static char Plain(char c) => c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c;

    private static Localized Hint(char c) => c switch
    {
        '=' => Diagnostic.CompareWithTwo,
        '&' => Diagnostic.WriteAnd,
        '|' => Diagnostic.WriteOr,
        '\u201C' or '\u201D' or '\u2018' or '\u2019' or '\u300C' or '\u300D' => Diagnostic.StraightQuotes,
        >= '\uFF01' and <= '\uFF5E' => Diagnostic.FullWidth(c, Plain(c)),
        '\u3000' => Diagnostic.FullWidthBlank,
        '\u3002' => Diagnostic.FullWidth(c, '.'),
        _ when char.IsSurrogate(c) || char.IsControl(c) => Diagnostic.NoMeaning,
        _ => Diagnostic.NoMeaningOf(c),
    };

    private char Peek(int ahead) => at + ahead < source.Length ? source[at + ahead] : '\0';

    private void SkipWhile(Func<char, bool> isPart)
    {
        while (at < source.Length && isPart(source[at]))
        {
            at++;
        }
    }

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';

    private void Fail(int start, Localized message) =>
        Errors.Add(new Span(start, start).Error(source, ErrorCodes.Syntax, message));
}
