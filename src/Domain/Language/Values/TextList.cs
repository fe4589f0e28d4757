using System.Collections;

namespace Engagement.Domain.Language.Values;

/// <summary>A list of strings of the input, seen as a list of the language without copying it.</summary>
internal sealed class TextList(IReadOnlyList<string> items) : IReadOnlyList<CelValue>
{
    public int Count => items.Count;

    public CelValue this[int index] => CelValue.Of(items[index]);

    public IEnumerator<CelValue> GetEnumerator() => items.Select(CelValue.Of).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
