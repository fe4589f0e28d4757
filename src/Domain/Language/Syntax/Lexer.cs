using System.Globalization;

namespace Engagement.Domain.Language.Syntax;

/// <summary>Cuts a source into tokens; the last one is always <see cref="TokenKind.End"/>. Stops at the first error.</summary>
internal sealed class Lexer(string source)
{
    private readonly List<Token> tokens = [];
    private int at;

    public ExpressionError? Error { get; private set; }

    public List<Token> Run()
    {
        while (Error is null && SkipBlank())
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
                var end = source.IndexOf('\n', at);
                at = end < 0 ? source.Length : end + 1;
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
            Fail(at, at + 1, "Byte strings (b\"…\") are not part of this language: write an ordinary string.");
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
        if (source[at] == '0' && Peek(1) is 'x' or 'X')
        {
            at += 2;
            SkipWhile(char.IsAsciiHexDigit);
            AddInt(start, ulong.TryParse(source.AsSpan(start + 2, at - start - 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex), hex);
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
        else if (double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            tokens.Add(new(TokenKind.Double, new(start, at), Number: number));
        }
        else
        {
            Fail(start, at, "This number is too large.");
        }

        RefuseSuffix(start);
    }

    private void AddInt(int start, bool parsed, ulong magnitude)
    {
        if (!parsed || magnitude > 1UL << 63)
        {
            Fail(start, at, "This is not a whole number of 64 bits.");
            return;
        }

        tokens.Add(new(TokenKind.Int, new(start, at), Magnitude: magnitude));
        RefuseSuffix(start);
    }

    private void RefuseSuffix(int start)
    {
        if (Error is null && at < source.Length && IsNameStart(source[at]))
        {
            Fail(at, at + 1, source[at] is 'u' or 'U'
                ? "Unsigned numbers (1u) are not part of this language: write the number alone."
                : $"A number is followed by '{source[at]}': {source[start..at]} and what follows need an operator between them.");
        }
    }

    private void Text(int start, bool raw)
    {
        if (!StringLiteral.TryRead(source, ref at, raw, out var text, out var error, out var errorAt))
        {
            Fail(errorAt, Math.Min(errorAt + 1, source.Length), error);
            return;
        }

        tokens.Add(new(TokenKind.String, new(start, at), text));
    }

    private void QuotedName()
    {
        var end = source.IndexOf('`', at + 1);
        var name = end < 0 ? "" : source[(at + 1)..end];
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' or '/' or ' '))
        {
            Fail(at, at + 1, "A name between ` and ` holds letters, digits, '_', '.', '-', '/' and blanks.");
            return;
        }

        tokens.Add(new(TokenKind.QuotedName, new(at, end + 1), name));
        at = end + 1;
    }

    private void Symbol(char c)
    {
        var second = Peek(1);
        var (kind, length) = (c, second) switch
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
            _ => (TokenKind.End, 0),
        };
        if (length == 0)
        {
            Fail(at, at + 1, Hint(c));
            return;
        }

        tokens.Add(new(kind, new(at, at + length)));
        at += length;
    }

    private static string Hint(char c) => c switch
    {
        '=' => "To compare, write == (two equals signs).",
        '&' => "For 'and', write &&.",
        '|' => "For 'or', write ||.",
        '\u201C' or '\u201D' or '\u2018' or '\u2019' or '\u300C' or '\u300D' => "Write strings between straight quotes: \"…\".",
        >= '\uFF01' and <= '\uFF5E' => $"'{c}' is a full-width character: write '{(char)(c - 0xFEE0)}'.",
        '\u3000' => "This is a full-width blank: write an ordinary one.",
        '\u3002' => "'\u3002' is a full-width character: write '.'.",
        _ when char.IsSurrogate(c) || char.IsControl(c) => "This character has no meaning here.",
        _ => $"The character '{c}' has no meaning here.",
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

    private void Fail(int start, int end, string message) =>
        Error ??= new Span(start, end).Error(source, ErrorCodes.Syntax, message);
}
