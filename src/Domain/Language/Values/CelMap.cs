using System.Collections;

namespace Engagement.Domain.Language.Values;

/// <summary>A map with a lookup by CEL's equality of keys: 1 and 1.0 are the same key.</summary>
internal sealed class CelMap : IReadOnlyList<KeyValuePair<CelValue, CelValue>>
{
    private readonly List<KeyValuePair<CelValue, CelValue>> entries;
    private readonly Dictionary<CelValue, int> index;

    public CelMap(int capacity) => (entries, index) = (new(capacity), new(capacity, KeyComparer.Instance));

    public int Count => entries.Count;

    public KeyValuePair<CelValue, CelValue> this[int at] => entries[at];

    /// <summary>False where the key is there already.</summary>
    public bool TryAdd(in CelValue key, in CelValue value)
    {
        if (!index.TryAdd(key, entries.Count))
        {
            return false;
        }

        entries.Add(new(key, value));
        return true;
    }

    public bool TryGet(in CelValue key, out CelValue value)
    {
        var found = index.TryGetValue(key, out var at);
        value = found ? entries[at].Value : default;
        return found;
    }

    /// <summary>Looks a key up in any map; maps that were made elsewhere are searched, at a cost of one per entry.</summary>
    public static bool TryGet(in CelValue map, in CelValue key, ref int work, out CelValue value)
    {
        if (map.AsMap is CelMap indexed)
        {
            return indexed.TryGet(key, out value);
        }

        if (map.AsMap is HoldingMap holdings)
        {
            var held = holdings.TryGet(key.Kind == CelKind.String ? key.AsString : "", out var quantity);
            value = held ? CelValue.Of(quantity) : default;
            return held;
        }

        foreach (var entry in map.AsMap)
        {
            if (CelEquality.Equal(entry.Key, key, ref work))
            {
                value = entry.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    public IEnumerator<KeyValuePair<CelValue, CelValue>> GetEnumerator() => entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private sealed class KeyComparer : IEqualityComparer<CelValue>
    {
        public static readonly KeyComparer Instance = new();

        public bool Equals(CelValue x, CelValue y)
        {
            var work = 1;
            return CelEquality.Equal(x, y, ref work);
        }

        public int GetHashCode(CelValue key) => key.Kind switch
        {
            CelKind.Int => key.AsInt.GetHashCode(),
            CelKind.Double when key.AsDouble is >= -CelOrdering.TwoTo63 and < CelOrdering.TwoTo63 => ((long)key.AsDouble).GetHashCode(),
            CelKind.String => key.AsString.GetHashCode(StringComparison.Ordinal),
            _ => (int)key.Kind,
        };
    }
}
