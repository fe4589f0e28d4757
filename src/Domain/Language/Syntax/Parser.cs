using System.Text;

namespace Engagement.Domain.Language.Syntax;

/// <summary>
/// Recursive descent over CEL's grammar. At the first error it jumps to the end of the source, so that every loop ends
/// and no exception is needed.
/// </summary>
internal sealed partial class Parser
{
    private readonly string source;
    private readonly List<Token> tokens;
    private int at;
    private int nesting;
    private int macros;
    private ExpressionError? error;

    private Parser(string source, List<Token> tokens, ExpressionError? error) => (this.source, this.tokens, this.error) = (source, tokens, error);

    public static bool TryParse(string source, out SyntaxNode root, out ExpressionError? error)
    {
        root = new LiteralSyntax(new(0, 0), CelValue.Null);
        if (source.Length > Limits.Source || Encoding.UTF8.GetByteCount(source) > Limits.Source)
        {
            error = new(ErrorCodes.TooLarge, 0, 1, 1, $"An expression may be at most {Limits.Source / 1024} KiB long.");
            return false;
        }

        var lexer = new Lexer(source);
        var parser = new Parser(source, lexer.Run(), lexer.Error);
        if (parser.error is null)
        {
            root = parser.Expression();
            parser.ExpectEnd();
        }

        error = parser.error;
        return error is null;
    }

    private Token Current => tokens[at];

    private Span From(int start) => new(start, at == 0 ? start : Math.Max(start, tokens[at - 1].Span.End));

    private SyntaxNode Expression()
    {
        var start = Current.Span.Start;
        if (++nesting > Limits.Nesting)
        {
            return Fail(Current.Span, ErrorCodes.TooDeep, $"Nested more than {Limits.Nesting} levels deep.");
        }

        var condition = Logic(or: true);
        if (Take(TokenKind.Question))
        {
            var then = Logic(or: true);
            Expect(TokenKind.Colon, "':' and the value for the other case");
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
        ? Fail(node.Span, ErrorCodes.TooDeep, $"A chain of more than {Limits.Height} operators or fields.")
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

    private void Expect(TokenKind kind, string what)
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
            ? Fail(Current.Span, ErrorCodes.Syntax, $"Write {(word is "and" or "AND" ? "&&" : "||")} instead of {word}.")
            : Unexpected("an operator such as &&, or the end");
    }

    private LiteralSyntax Unexpected(string expected) => Fail(Current.Span, ErrorCodes.Syntax, Current.Kind == TokenKind.End
        ? $"The expression ends too early: expected {expected}."
        : $"Expected {expected}, but found {Current.Span.Of(source)}.");

    private LiteralSyntax Fail(Span span, string code, string message)
    {
        error ??= span.Error(source, code, message);
        at = tokens.Count - 1;
        return new LiteralSyntax(span, CelValue.Null);
    }
}
