using System.Collections.Concurrent;
using System.Globalization;

namespace Engagement.Domain.Language.Patterns;

/// <summary>Character sets by name: POSIX classes, general categories of Unicode, the script Han.</summary>
internal static class NamedSets
{
    private static readonly string[] Categories =
    [
        "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc",
        "Cf", "Cs", "Co", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So",
    ];

    private static readonly CharacterSet Han = new(
    [
        (0x2E80, 0x2FD5), (0x3005, 0x3005), (0x3007, 0x3007), (0x3021, 0x3029), (0x3038, 0x303B),
        (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF),
    ]);

    /// <summary>By <see cref="UnicodeCategory"/>. The first pattern that asks for a category pays for all, some 10 ms.</summary>
    private static readonly Lazy<CharacterSet[]> ByCategory = new(ReadCategories);

    public static CharacterSet? Posix(string name) => name switch
    {
        "alnum" => CharacterSet.Digits.With(CharacterSet.Range('A', 'Z')).With(CharacterSet.Range('a', 'z')),
        "alpha" => CharacterSet.Range('A', 'Z').With(CharacterSet.Range('a', 'z')),
        "ascii" => CharacterSet.Range(0, 0x7F),
        "blank" => CharacterSet.One('\t').With(CharacterSet.One(' ')),
        "cntrl" => CharacterSet.Range(0, 0x1F).With(CharacterSet.One(0x7F)),
        "digit" => CharacterSet.Digits,
        "graph" => CharacterSet.Range('!', '~'),
        "lower" => CharacterSet.Range('a', 'z'),
        "print" => CharacterSet.Range(' ', '~'),
        "punct" => CharacterSet.Range('!', '/').With(CharacterSet.Range(':', '@')).With(CharacterSet.Range('[', '`')).With(CharacterSet.Range('{', '~')),
        "space" => CharacterSet.Range('\t', '\r').With(CharacterSet.One(' ')),
        "upper" => CharacterSet.Range('A', 'Z'),
        "word" => CharacterSet.Word,
        "xdigit" => CharacterSet.Digits.With(CharacterSet.Range('A', 'F')).With(CharacterSet.Range('a', 'f')),
        _ => null,
    };

    private static readonly ConcurrentDictionary<string, CharacterSet> Known = new(StringComparer.Ordinal);

    /// <summary>A general category such as <c>L</c> or <c>Lu</c>, <c>Any</c>, or <c>Han</c>; null where not known.</summary>
    public static CharacterSet? Category(string name)
    {
        if (name is "Any" or "Han")
        {
            return name == "Any" ? CharacterSet.Any : Han;
        }

        if (Known.TryGetValue(name, out var known))
        {
            return known;
        }

        var held = Enumerable.Range(0, Categories.Length).Where(i => Categories[i] == name || (name.Length == 1 && Categories[i][0] == name[0])).ToList();
        return held.Count == 0 ? null : Known.GetOrAdd(name, held.Select(i => ByCategory.Value[i]).Aggregate((a, b) => a.With(b)));
    }

    private static CharacterSet[] ReadCategories()
    {
        var ranges = Enumerable.Range(0, Categories.Length).Select(_ => new List<(int Low, int High)>()).ToArray();
        for (var code = 0; code <= 0x10FFFF; code++)
        {
            var category = (int)CharUnicodeInfo.GetUnicodeCategory(code);
            if (category >= Categories.Length)
            {
                continue;
            }

            var known = ranges[category];
            if (known.Count > 0 && known[^1].High == code - 1)
            {
                known[^1] = (known[^1].Low, code);
            }
            else
            {
                known.Add((code, code));
            }
        }

        return [.. ranges.Select(r => new CharacterSet(r))];
    }
}
