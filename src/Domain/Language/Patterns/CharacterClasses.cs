namespace Engagement.Domain.Language.Patterns;

/// <summary>The characters that a program never tells apart, as one class each. The last class is the end of the text.</summary>
internal sealed class CharacterClasses
{
    private readonly int[] ascii = new int[128];

    // Where the class may change, ascending, and the class from there on.
    private readonly int[] starts;
    private readonly int[] classes;
    private readonly List<int> samples = [];

    public CharacterClasses(PatternInstruction[] program)
    {
        CharacterSet[] sets = [CharacterSet.AnyInLine, CharacterSet.Word, .. program.Select(i => i.Set).OfType<CharacterSet>().Distinct()];
        starts = [.. sets.SelectMany(s => s.Edges).Append(0).Distinct().Order()];
        classes = new int[starts.Length];
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < starts.Length; i++)
        {
            var held = string.Concat(sets.Select(s => s.Contains(starts[i]) ? '1' : '0'));
            if (!known.TryGetValue(held, out classes[i]))
            {
                known.Add(held, classes[i] = samples.Count);
                samples.Add(starts[i]);
            }
        }

        for (var code = 0; code < ascii.Length; code++)
        {
            ascii[code] = Search(code);
        }
    }

    public int Count => samples.Count + 1;

    public int End => samples.Count;

    public int Of(int code) => code < 0 ? End : code < 128 ? ascii[code] : Search(code);

    /// <summary>One of the class; -1 of the end.</summary>
    public int Sample(int number) => number == End ? -1 : samples[number];

    private int Search(int code)
    {
        var place = Array.BinarySearch(starts, code);
        return classes[place >= 0 ? place : ~place - 1];
    }
}
