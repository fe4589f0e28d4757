using Engagement.Domain.Language.Checking;

namespace Engagement.Domain.Language.Syntax;

internal enum BinaryOperator : byte { Add, Subtract, Multiply, Divide, Remainder, Less, LessEqual, Greater, GreaterEqual, Equal, NotEqual, In }

internal enum MacroKind : byte { All, Exists, ExistsOne, Map, Filter }

/// <summary>A node of the parsed tree. The checker writes down what it found out, for the compiler.</summary>
internal abstract class SyntaxNode(Span span, int height)
{
    public Span Span { get; } = span;

    public int Height { get; } = height;

    public CelType Type { get; set; } = CelType.Dyn;

    /// <summary>How the value moves with <c>now</c>: +1 later as time passes, -1 the other way, 0 not at all.</summary>
    public int NowFactor { get; set; }
}

internal sealed class LiteralSyntax(Span span, CelValue value) : SyntaxNode(span, 1)
{
    public CelValue Value { get; } = value;
}

/// <param name="rooted">Written with a leading dot: never the variable of a macro.</param>
internal sealed class NameSyntax(Span span, string name, bool rooted) : SyntaxNode(span, 1)
{
    public string Name { get; } = name;

    public bool Rooted { get; } = rooted;

    public Symbol? Symbol { get; set; }
}

/// <param name="test">Inside <c>has()</c>: asks for the presence only.</param>
internal sealed class SelectSyntax(Span span, SyntaxNode operand, string field, Span fieldSpan, bool quoted, bool test = false)
    : SyntaxNode(span, operand.Height + 1)
{
    public SyntaxNode Operand { get; } = operand;

    public string Field { get; } = field;

    public Span FieldSpan { get; } = fieldSpan;

    public bool Quoted { get; } = quoted;

    public bool Test { get; } = test;

    /// <summary>Set where the whole chain is one name, e.g. <c>client.assets</c>.</summary>
    public Symbol? Symbol { get; set; }
}

internal sealed class IndexSyntax(Span span, SyntaxNode operand, SyntaxNode index) : SyntaxNode(span, Math.Max(operand.Height, index.Height) + 1)
{
    public SyntaxNode Operand { get; } = operand;

    public SyntaxNode Index { get; } = index;
}

internal sealed class CallSyntax(Span span, SyntaxNode? target, string function, Span functionSpan, IReadOnlyList<SyntaxNode> arguments)
    : SyntaxNode(span, Math.Max(target?.Height ?? 0, arguments.Select(a => a.Height).DefaultIfEmpty().Max()) + 1)
{
    public SyntaxNode? Target { get; } = target;

    public string Function { get; } = function;

    public Span FunctionSpan { get; } = functionSpan;

    public IReadOnlyList<SyntaxNode> Arguments { get; } = arguments;

    /// <summary>Set for the functions of the domain: metrics and <c>inSegment</c>.</summary>
    public Symbol? Symbol { get; set; }
}

internal sealed class MacroSyntax(Span span, MacroKind kind, SyntaxNode range, string variable, Span variableSpan, SyntaxNode? filter, SyntaxNode body)
    : SyntaxNode(span, Math.Max(range.Height, Math.Max(filter?.Height ?? 0, body.Height)) + 1)
{
    public MacroKind Kind { get; } = kind;

    public SyntaxNode Range { get; } = range;

    public string Variable { get; } = variable;

    public Span VariableSpan { get; } = variableSpan;

    public SyntaxNode? Filter { get; } = filter;

    public SyntaxNode Body { get; } = body;

    public int Slot { get; set; }
}

internal sealed class ListSyntax(Span span, IReadOnlyList<SyntaxNode> elements)
    : SyntaxNode(span, elements.Select(e => e.Height).DefaultIfEmpty().Max() + 1)
{
    public IReadOnlyList<SyntaxNode> Elements { get; } = elements;
}

internal sealed class MapSyntax(Span span, IReadOnlyList<(SyntaxNode Key, SyntaxNode Value)> entries)
    : SyntaxNode(span, entries.Select(e => Math.Max(e.Key.Height, e.Value.Height)).DefaultIfEmpty().Max() + 1)
{
    public IReadOnlyList<(SyntaxNode Key, SyntaxNode Value)> Entries { get; } = entries;
}

internal sealed class NotSyntax(Span span, SyntaxNode operand) : SyntaxNode(span, operand.Height + 1)
{
    public SyntaxNode Operand { get; } = operand;
}

internal sealed class NegateSyntax(Span span, SyntaxNode operand) : SyntaxNode(span, operand.Height + 1)
{
    public SyntaxNode Operand { get; } = operand;
}

internal sealed class BinarySyntax(Span span, BinaryOperator op, Span opSpan, SyntaxNode left, SyntaxNode right)
    : SyntaxNode(span, Math.Max(left.Height, right.Height) + 1)
{
    public BinaryOperator Operator { get; } = op;

    public Span OperatorSpan { get; } = opSpan;

    public SyntaxNode Left { get; } = left;

    public SyntaxNode Right { get; } = right;
}

/// <summary>A chain of <c>&amp;&amp;</c> or <c>||</c>, flat: a long one is no deeper than a short one.</summary>
internal sealed class LogicSyntax(Span span, bool and, IReadOnlyList<SyntaxNode> operands)
    : SyntaxNode(span, operands.Max(o => o.Height) + 1)
{
    public bool And { get; } = and;

    public IReadOnlyList<SyntaxNode> Operands { get; } = operands;
}

internal sealed class ConditionalSyntax(Span span, SyntaxNode condition, SyntaxNode then, SyntaxNode otherwise)
    : SyntaxNode(span, Math.Max(condition.Height, Math.Max(then.Height, otherwise.Height)) + 1)
{
    public SyntaxNode Condition { get; } = condition;

    public SyntaxNode Then { get; } = then;

    public SyntaxNode Otherwise { get; } = otherwise;
}
