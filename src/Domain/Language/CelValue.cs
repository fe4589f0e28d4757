using Engagement.Domain.Language.Values;

namespace Engagement.Domain.Language;

public enum CelKind : byte { Null, Bool, Int, Double, String, List, Map, Timestamp, Duration }

/// <summary>
/// One value of the language. Scalars need no allocation. Timestamps and durations are whole and fractional seconds in
/// nanosecond resolution as CEL asks: <see cref="Seconds"/> and <see cref="Nanos"/>.
/// </summary>
public readonly struct CelValue
{
    private readonly object? reference;
    private readonly long bits;
    private readonly int nanos;

    private CelValue(CelKind kind, long bits, object? reference = null, int nanos = 0) =>
        (Kind, this.bits, this.reference, this.nanos) = (kind, bits, reference, nanos);

    public CelKind Kind { get; }

    public static CelValue Null => default;

    public static CelValue Of(bool value) => new(CelKind.Bool, value ? 1 : 0);

    public static CelValue Of(long value) => new(CelKind.Int, value);

    public static CelValue Of(double value) => new(CelKind.Double, BitConverter.DoubleToInt64Bits(value));

    public static CelValue Of(string value) => new(CelKind.String, 0, value);

    public static CelValue Of(IReadOnlyList<CelValue> value) => new(CelKind.List, 0, value);

    /// <summary>A map; keys are compared by CEL's equality, order is that of insertion.</summary>
    public static CelValue Of(IReadOnlyList<KeyValuePair<CelValue, CelValue>> value) => new(CelKind.Map, 0, value);

    public static CelValue Timestamp(long seconds, int nanos) => new(CelKind.Timestamp, seconds, null, nanos);

    public static CelValue TimestampMs(long ms)
    {
        var seconds = Math.DivRem(ms, 1000, out var rest);
        return rest < 0 ? Timestamp(seconds - 1, (int)(rest + 1000) * 1_000_000) : Timestamp(seconds, (int)rest * 1_000_000);
    }

    public static CelValue Duration(long seconds, int nanos) => new(CelKind.Duration, seconds, null, nanos);

    public bool AsBool => bits != 0;

    public long AsInt => bits;

    public double AsDouble => BitConverter.Int64BitsToDouble(bits);

    public string AsString => (string)reference!;

    public IReadOnlyList<CelValue> AsList => (IReadOnlyList<CelValue>)reference!;

    public IReadOnlyList<KeyValuePair<CelValue, CelValue>> AsMap => (IReadOnlyList<KeyValuePair<CelValue, CelValue>>)reference!;

    public long Seconds => bits;

    public int Nanos => nanos;

    /// <summary>As a person reads it: a string as it is, numbers invariant, times as RFC 3339 in UTC; long lists and maps are cut.</summary>
    public override string ToString() => Kind == CelKind.String ? AsString : CelText.Shown(this);
}
