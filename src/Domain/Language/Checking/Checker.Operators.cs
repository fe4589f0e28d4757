using Engagement.Domain.Diagnostics;
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
            Error(binary.OperatorSpan, ErrorCodes.Type, Diagnostic.CannotCompare(left.Name, right.Name, AreNumbers(left, right)));
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
            Error(binary.OperatorSpan, ErrorCodes.Type, ordered ? Diagnostic.NoOrder(known.Name) : Diagnostic.CannotCompare(left.Name, right.Name, numbers: false));
        }

        RefuseTwoNows(binary);
        return CelType.Bool;
    }

    private void RefuseTwoNows(BinarySyntax binary)
    {
        if (binary.Left.NowFactor != 0 && binary.Right.NowFactor != 0)
        {
            Error(binary.OperatorSpan, ErrorCodes.Time, Diagnostic.NowTwice);
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
            Error(binary.Right.Span, ErrorCodes.Type, Diagnostic.InNeedsHolder(right.Name));
        }
        else if (!left.Fits(holds))
        {
            Error(binary.OperatorSpan, ErrorCodes.Type, Diagnostic.InHoldsOther(left.Name, holds.Name, AreNumbers(left, holds)));
        }

        return CelType.Bool;
    }

    private CelType CheckArithmetic(BinarySyntax binary, CelType left, CelType right)
    {
        if (left.IsDyn || right.IsDyn)
        {
            if (binary.Left.NowFactor != 0 || binary.Right.NowFactor != 0)
            {
                Error(binary.OperatorSpan, ErrorCodes.Time, Diagnostic.NowPlusUnknown);
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
        Error(binary.OperatorSpan, ErrorCodes.Type, Diagnostic.CannotApply(binary.Operator, left.Name, right.Name, AreNumbers(left, right)));
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
            Error(binary.OperatorSpan, ErrorCodes.Time, Diagnostic.NowTwiceInSum);
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

        Error(negate.Span, ErrorCodes.Type, Diagnostic.NoNegative(type.Name));
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
            Error(index.Operand.Span, ErrorCodes.Type, Diagnostic.NoIndex(operand.Name));
            return CelType.Dyn;
        }

        if (!key.Fits(wanted))
        {
            Error(index.Index.Span, ErrorCodes.Type, Diagnostic.WrongIndex(wanted.Name, key.Name));
        }

        return operand.Element ?? CelType.Dyn;
    }

    private void Plain(SyntaxNode node)
    {
        if (node.NowFactor != 0)
        {
            Error(node.Span, ErrorCodes.Time, Diagnostic.NowElsewhere);
            node.NowFactor = 0;
        }
    }

    /// <summary>Or lists of such, where the same advice helps.</summary>
    private static bool AreNumbers(CelType left, CelType right) =>
        (left.IsNumber && right.IsNumber) || (left.Kind == CelKind.List && right.Kind == CelKind.List && AreNumbers(left.Element!, right.Element!));
}
