using Engagement.Domain.Language.Syntax;

namespace Engagement.Domain.Language.Checking;

/// <summary>Operators, and how <c>now</c> passes through them.</summary>
internal sealed partial class Checker
{
    private CelType CheckBinary(BinarySyntax binary)
    {
        var left = CheckTimed(binary.Left);
        var right = CheckTimed(binary.Right);
        return binary.Operator switch
        {
            BinaryOperator.In => CheckIn(binary, left, right),
            BinaryOperator.Equal or BinaryOperator.NotEqual => CheckEquality(binary, left, right),
            >= BinaryOperator.Less and <= BinaryOperator.GreaterEqual => CheckOrder(binary, left, right),
            _ => CheckArithmetic(binary, left, right),
        };
    }

    private CelType CheckEquality(BinarySyntax binary, CelType left, CelType right)
    {
        if (!left.Fits(right))
        {
            Error(binary.OperatorSpan, ErrorCodes.Type, $"Cannot compare {left} with {right}.{DecimalHint(left, right)}");
        }

        RefuseTwoNows(binary);
        return CelType.Bool;
    }

    private CelType CheckOrder(BinarySyntax binary, CelType left, CelType right)
    {
        var known = left.IsDyn ? right : left;
        var ordered = left.IsDyn || right.IsDyn || left.Kind == right.Kind || (left.IsNumber && right.IsNumber);
        if (!ordered || known.Kind is CelKind.List or CelKind.Map or CelKind.Null)
        {
            Error(binary.OperatorSpan, ErrorCodes.Type, ordered ? $"There is no greater and smaller among: {known}." : $"Cannot compare {left} with {right}.");
        }

        RefuseTwoNows(binary);
        return CelType.Bool;
    }

    private void RefuseTwoNows(BinarySyntax binary)
    {
        if (binary.Left.NowFactor != 0 && binary.Right.NowFactor != 0)
        {
            Error(binary.OperatorSpan, ErrorCodes.Time, "now stands on both sides: the comparison never changes with time.");
        }
    }

    private CelType CheckIn(BinarySyntax binary, CelType left, CelType right)
    {
        Plain(binary.Left);
        Plain(binary.Right);
        var holds = right.Kind switch
        {
            null => CelType.Dyn,
            CelKind.List => right.Element!,
            CelKind.Map => right.Key!,
            _ => null,
        };
        if (holds is null)
        {
            Error(binary.Right.Span, ErrorCodes.Type, $"'in' looks into a list or a map, but this is {right}.");
        }
        else if (!left.Fits(holds))
        {
            Error(binary.OperatorSpan, ErrorCodes.Type, $"Looking for {left}, but it holds: {holds}.{DecimalHint(left, holds)}");
        }

        return CelType.Bool;
    }

    private CelType CheckArithmetic(BinarySyntax binary, CelType left, CelType right)
    {
        if (left.IsDyn || right.IsDyn)
        {
            if (binary.Left.NowFactor != 0 || binary.Right.NowFactor != 0)
            {
                Error(binary.OperatorSpan, ErrorCodes.Time, "What is added to now or taken from it must be known as a duration or a point in time: write duration(…) or timestamp(…).");
                binary.Left.NowFactor = binary.Right.NowFactor = 0;
            }

            return CelType.Dyn;
        }

        if (Result(binary.Operator, left, right) is { } result)
        {
            binary.NowFactor = Factor(binary);
            return result;
        }

        Plain(binary.Left);
        Plain(binary.Right);
        Error(binary.OperatorSpan, ErrorCodes.Type, $"Cannot {Verb(binary.Operator)} {left} and {right}.{DecimalHint(left, right)}");
        return CelType.Dyn;
    }

    private static CelType? Result(BinaryOperator op, CelType left, CelType right) => (op, left.Kind, right.Kind) switch
    {
        (not BinaryOperator.Remainder, CelKind.Double, CelKind.Double) => CelType.Double,
        (_, CelKind.Int, CelKind.Int) => CelType.Int,
        (BinaryOperator.Add, CelKind.String, CelKind.String) => CelType.String,
        (BinaryOperator.Add, CelKind.List, CelKind.List) => left.Join(right),
        (BinaryOperator.Add or BinaryOperator.Subtract, CelKind.Timestamp, CelKind.Duration) => CelType.Timestamp,
        (BinaryOperator.Add, CelKind.Duration, CelKind.Timestamp) => CelType.Timestamp,
        (BinaryOperator.Subtract, CelKind.Timestamp, CelKind.Timestamp) => CelType.Duration,
        (BinaryOperator.Add or BinaryOperator.Subtract, CelKind.Duration, CelKind.Duration) => CelType.Duration,
        _ => null,
    };

    /// <summary>Times are moved and subtracted, never scaled: the factor of a sum or difference is -1, 0 or 1.</summary>
    private int Factor(BinarySyntax binary)
    {
        if (binary.Left.NowFactor != 0 && binary.Right.NowFactor != 0)
        {
            Error(binary.OperatorSpan, ErrorCodes.Time, "now stands on both sides: compare it with points in time instead.");
            return 0;
        }

        return binary.Operator == BinaryOperator.Subtract ? binary.Left.NowFactor - binary.Right.NowFactor : binary.Left.NowFactor + binary.Right.NowFactor;
    }

    private CelType CheckNegate(NegateSyntax negate)
    {
        var type = Check(negate.Operand);
        if (type.IsDyn || type.IsNumber)
        {
            return type;
        }

        Error(negate.Span, ErrorCodes.Type, $"Only a number has a negative, but this is {type}.");
        return CelType.Dyn;
    }

    private CelType CheckIndex(IndexSyntax index)
    {
        var operand = Check(index.Operand);
        var key = Check(index.Index);
        var wanted = operand.Kind switch
        {
            null => CelType.Dyn,
            CelKind.List => CelType.Int,
            CelKind.Map => operand.Key!,
            _ => null,
        };
        if (wanted is null)
        {
            Error(index.Operand.Span, ErrorCodes.Type, $"[…] asks a list or a map, but this is {operand}.");
            return CelType.Dyn;
        }

        if (!key.Fits(wanted))
        {
            Error(index.Index.Span, ErrorCodes.Type, $"Between [ and ] must be {wanted}, but this is {key}.");
        }

        return operand.Element ?? CelType.Dyn;
    }

    private void Plain(SyntaxNode node)
    {
        if (node.NowFactor != 0)
        {
            Error(node.Span, ErrorCodes.Time, "now may only be compared with points in time (plus or minus a duration), or asked for year to hour.");
            node.NowFactor = 0;
        }
    }

    private static string DecimalHint(CelType left, CelType right) =>
        left.IsNumber && right.IsNumber ? " Write whole numbers as decimals, e.g. 100.0 for 100, or use double(…)." : "";

    private static string Verb(BinaryOperator op) => op switch
    {
        BinaryOperator.Add => "add",
        BinaryOperator.Subtract => "subtract",
        BinaryOperator.Multiply => "multiply",
        BinaryOperator.Divide => "divide",
        _ => "take the remainder of",
    };
}
