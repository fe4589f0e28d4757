using System.Collections;

namespace Engagement.Domain.Language;

/// <summary>What a client holds: symbol to quantity, by symbol (ordinal), without zero entries. It is a map of the language as it stands: nothing is copied.</summary>
public abstract class HoldingMap : IReadOnlyList<KeyValuePair<CelValue, CelValue>>
{
    public abstract int Count { get; }

    KeyValuePair<CelValue, CelValue> IReadOnlyList<KeyValuePair<CelValue, CelValue>>.this[int index]
    {
        get
        {
            var (symbol, quantity) = At(index);
            return new(CelValue.Of(symbol), CelValue.Of(quantity));
        }
    }

    public abstract KeyValuePair<string, double> At(int index);

    public abstract bool TryGet(string symbol, out double quantity);

    IEnumerator<KeyValuePair<CelValue, CelValue>> IEnumerable<KeyValuePair<CelValue, CelValue>>.GetEnumerator()
    {
        IReadOnlyList<KeyValuePair<CelValue, CelValue>> map = this;
        for (var i = 0; i < Count; i++)
        {
            yield return map[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<KeyValuePair<CelValue, CelValue>>)this).GetEnumerator();
}
