using Engagement.Domain.Diagnostics;

namespace Engagement.Domain.Documents;

/// <summary>Numbers in documents, exact: counts, shares, money.</summary>
internal static class Numbers
{
    private const long MaxFen = 9_000_000_000_000_000_00;

    public static decimal Exact(DocumentNode node, ProblemList problems) => TryNumber(node, problems, out var value) ? value : 0;

    public static ReadValue<int> Whole(int least, int most) => (node, problems) =>
    {
        if (!TryNumber(node, problems, out var value))
        {
            return least;
        }

        if (value == decimal.Truncate(value) && value >= least && value <= most)
        {
            return (int)value;
        }

        Values.WrongValue(node, problems, most == int.MaxValue ? Diagnostic.WholeFrom(least) : Diagnostic.WholeBetween(least, most));
        return least;
    };

    /// <summary>A share of one whole, exact.</summary>
    public static decimal Share(DocumentNode node, ProblemList problems)
    {
        var share = Exact(node, problems);
        if (share is < 0 or > 1)
        {
            Values.WrongValue(node, problems, Diagnostic.ShareRange);
        }

        return share;
    }

    /// <summary>0 to 100, exact: a part may be smaller than one in a hundred.</summary>
    public static decimal Percent(DocumentNode node, ProblemList problems)
    {
        var percent = Exact(node, problems);
        if (percent is < 0 or > 100)
        {
            Values.WrongValue(node, problems, Diagnostic.PercentRange);
        }

        return percent;
    }

    /// <summary>Yuan with at most two decimals, as fen.</summary>
    public static long Money(DocumentNode node, ProblemList problems)
    {
        var fen = Exact(node, problems);
        fen = Math.Abs(fen) <= MaxFen / 100 ? fen * 100 : decimal.MaxValue;
        if (fen == decimal.MaxValue || fen != decimal.Truncate(fen))
        {
            Values.WrongValue(node, problems, Diagnostic.MoneyForm);
            return 0;
        }

        return (long)fen;
    }

    public static long MoneyFromZero(DocumentNode node, ProblemList problems)
    {
        var fen = Money(node, problems);
        if (fen < 0)
        {
            Values.WrongValue(node, problems, Diagnostic.NotNegative);
        }

        return fen;
    }

    private static bool TryNumber(DocumentNode node, ProblemList problems, out decimal value)
    {
        value = 0;
        if (node is not DocumentScalar { Kind: ScalarKind.Number } scalar)
        {
            Values.WrongType(node, problems, Diagnostic.ANumber);
            return false;
        }

        if (CoreSchema.TryNumber(scalar.Value, out value))
        {
            return true;
        }

        Values.WrongValue(node, problems, Diagnostic.NotExact);
        return false;
    }
}
