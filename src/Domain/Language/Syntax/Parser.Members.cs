using Engagement.Domain.Diagnostics;

namespace Engagement.Domain.Language.Syntax;

/// <summary>Literals, names, calls, selections, macros.</summary>
internal sealed partial class Parser
{
    private static readonly HashSet<string> Reserved =
    [
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace",
        "return", "var", "void", "while",
    ];

    private SyntaxNode Member(bool negative)
    {
        var start = negative ? tokens[at - 1].Span.Start : Current.Span.Start;
        var node = Primary(negative);
        while (true)
        {
            if (Take(TokenKind.Dot))
            {
                node = Selection(start, node);
            }
            else if (Take(TokenKind.LeftBracket))
            {
                var index = Expression();
                Expect(TokenKind.RightBracket, Diagnostic.Verbatim("']'"));
                node = new IndexSyntax(From(start), node, index);
            }
            else if (Current.Kind == TokenKind.LeftBrace && node is NameSyntax or SelectSyntax)
            {
                return Fail(Current.Span, ErrorCodes.Syntax, Diagnostic.NoMessages);
            }
            else
            {
                return node;
            }

            node = Grown(node);
        }
    }

    private SyntaxNode Selection(int start, SyntaxNode operand)
    {
        var name = Current;
        if (name.Kind is not (TokenKind.Identifier or TokenKind.QuotedName) || name is { Kind: TokenKind.Identifier, Text: "in" or "true" or "false" or "null" })
        {
            return Unexpected(Diagnostic.NameAfterDot);
        }

        at++;
        if (name.Kind == TokenKind.QuotedName || !Take(TokenKind.LeftParen))
        {
            return new SelectSyntax(From(start), operand, name.Text!, name.Span, name.Kind == TokenKind.QuotedName);
        }

        var macro = Macro(name.Text!);
        if (macro is null)
        {
            var arguments = List(TokenKind.RightParen, "')'", trailing: false);
            return new CallSyntax(From(start), operand, name.Text!, name.Span, arguments);
        }

        macros++;
        if (macros > Limits.Macros)
        {
            return Fail(name.Span, ErrorCodes.Macros, Diagnostic.TooManyMacros(Limits.Macros));
        }

        var given = List(TokenKind.RightParen, "')'", trailing: false);
        macros--;
        return !failed ? MacroCall(From(start), macro.Value, operand, name, given) : operand;
    }

    private static MacroKind? Macro(string name) => name switch
    {
        "all" => MacroKind.All,
        "exists" => MacroKind.Exists,
        "exists_one" => MacroKind.ExistsOne,
        "map" => MacroKind.Map,
        "filter" => MacroKind.Filter,
        _ => null,
    };

    private SyntaxNode MacroCall(Span span, MacroKind kind, SyntaxNode range, Token name, List<SyntaxNode> given)
    {
        if (given.Count != 2 && !(kind == MacroKind.Map && given.Count == 3))
        {
            return Fail(name.Span, ErrorCodes.Syntax, Diagnostic.MacroArguments(name.Text!));
        }

        return given[0] is NameSyntax { Rooted: false } variable
            ? Grown(new MacroSyntax(span, kind, range, variable.Name, variable.Span, given.Count == 3 ? given[1] : null, given[^1]))
            : Fail(given[0].Span, ErrorCodes.Syntax, Diagnostic.MacroVariable(name.Text!));
    }

    private SyntaxNode Primary(bool negative)
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Int:
                at++;
                return token.Magnitude > long.MaxValue && !negative
                    ? Fail(token.Span, ErrorCodes.Syntax, Diagnostic.NotInt64)
                    : Literal(token, negative, CelValue.Of(negative ? unchecked(-(long)token.Magnitude) : (long)token.Magnitude));
            case TokenKind.Double:
                at++;
                return Literal(token, negative, CelValue.Of(negative ? -token.Number : token.Number));
            case TokenKind.String:
                at++;
                return Literal(token, false, CelValue.Of(token.Text!));
            case TokenKind.LeftParen:
                at++;
                var inner = Expression();
                Expect(TokenKind.RightParen, Diagnostic.Verbatim("')'"));
                return inner;
            case TokenKind.LeftBracket:
                at++;
                var elements = List(TokenKind.RightBracket, "']'", trailing: true);
                return Grown(new ListSyntax(From(token.Span.Start), elements));
            case TokenKind.LeftBrace:
                at++;
                return Map(token.Span.Start);
            case TokenKind.Dot:
                at++;
                return Name(token.Span.Start, rooted: true);
            case TokenKind.Identifier:
                return Name(token.Span.Start, rooted: false);
            default:
                return Unexpected(Diagnostic.AValue);
        }
    }

    private LiteralSyntax Literal(Token token, bool negative, CelValue value) =>
        new(negative ? new(tokens[at - 2].Span.Start, token.Span.End) : token.Span, value);

    private SyntaxNode Name(int start, bool rooted)
    {
        var token = Current;
        if (token.Kind != TokenKind.Identifier)
        {
            return Unexpected(Diagnostic.AName);
        }

        at++;
        switch (token.Text)
        {
            case "true" or "false" when !rooted:
                return new LiteralSyntax(token.Span, CelValue.Of(token.Text == "true"));
            case "null" when !rooted:
                return new LiteralSyntax(token.Span, CelValue.Null);
            case "true" or "false" or "null" or "in":
                at--;
                return Unexpected(Diagnostic.AValue);
        }

        if (Reserved.Contains(token.Text!))
        {
            return Fail(token.Span, ErrorCodes.Syntax, Diagnostic.Reserved(token.Text!));
        }

        if (!Take(TokenKind.LeftParen))
        {
            return new NameSyntax(From(start), token.Text!, rooted);
        }

        var arguments = List(TokenKind.RightParen, "')'", trailing: false);
        return token.Text == "has" ? Has(token, start, arguments) : Grown(new CallSyntax(From(start), null, token.Text!, token.Span, arguments));
    }

    private SyntaxNode Has(Token token, int start, List<SyntaxNode> arguments) =>
        failed ? arguments.FirstOrDefault() ?? new LiteralSyntax(token.Span, CelValue.Null)
        : arguments is [SelectSyntax { Test: false } select]
            ? Grown(new SelectSyntax(From(start), select.Operand, select.Field, select.FieldSpan, select.Quoted, test: true))
            : Fail(token.Span, ErrorCodes.Syntax, Diagnostic.HasField);

    private List<SyntaxNode> List(TokenKind close, string closeText, bool trailing)
    {
        var items = new List<SyntaxNode>();
        while (!failed && Current.Kind != close)
        {
            items.Add(Expression());
            if (!Take(TokenKind.Comma))
            {
                break;
            }

            if (!trailing && Current.Kind == close)
            {
                Unexpected(Diagnostic.ValueAfterComma);
            }
        }

        Expect(close, Diagnostic.OrComma(closeText));
        return items;
    }

    private SyntaxNode Map(int start)
    {
        var entries = new List<(SyntaxNode, SyntaxNode)>();
        while (!failed && Current.Kind != TokenKind.RightBrace)
        {
            var key = Expression();
            Expect(TokenKind.Colon, Diagnostic.ValueOfKey);
            entries.Add((key, Expression()));
            if (!Take(TokenKind.Comma))
            {
                break;
            }
        }

        Expect(TokenKind.RightBrace, Diagnostic.OrComma("'}'"));
        return Grown(new MapSyntax(From(start), entries));
    }
}
