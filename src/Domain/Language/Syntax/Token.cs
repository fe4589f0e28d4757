namespace Engagement.Domain.Language.Syntax;

internal enum TokenKind : byte
{
    /// <summary>Something that means nothing, and was reported: the parser goes silently around it.</summary>
    Bad,
    End, Identifier, QuotedName, Int, Double, String,
    LeftParen, RightParen, LeftBracket, RightBracket, LeftBrace, RightBrace,
    Comma, Colon, Dot, Question, Not, Plus, Minus, Times, Divide, Remainder,
    Less, LessEqual, Greater, GreaterEqual, Equal, NotEqual, And, Or,
}

/// <summary>One lexical element. <paramref name="Text"/> is a name or the content of a string, escapes resolved.</summary>
/// <param name="Magnitude">The absolute value of an int: up to 2^63, which only a minus sign in front makes valid.</param>
internal readonly record struct Token(TokenKind Kind, Span Span, string? Text = null, ulong Magnitude = 0, double Number = 0);
