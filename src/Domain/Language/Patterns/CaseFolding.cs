using System.Text;

namespace Engagement.Domain.Language.Patterns;

/// <summary>Letters that are the same but for their case, by simple folding: one character is never two.</summary>
internal static class CaseFolding
{
    // The Turkish i and its dotted capital fold to nothing here; these four fold to letters that do not fold to them.
    private static readonly (int Letter, int Other)[] Further = [('k', 0x212A), ('s', 0x17F), (0xE5, 0x212B), (0x3C9, 0x2126)];

    private static readonly Lazy<int[][]> Known = new(Read);

    /// <summary>Sets of two and more.</summary>
    public static IReadOnlyList<int[]> Orbits => Known.Value;

    private static int[][] Read()
    {
        var heads = new Dictionary<int, int>();
        var members = new Dictionary<int, List<int>>();
        for (var code = 0; code <= 0x1FFFF; code++)
        {
            if (Rune.IsValid(code) && code is not (0x130 or 0x131))
            {
                Join(code, Rune.ToUpperInvariant(new(code)).Value);
                Join(code, Rune.ToLowerInvariant(new(code)).Value);
            }
        }

        foreach (var (letter, other) in Further)
        {
            Join(letter, other);
        }

        return [.. members.Values.Where(m => m.Count > 1).Select(m => m.Order().ToArray())];

        void Join(int one, int other)
        {
            var (head, second) = (heads.GetValueOrDefault(one, one), heads.GetValueOrDefault(other, other));
            if (head == second)
            {
                return;
            }

            var joined = members.GetValueOrDefault(head) ?? [head];
            var added = members.GetValueOrDefault(second) ?? [second];
            joined.AddRange(added);
            members.Remove(second);
            members[head] = joined;
            foreach (var member in joined)
            {
                heads[member] = head;
            }
        }
    }
}
