using Engagement.Domain.Diagnostics;
using Engagement.Domain.Language.Syntax;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Language.Checking;

/// <summary>
/// Finds out what every name means and every type, writes both into the tree, and gathers all errors. Goes on after an
/// error with a dynamic type, so that one mistake is reported once.
/// </summary>
internal sealed partial class Checker
{
    private readonly string source;
    private readonly ExpressionScope? scope;
    private readonly IReadOnlySet<string> free;
    private readonly List<ExpressionError> errors = [];
    private readonly List<(string Name, CelType Type, int Slot)> locals = [];
    private readonly HashSet<int> metrics = [];
    private readonly HashSet<int> segments = [];
    private readonly HashSet<string> fields = [];
    private bool readsNow;
    private bool readsEvent;

    private Checker(string source, ExpressionScope? scope, IReadOnlySet<string> free) => (this.source, this.scope, this.free) = (source, scope, free);

    /// <summary>How many variables of macros are alive at once, at most.</summary>
    public int Slots { get; private set; }

    /// <summary>In the order of the source.</summary>
    public IReadOnlyList<ExpressionError> Errors => [.. errors.OrderBy(e => e.Offset)];

    public ExpressionReads Reads => new(metrics, segments, fields, readsNow, readsEvent);

    /// <summary>Checks an expression of the catalogue.</summary>
    /// <param name="expected">The result's type; null: any.</param>
    public static Checker Check(string source, SyntaxNode root, ExpressionScope scope, CelKind? expected)
    {
        var checker = new Checker(source, scope, new HashSet<string>());
        var type = checker.Check(root);
        var wanted = expected is { } kind ? CelType.Of(kind) : CelType.Dyn;
        if (!type.Fits(wanted) && !(expected == CelKind.Double && type.Kind == CelKind.Int))
        {
            checker.Error(root.Span, ErrorCodes.Type, Diagnostic.Needs(Diagnostic.ResultNeeds, wanted.Name, type.Name));
        }

        return checker;
    }

    /// <summary>Checks an expression over free variables of any type, without the domain.</summary>
    public static Checker Check(string source, SyntaxNode root, IReadOnlySet<string> free)
    {
        var checker = new Checker(source, null, free);
        checker.Check(root);
        return checker;
    }

    /// <summary>Checks a node where <c>now</c> itself, or a time counted from it, has no place.</summary>
    private CelType Check(SyntaxNode node)
    {
        var type = CheckTimed(node);
        if (node.NowFactor != 0)
        {
            Error(node.Span, ErrorCodes.Time, Diagnostic.NowElsewhere);
            node.NowFactor = 0;
        }

        return type;
    }

    /// <summary>Checks a node where a time counted from <c>now</c> is welcome.</summary>
    private CelType CheckTimed(SyntaxNode node) => node.Type = node switch
    {
        LiteralSyntax literal => CelType.Of(literal.Value.Kind),
        NameSyntax name => CheckName(name),
        SelectSyntax select => CheckSelect(select),
        IndexSyntax index => CheckIndex(index),
        CallSyntax call => CheckCall(call),
        MacroSyntax macro => CheckMacro(macro),
        ListSyntax list => CelType.List(JoinAll(list.Elements)),
        MapSyntax map => CheckMap(map),
        NotSyntax not => Require(not.Operand, CelType.Bool, Diagnostic.NotNeeds),
        NegateSyntax negate => CheckNegate(negate),
        LogicSyntax logic => CheckLogic(logic),
        ConditionalSyntax conditional => CheckConditional(conditional),
        BinarySyntax binary => CheckBinary(binary),
        _ => throw new InvalidOperationException($"A node of an unknown kind: {node.GetType()}"),
    };

    private CelType CheckLogic(LogicSyntax logic)
    {
        foreach (var operand in logic.Operands)
        {
            Require(operand, CelType.Bool, logic.And ? Diagnostic.AndNeeds : Diagnostic.OrNeeds);
        }

        return CelType.Bool;
    }

    private CelType CheckConditional(ConditionalSyntax conditional)
    {
        Require(conditional.Condition, CelType.Bool, Diagnostic.QuestionNeeds);
        var then = Check(conditional.Then);
        var otherwise = Check(conditional.Otherwise);
        if (!then.Fits(otherwise))
        {
            Error(conditional.Otherwise.Span, ErrorCodes.Type, Diagnostic.OneTypeOfTwo(then.Name, otherwise.Name, AreNumbers(then, otherwise)));
        }

        return then.Join(otherwise);
    }

    private CelType CheckMap(MapSyntax map)
    {
        foreach (var (key, _) in map.Entries)
        {
            var type = Check(key);
            if (!type.IsDyn && type.Kind is not (CelKind.Int or CelKind.String or CelKind.Bool))
            {
                Error(key.Span, ErrorCodes.Type, Diagnostic.KeyType(type.Name));
            }
        }

        var keys = map.Entries.Select(e => e.Key.Type).DefaultIfEmpty(CelType.Dyn).Aggregate((a, b) => a.Join(b));
        return CelType.Map(keys, JoinAll([.. map.Entries.Select(e => e.Value)]));
    }

    private CelType JoinAll(IReadOnlyList<SyntaxNode> nodes)
    {
        CelType? joined = null;
        foreach (var node in nodes)
        {
            var type = Check(node);
            joined = joined is null ? type : joined.Join(type);
        }

        return joined ?? CelType.Dyn;
    }

    private CelType CheckMacro(MacroSyntax macro)
    {
        var range = Check(macro.Range);
        var element = range.Kind switch
        {
            CelKind.List => range.Element!,
            CelKind.Map => range.Key!,
            _ => CelType.Dyn,
        };
        if (range.Kind is not (null or CelKind.List or CelKind.Map))
        {
            Error(macro.Range.Span, ErrorCodes.Type, Diagnostic.NoElements(range.Name));
        }

        macro.Slot = locals.Count;
        Slots = Math.Max(Slots, locals.Count + 1);
        locals.Add((macro.Variable, element, macro.Slot));
        if (macro.Filter is not null)
        {
            Require(macro.Filter, CelType.Bool, Diagnostic.ConditionNeeds);
        }

        var body = macro.Kind == MacroKind.Map ? Check(macro.Body) : Require(macro.Body, CelType.Bool, Diagnostic.ConditionNeeds);
        locals.RemoveAt(locals.Count - 1);
        return macro.Kind switch
        {
            MacroKind.Map => CelType.List(body),
            MacroKind.Filter => CelType.List(element),
            _ => CelType.Bool,
        };
    }

    private CelType Require(SyntaxNode node, CelType wanted, Localized who)
    {
        var type = Check(node);
        if (!type.Fits(wanted))
        {
            Error(node.Span, ErrorCodes.Type, Diagnostic.Needs(who, wanted.Name, type.Name));
        }

        return wanted;
    }

    private void Error(Span span, string code, Localized message)
    {
        if (errors.Count < Limits.Errors)
        {
            errors.Add(span.Error(source, code, message));
        }
    }
}
