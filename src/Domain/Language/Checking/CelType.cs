namespace Engagement.Domain.Language.Checking;

/// <summary>A static type. <see cref="Dyn"/> is known at run time only: it cannot be written, mixed lists and event data have it.</summary>
internal sealed record CelType(CelKind? Kind, CelType? Key = null, CelType? Element = null)
{
    public static readonly CelType Dyn = new((CelKind?)null);
    public static readonly CelType Null = new(CelKind.Null);
    public static readonly CelType Bool = new(CelKind.Bool);
    public static readonly CelType Int = new(CelKind.Int);
    public static readonly CelType Double = new(CelKind.Double);
    public static readonly CelType String = new(CelKind.String);
    public static readonly CelType Timestamp = new(CelKind.Timestamp);
    public static readonly CelType Duration = new(CelKind.Duration);

    public static CelType List(CelType element) => new(CelKind.List, null, element);

    public static CelType Map(CelType key, CelType value) => new(CelKind.Map, key, value);

    public static CelType Of(CelKind kind) => kind switch
    {
        CelKind.List => List(Dyn),
        CelKind.Map => Map(Dyn, Dyn),
        _ => new(kind),
    };

    public bool IsDyn => Kind is null;

    public bool IsNumber => Kind is CelKind.Int or CelKind.Double;

    /// <summary>May a value of one type stand where the other is asked for? Dyn fits everywhere.</summary>
    public bool Fits(CelType other) =>
        IsDyn || other.IsDyn
        || (Kind == other.Kind
            && (Key is null || Key.Fits(other.Key!))
            && (Element is null || Element.Fits(other.Element!)));

    /// <summary>The type of a list that holds both.</summary>
    public CelType Join(CelType other)
    {
        if (this == other)
        {
            return this;
        }

        return Kind != other.Kind || IsDyn ? Dyn
            : Kind == CelKind.List ? List(Element!.Join(other.Element!))
            : Kind == CelKind.Map ? Map(Key!.Join(other.Key!), Element!.Join(other.Element!))
            : Dyn;
    }

    /// <summary>For a business user, with CEL's word in brackets.</summary>
    public override string ToString() => Kind switch
    {
        null => "a value of any type",
        CelKind.Null => "null",
        CelKind.Bool => "true/false (bool)",
        CelKind.Int => "a whole number (int)",
        CelKind.Double => "a decimal number (double)",
        CelKind.String => "text (string)",
        CelKind.Timestamp => "a point in time (timestamp)",
        CelKind.Duration => "a length of time (duration)",
        CelKind.List => $"a list of: {Element}",
        _ => $"a map of: {Element}",
    };
}
