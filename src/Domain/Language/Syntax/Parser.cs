using System.Text;
using Engagement.Domain.Diagnostics;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Language.Syntax;

/// <summary>
/// Recursive descent over CEL's grammar. At an error it jumps to the end of the source, so that every loop ends and no
/// exception is needed, and then reads on behind the next <c>&amp;&amp;</c> or <c>||</c> for further errors.
/// </summary>
internal sealed partial class Parser
{
    private readonly string source;
    private readonly List<Token> tokens;
    private int at;
    private int nesting;
    private int macros;
    private readonly List<ExpressionError> errors;
    private bool failed;
    private int failedAt;

    private Parser(string source, Lexer lexer) => (this.source, tokens, errors) = (source, lexer.Run(), lexer.Errors);

    /// <param name="errors">In the order of the source; empty when it is an expression.</param>
    public static bool TryParse(string source, out SyntaxNode root, out IReadOnlyList<ExpressionError> errors)
    {
        root = new LiteralSyntax(new(0, 0), CelValue.Null);
        if (source.Length > Limits.Source || Encoding.UTF8.GetByteCount(source) > Limits.Source)
        {
            errors = [new(ErrorCodes.TooLarge, 0, 1, 1, Diagnostic.SourceTooLong(Limits.Source / 1024))];
            return false;
        }

        var parser = new Parser(source, new(source));
        root = parser.Expression();
        parser.ExpectEnd();
        while (parser.Resume())
        {
            parser.Rest();
        }

        // A character that was reported and read as what was probably meant may be wrong in both ways: once is enough.
        errors = [.. parser.errors.OrderBy(e => e.Offset).DistinctBy(e => e.Offset).Take(Limits.Errors)];
        return errors.Count == 0 && !parser.failed;
    }

    private Token Current => tokens[at];

    private Span From(int start) => new(start, at == 0 ? start : Math.Max(start, tokens[at - 1].Span.End));

    private SyntaxNode Expression()
    {
        var start = Current.Span.Start;
        if (++nesting > Limits.Nesting)
        {
            return Fail(Current.Span, ErrorCodes.TooDeep, Diagnostic.TooNested(Limits.Nesting));
        }

        var condition = Logic(or: true);
        if (Take(TokenKind.Question))
        {
            var then = Logic(or: true);
            Expect(TokenKind.Colon, Diagnostic.OtherCase);
            var otherwise = Expression();
            condition = Grown(new ConditionalSyntax(From(start), condition, then, otherwise));
        }

        nesting--;
        return condition;
    }

    private SyntaxNode Logic(bool or)
    {
        var start = Current.Span.Start;
        var first = or ? Logic(or: false) : Relation();
        var kind = or ? TokenKind.Or : TokenKind.And;
        if (Current.Kind != kind)
        {
            return first;
        }

        var operands = new List<SyntaxNode> { first };
        while (Take(kind))
        {
            operands.Add(or ? Logic(or: false) : Relation());
        }

        return Grown(new LogicSyntax(From(start), !or, operands));
    }

    private SyntaxNode Relation() => Chain(0);

    /// <summary>The left-associative operators, by level: 0 relations, 1 sums, 2 products.</summary>
    private SyntaxNode Chain(int level)
    {
        var start = Current.Span.Start;
        var left = level < 2 ? Chain(level + 1) : Unary();
        while (OperatorAt(level) is { } op)
        {
            var opSpan = Current.Span;
            at++;
            var right = level < 2 ? Chain(level + 1) : Unary();
            left = Grown(new BinarySyntax(From(start), op, opSpan, left, right));
        }

        return left;
    }

    private BinaryOperator? OperatorAt(int level) => (level, Current.Kind) switch
    {
        (0, TokenKind.Less) => BinaryOperator.Less,
        (0, TokenKind.LessEqual) => BinaryOperator.LessEqual,
        (0, TokenKind.Greater) => BinaryOperator.Greater,
        (0, TokenKind.GreaterEqual) => BinaryOperator.GreaterEqual,
        (0, TokenKind.Equal) => BinaryOperator.Equal,
        (0, TokenKind.NotEqual) => BinaryOperator.NotEqual,
        (0, TokenKind.Identifier) when Current.Text == "in" => BinaryOperator.In,
        (1, TokenKind.Plus) => BinaryOperator.Add,
        (1, TokenKind.Minus) => BinaryOperator.Subtract,
        (2, TokenKind.Times) => BinaryOperator.Multiply,
        (2, TokenKind.Divide) => BinaryOperator.Divide,
        (2, TokenKind.Remainder) => BinaryOperator.Remainder,
        _ => null,
    };

    private SyntaxNode Unary()
    {
        var kind = Current.Kind;
        if (kind is not (TokenKind.Not or TokenKind.Minus))
        {
            return Member(negative: false);
        }

        var starts = new List<int>();
        while (Current.Kind == kind)
        {
            starts.Add(Current.Span.Start);
            at++;
        }

        // The last minus belongs to the number: 9223372036854775808 is a whole number only with it.
        var negative = kind == TokenKind.Minus && Current.Kind is TokenKind.Int or TokenKind.Double;
        var operand = Member(negative);
        var count = negative ? starts.Count - 1 : starts.Count;

        // Pairs cancel out; one pair is kept, so that the operand's type is still asked for.
        for (var i = count > 2 ? 2 - (count % 2) : count; i > 0; i--)
        {
            var span = From(starts[i - 1]);
            operand = kind == TokenKind.Not ? new NotSyntax(span, operand) : new NegateSyntax(span, operand);
        }

        return operand;
    }

    private SyntaxNode Grown(SyntaxNode node) => node.Height > Limits.Height
        ? Fail(node.Span, ErrorCodes.TooDeep, Diagnostic.ChainTooLong(Limits.Height))
        : node;

    private bool Take(TokenKind kind)
    {
        if (Current.Kind != kind)
        {
            return false;
        }

        at++;
        return true;
    }

    private void Expect(TokenKind kind, Localized what)
    {
        if (!Take(kind))
        {
            Unexpected(what);
        }
    }

    private void ExpectEnd()
    {
        if (Current.Kind == TokenKind.End)
        {
            return;
        }

        var word = Current.Text;
        _ = Current.Kind == TokenKind.Identifier && word is "and" or "or" or "AND" or "OR"
            ? Fail(Current.Span, ErrorCodes.Syntax, Diagnostic.WriteInstead(word is "and" or "AND" ? "&&" : "||", word))
            : Unexpected(Diagnostic.OperatorOrEnd);
    }

    private LiteralSyntax Unexpected(Localized expected) => Current.Kind switch
    {
        TokenKind.Bad => Stop(Current.Span),
        TokenKind.End => Fail(Current.Span, ErrorCodes.Syntax, Diagnostic.EndsTooEarly(expected)),
        _ => Fail(Current.Span, ErrorCodes.Syntax, Diagnostic.Expected(expected, Current.Span.Of(source))),
    };

    private LiteralSyntax Fail(Span span, string code, Localized message)
    {
        if (!failed)
        {
            errors.Add(span.Error(source, code, message));
        }

        return Stop(span);
    }

    private LiteralSyntax Stop(Span span)
    {
        failedAt = failed ? failedAt : at;
        failed = true;
        at = tokens.Count - 1;
        return new LiteralSyntax(span, CelValue.Null);
    }

    /// <summary>After an error: behind the next <c>&amp;&amp;</c> or <c>||</c> something new begins. What is too deep is given up.</summary>
    private bool Resume()
    {
        var next = failed && errors.Count is > 0 and < Limits.Errors && errors[^1].Code == ErrorCodes.Syntax
            ? tokens.FindIndex(failedAt, t => t.Kind is TokenKind.And or TokenKind.Or)
            : -1;
        if (next < 0)
        {
            return false;
        }

        (failed, at, nesting, macros) = (false, next + 1, 0, 0);
        return true;
    }

    /// <summary>Reads what follows an error. What is closed here was opened before it, so it is no error of its own.</summary>
    private void Rest()
    {
        Expression();
        while (!failed && Current.Kind is TokenKind.RightParen or TokenKind.RightBracket or TokenKind.RightBrace)
        {
            at++;
            if (Current.Kind is TokenKind.Comma or TokenKind.Colon or TokenKind.Dot or >= TokenKind.Question and not TokenKind.Not || Current.Text == "in")
            {
                at++;
                Expression();
            }
        }

        if (!failed && Current.Kind is TokenKind.Comma or TokenKind.Colon)
        {
            // The rest of a list or of a '? :' around the error.
            Stop(Current.Span);
        }
        else if (!failed)
        {
            ExpectEnd();
        }
    }
}
