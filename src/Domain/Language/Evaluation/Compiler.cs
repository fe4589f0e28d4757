using Engagement.Domain.Language.Checking;
using Engagement.Domain.Language.Patterns;
using Engagement.Domain.Language.Syntax;
using Engagement.Domain.Language.Values;

namespace Engagement.Domain.Language.Evaluation;

/// <summary>Turns a checked tree into steps. What the checker could not name or call becomes a step that fails.</summary>
internal static class Compiler
{
    public static Node Compile(SyntaxNode syntax) => syntax switch
    {
        LiteralSyntax literal => new ConstantNode(literal.Span, literal.Value),
        NameSyntax name => Named(name.Span, name.Symbol) ?? new FailingNode(name.Span, $"the name {name.Name} is not known"),
        SelectSyntax select => Select(select),
        IndexSyntax index => Index(index),
        CallSyntax call => Call(call),
        MacroSyntax macro => Macro(macro),
        ListSyntax list => Fold(new ListNode(list.Span, [.. list.Elements.Select(Compile)])),
        MapSyntax map => Fold(new MapNode(map.Span, [.. map.Entries.Select(e => Compile(e.Key))], [.. map.Entries.Select(e => Compile(e.Value))])),
        NotSyntax not => new NotNode(not.Span, Compile(not.Operand)),
        NegateSyntax negate => Fold(new NegateNode(negate.Span, Compile(negate.Operand))),
        LogicSyntax logic => new LogicNode(logic.Span, logic.And, [.. logic.Operands.Select(Compile)]),
        ConditionalSyntax conditional => new ConditionalNode(conditional.Span, Compile(conditional.Condition), Compile(conditional.Then), Compile(conditional.Otherwise)),
        BinarySyntax binary => Binary(binary),
        _ => throw new InvalidOperationException($"A node of an unknown kind: {syntax.GetType()}"),
    };

    private static Node? Named(Span span, Symbol? symbol) => symbol switch
    {
        Symbol.Local local => new LocalNode(span, local.Slot),
        Symbol.Free free => new FreeNode(span, free.Name),
        Symbol.Now => new NowNode(span),
        Symbol.EventType => new EventTypeNode(span),
        Symbol.EventTime => new EventTimeNode(span),
        Symbol.EventData => new EventDataNode(span),
        Symbol.EventField field => new EventFieldNode(span, field.Name, field.Kind),
        Symbol.Segment segment => new SegmentNode(span, segment.Index),
        Symbol.Client client => Client(span, client.Field),
        Symbol.Metric { Function: MetricFunction.Count } metric => new MetricCountNode(span, metric.Index, metric.Window),
        Symbol.Metric { Function: MetricFunction.Last } metric => new MetricLastNode(span, metric.Index),
        Symbol.Metric { Function: MetricFunction.Sum or MetricFunction.Max } metric => new MetricFigureNode(span, metric.Index, metric.Function, metric.Window),
        Symbol.Metric metric => new MetricAnyNode(span, metric.Index, metric.Function, metric.Window),
        _ => null,
    };

    private static Node Client(Span span, ClientField field) => field switch
    {
        <= ClientField.Status => new ClientTextNode(span, (ClientText)field),
        ClientField.Assets => new AssetsNode(span),
        ClientField.Age => new AgeNode(span),
        ClientField.Risk => new RiskNode(span),
        ClientField.RiskValid => new RiskValidNode(span),
        ClientField.Opened => new OpenedNode(span),
        ClientField.Holdings => new HoldingsNode(span),
        _ => new ClientListNode(span, field - ClientField.Tags + ClientList.Tags),
    };

    private static Node Select(SelectSyntax select)
    {
        if (Named(select.Span, select.Symbol) is { } named)
        {
            return named;
        }

        if (select is { Test: true, Operand: SelectSyntax { Symbol: Symbol.EventData } })
        {
            return new HasEventFieldNode(select.Span, select.Field);
        }

        var operand = Compile(select.Operand);
        return select.Test ? new HasNode(select.Span, operand, select.Field)
            : operand is HoldingsNode ? new HoldingNode(select.Span, new ConstantNode(select.FieldSpan, CelValue.Of(select.Field)))
            : Fold(new SelectNode(select.Span, operand, select.Field));
    }

    private static Node Index(IndexSyntax index)
    {
        var (operand, key) = (Compile(index.Operand), Compile(index.Index));
        return (operand, key) switch
        {
            (HoldingsNode, _) when index.Index.Type == CelType.String => new HoldingNode(index.Span, key),
            (EventDataNode, ConstantNode { Constant.Kind: CelKind.String } name) => new EventFieldNode(index.Span, name.Constant.AsString, null),
            _ => Fold(new IndexNode(index.Span, operand, key)),
        };
    }

    private static Node Call(CallSyntax call)
    {
        if (Named(call.Span, call.Symbol) is { } named)
        {
            return named;
        }

        Node[] given = [.. call.Arguments.Select(Compile)];
        if (call.Target is not null)
        {
            given = [Compile(call.Target), .. given];
        }

        var function = Function.Find(call.Function, call.Target is not null, given.Length);
        return function switch
        {
            null => new FailingNode(call.Span, $"the function {call.Function} is not known"),
            { Field: { } field, Arity: 2 } => TimeField(call, field, given),
            { Field: { } field } when call.Target!.Type.Kind == CelKind.Timestamp => Fold(new TimeFieldNode(call.Span, field, given[0], Zone.Utc, call.Target.NowFactor != 0)),
            { Name: "size" } when given[0] is ClientListNode list => new ClientListSizeNode(call.Span, list),
            { Name: "size" } when given[0] is HoldingsNode holdings => new HoldingsSizeNode(call.Span, holdings),
            { Unary: { } unary } => Fold(new UnaryCallNode(call.Span, unary, given[0])),
            { Name: "matches" } when given[1] is ConstantNode { Constant.Kind: CelKind.String } pattern && LinearRegex.TryParse(pattern.Constant.AsString, out var regex, out _) =>
                new MatchesNode(call.Span, given[0], regex),
            _ => new BinaryCallNode(call.Span, function.Binary!, given[0], given[1]),
        };
    }

    private static Node TimeField(CallSyntax call, TimeField field, Node[] given) =>
        given[1] is ConstantNode { Constant.Kind: CelKind.String } name && Zone.TryParse(name.Constant.AsString, out var zone)
            ? Fold(new TimeFieldNode(call.Span, field, given[0], zone, call.Target!.NowFactor != 0))
            : new TimeFieldInZoneNode(call.Span, field, given[0], given[1]);

    private static Node Macro(MacroSyntax macro)
    {
        var (range, body) = (Compile(macro.Range), Compile(macro.Body));
        var filter = macro.Filter is null ? null : Compile(macro.Filter);
        return macro.Kind switch
        {
            MacroKind.All or MacroKind.Exists => new QuantifierNode(macro.Span, macro.Kind == MacroKind.All, range, macro.Slot, body),
            MacroKind.ExistsOne => new ExistsOneNode(macro.Span, range, macro.Slot, body),
            MacroKind.Filter => new TransformNode(macro.Span, range, macro.Slot, body, null),
            _ => new TransformNode(macro.Span, range, macro.Slot, filter, body),
        };
    }

    private static Node Binary(BinarySyntax binary)
    {
        var (left, right) = (Compile(binary.Left), Compile(binary.Right));
        var (op, span) = (binary.Operator, binary.Span);
        var (leftType, rightType) = (binary.Left.Type.Kind, binary.Right.Type.Kind);
        var factor = binary.Left.NowFactor - binary.Right.NowFactor;
        switch (op)
        {
            case BinaryOperator.In:
                return (left, right) switch
                {
                    (_, ClientListNode list) when leftType == CelKind.String => new InClientListNode(span, left, list),
                    (_, HoldingsNode) when leftType == CelKind.String => new HoldsNode(span, left),
                    (_, ConstantNode { Constant.Kind: CelKind.List } list) when leftType == CelKind.String && list.Constant.AsList.All(v => v.Kind == CelKind.String) =>
                        new InTextsNode(span, left, [.. list.Constant.AsList.Select(v => v.AsString)]),
                    _ => new InNode(span, left, right),
                };
            case < BinaryOperator.Less:
                return op != BinaryOperator.Remainder && leftType == CelKind.Double && rightType == CelKind.Double ? Fold(new ArithmeticDoublesNode(span, op, left, right))
                    : binary is { NowFactor: not 0, Type.Kind: CelKind.Duration } ? new DurationFromNowNode(span, op, binary.NowFactor, left, right)
                    : Fold(new ArithmeticNode(span, op, left, right));
            case var _ when factor != 0:
                return new CompareWithNowNode(span, op, factor, left, right);
            case var _ when Turning(span, op, left, right) is { } turning:
                return turning;
            default:
                (left, right) = (AsDouble(left, rightType), AsDouble(right, leftType));
                return (leftType, rightType) switch
                {
                    (CelKind.Int, CelKind.Int) => new CompareIntsNode(span, op, left, right),
                    (CelKind.Double, CelKind.Double) => new CompareDoublesNode(span, op, left, right),
                    (CelKind.Double, CelKind.Int) when right is ConstantNode { Constant.Kind: CelKind.Double } => new CompareDoublesNode(span, op, left, right),
                    (CelKind.Int, CelKind.Double) when left is ConstantNode { Constant.Kind: CelKind.Double } => new CompareDoublesNode(span, op, left, right),
                    (CelKind.String, CelKind.String) when op is BinaryOperator.Equal or BinaryOperator.NotEqual => new EqualTextsNode(span, op == BinaryOperator.Equal, left, right),
                    _ => new CompareNode(span, op, left, right),
                };
        }
    }

    /// <summary>A figure, the age or a part of <c>now</c> beside a fixed number: the range in which it holds tells when it turns.</summary>
    private static Node? Turning(Span span, BinaryOperator op, Node left, Node right)
    {
        var flipped = left is ConstantNode;
        var (moving, fixedAt) = flipped ? (right, left) : (left, right);
        double? number = fixedAt is not ConstantNode { Constant: var constant } ? null
            : constant.Kind == CelKind.Int && Math.Abs(constant.AsInt / 2) < 1L << 52 ? constant.AsInt
            : constant.Kind == CelKind.Double && double.IsFinite(constant.AsDouble) ? constant.AsDouble
            : null;
        if (number is not { } bound || moving is not (IMetricFigure or AgeNode or TimeFieldNode { Moves: true }))
        {
            return null;
        }

        var (least, most) = (flipped ? Mirrored(op) : op) switch
        {
            BinaryOperator.Less => (double.NegativeInfinity, Math.BitDecrement(bound)),
            BinaryOperator.LessEqual => (double.NegativeInfinity, bound),
            BinaryOperator.Greater => (Math.BitIncrement(bound), double.PositiveInfinity),
            BinaryOperator.GreaterEqual => (bound, double.PositiveInfinity),
            _ => (bound, bound),
        };
        var equal = op != BinaryOperator.NotEqual;
        return moving switch
        {
            TimeFieldNode field => new CompareFieldNode(span, field, fixedAt, flipped, equal, least, most),
            AgeNode age => new CompareAgeNode(span, age, fixedAt, flipped, equal, least, most),
            _ => new CompareMetricNode(span, moving, fixedAt, flipped, equal, least, most),
        };
    }

    private static BinaryOperator Mirrored(BinaryOperator op) => op switch
    {
        BinaryOperator.Less => BinaryOperator.Greater,
        BinaryOperator.LessEqual => BinaryOperator.GreaterEqual,
        BinaryOperator.Greater => BinaryOperator.Less,
        BinaryOperator.GreaterEqual => BinaryOperator.LessEqual,
        _ => op,
    };

    /// <summary>A whole literal beside a decimal is compared as a decimal, where no digit is lost.</summary>
    private static Node AsDouble(Node node, CelKind? other) =>
        other == CelKind.Double && node is ConstantNode { Constant: { Kind: CelKind.Int, AsInt: >= -(1L << 53) and <= 1L << 53 } } whole
            ? new ConstantNode(whole.Span, CelValue.Of((double)whole.Constant.AsInt))
            : node;

    /// <summary>Computes once what has only constants below it; what fails is left to fail when it is evaluated.</summary>
    private static Node Fold(Node node)
    {
        if (!node.Children.All(c => c is ConstantNode))
        {
            return node;
        }

        var frame = new Frame(null, null, 0);
        var value = node.Value(ref frame);
        return frame.HasFailed ? node : new ConstantNode(node.Span, value);
    }
}
