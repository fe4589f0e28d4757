namespace Engagement.Domain.Language.Checking;

/// <summary>Finds the name that was probably meant.</summary>
internal static class Suggestion
{
    /// <summary>Null where no name is near.</summary>
    public static string? For(string written, IEnumerable<string> names)
    {
        var limit = Math.Max(1, written.Length / 3);
        string? best = null;
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            var distance = string.Equals(name, written, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(written, name, limit);
            if (distance <= limit)
            {
                (best, limit) = (name, distance - 1);
            }
        }

        return best;
    }

    /// <summary>Edits between two names, an exchange of neighbours counting as one; beyond the limit, any larger number.</summary>
    private static int Distance(string a, string b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) > limit || a.Length > 64)
        {
            return limit + 1;
        }

        var before = new int[b.Length + 1];
        var above = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var row = new int[b.Length + 1];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, above) = (above, row);
        }

        return above[b.Length];
    }
}
