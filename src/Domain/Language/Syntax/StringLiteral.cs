using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Engagement.Domain.Diagnostics;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Language.Syntax;

/// <summary>Reads a quoted string: single or triple quotes, raw or with escapes.</summary>
internal static class StringLiteral
{
    // .NET reads a number up to a NUL, and takes what follows for nothing.
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789ABCDEFabcdef");

    /// <param name="at">At the opening quote; afterwards behind the closing one, also where an escape inside is wrong.</param>
    public static bool TryRead(string source, ref int at, bool raw, out string text, [NotNullWhen(false)] out Localized? error, out int errorAt)
    {
        var quote = source[at];
        var triple = at + 2 < source.Length && source[at + 1] == quote && source[at + 2] == quote;
        var opened = at;
        at += triple ? 3 : 1;
        var built = new StringBuilder();
        (text, error, errorAt) = ("", null, 0);
        while (at < source.Length)
        {
            var c = source[at];
            if (c == quote && (!triple || (at + 2 < source.Length && source[at + 1] == quote && source[at + 2] == quote)))
            {
                at += triple ? 3 : 1;
                text = built.ToString();
                return error is null;
            }

            if (c == '\\' && !raw)
            {
                var escape = at;
                if (!TryEscape(source, ref at, built))
                {
                    (error, errorAt) = error is null ? (Diagnostic.UnknownEscape, escape) : (error, errorAt);
                    at = Math.Min(escape + 2, source.Length);
                }
            }
            else if (c is '\n' or '\r' && !triple)
            {
                break;
            }
            else
            {
                built.Append(c);
                at++;
            }
        }

        errorAt = error is null ? opened : errorAt;
        error ??= Diagnostic.NoClosingQuote;
        return false;
    }

    private static bool TryEscape(string source, ref int at, StringBuilder built)
    {
        if (at + 1 >= source.Length)
        {
            return false;
        }

        var c = source[at + 1];
        var simple = c switch
        {
            'a' => '\a', 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', 'v' => '\v',
            '\\' or '?' or '"' or '\'' or '`' => c,
            _ => '\0',
        };
        if (simple != '\0')
        {
            built.Append(simple);
            at += 2;
            return true;
        }

        return c switch
        {
            'x' or 'X' => TryCodePoint(source, ref at, 2, 2, built),
            'u' => TryCodePoint(source, ref at, 2, 4, built),
            'U' => TryCodePoint(source, ref at, 2, 8, built),
            >= '0' and <= '3' => TryOctal(source, ref at, built),
            _ => false,
        };
    }

    private static bool TryCodePoint(string source, ref int at, int skip, int digits, StringBuilder built)
    {
        var start = at + skip;
        if (start + digits > source.Length
            || source.AsSpan(start, digits).IndexOfAnyExcept(HexDigits) >= 0
            || !uint.TryParse(source.AsSpan(start, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            || !Rune.IsValid(code))
        {
            return false;
        }

        built.Append(new Rune(code).ToString());
        at = start + digits;
        return true;
    }

    private static bool TryOctal(string source, ref int at, StringBuilder built)
    {
        if (at + 3 >= source.Length || source[at + 2] is < '0' or > '7' || source[at + 3] is < '0' or > '7')
        {
            return false;
        }

        built.Append((char)(((source[at + 1] - '0') * 64) + ((source[at + 2] - '0') * 8) + (source[at + 3] - '0')));
        at += 4;
        return true;
    }
}
