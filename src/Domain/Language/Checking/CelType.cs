using Engagement.Domain.Diagnostics;
using Engagement.Domain.Segments;

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

    /// <summary>A number of an event: a double that may stand beside whole numbers, as the language compares them by value.</summary>
    public static readonly CelType Figure = new(CelKind.Double) { IsFigure = true };

    public bool IsFigure { get; private init; }

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
        || ((IsFigure || other.IsFigure) && IsNumber && other.IsNumber)
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
    public Localized Name => Kind switch
    {
        null => Diagnostic.AnyType,
        CelKind.Null => Diagnostic.NullType,
        CelKind.Bool => Diagnostic.BoolType,
        CelKind.Int => Diagnostic.IntType,
        CelKind.Double => Diagnostic.DoubleType,
        CelKind.String => Diagnostic.StringType,
        CelKind.Timestamp => Diagnostic.TimestampType,
        CelKind.Duration => Diagnostic.DurationType,
        CelKind.List => Diagnostic.ListType(Element!.Name),
        _ => Diagnostic.MapType(Key!.Name, Element!.Name),
    };
}
