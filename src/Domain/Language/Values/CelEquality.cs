namespace Engagement.Domain.Language.Values;

/// <summary>CEL's equality: numbers on one line, values of different kinds are different, never an error.</summary>
internal static class CelEquality
{
    /// <param name="work">Lowered by the elements visited; below zero the answer means nothing and the evaluation must fail.</param>
    public static bool Equal(in CelValue a, in CelValue b, ref int work)
    {
        if (--work < 0)
        {
            return false;
        }

        if (a.Kind != b.Kind)
        {
            return (a.Kind == CelKind.Int && b.Kind == CelKind.Double && CelOrdering.Compare(a.AsInt, b.AsDouble) == 0)
                || (a.Kind == CelKind.Double && b.Kind == CelKind.Int && CelOrdering.Compare(b.AsInt, a.AsDouble) == 0);
        }

        return a.Kind switch
        {
            CelKind.Null => true,
            CelKind.Bool or CelKind.Int => a.AsInt == b.AsInt,
            CelKind.Double => a.AsDouble == b.AsDouble,
            CelKind.String => string.Equals(a.AsString, b.AsString),
            CelKind.Timestamp or CelKind.Duration => a.Seconds == b.Seconds && a.Nanos == b.Nanos,
            CelKind.List => Lists(a.AsList, b.AsList, ref work),
            _ => Maps(a, b, ref work),
        };
    }

    private static bool Lists(IReadOnlyList<CelValue> a, IReadOnlyList<CelValue> b, ref int work)
    {
        if (a.Count != b.Count)
        {
            return false;
        }

        for (var i = 0; i < a.Count; i++)
        {
            if (!Equal(a[i], b[i], ref work))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Maps(in CelValue a, in CelValue b, ref int work)
    {
        if (a.AsMap.Count != b.AsMap.Count)
        {
            return false;
        }

        foreach (var (key, value) in a.AsMap)
        {
            if (!CelMap.TryGet(b, key, ref work, out var other) || !Equal(value, other, ref work))
            {
                return false;
            }
        }

        return true;
    }
}
