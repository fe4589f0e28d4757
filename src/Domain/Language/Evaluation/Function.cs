using Engagement.Domain.Language.Checking;
using Engagement.Domain.Language.Values;

namespace Engagement.Domain.Language.Evaluation;

internal delegate CelValue Unary(ref Frame frame, in CelValue value);

internal delegate CelValue Binary(ref Frame frame, in CelValue first, in CelValue second);

/// <summary>A function of the language. The receiver of a method is its first parameter.</summary>
/// <param name="Overloads">Parameters and result, for the checker; at run time the implementation looks at the kinds itself.</param>
/// <param name="Field">Set for the accessors of timestamps, whose zone is prepared once.</param>
internal sealed record Function(
    string Name,
    bool Method,
    int Arity,
    IReadOnlyList<(CelType[] Parameters, CelType Result)> Overloads,
    Unary? Unary = null,
    Binary? Binary = null,
    TimeField? Field = null)
{
    private static readonly Dictionary<(string, bool, int), Function> Known = All().ToDictionary(f => (f.Name, f.Method, f.Arity));

    public static IReadOnlySet<string> Names { get; } = Known.Keys.Select(k => k.Item1).ToHashSet();

    public static Function? Find(string name, bool method, int arity) => Known.GetValueOrDefault((name, method, arity));

    /// <summary>Every form of a name: as a method, alone, with other numbers of arguments.</summary>
    public static IEnumerable<Function> Named(string name) => Known.Values.Where(f => f.Name == name);

    private static IEnumerable<Function> All()
    {
        (CelType[], CelType)[] sizes = [([CelType.String], CelType.Int), ([CelType.List(CelType.Dyn)], CelType.Int), ([CelType.Map(CelType.Dyn, CelType.Dyn)], CelType.Int)];
        yield return new("size", false, 1, sizes, Functions.Size);
        yield return new("size", true, 1, sizes, Functions.Size);
        (CelType[], CelType)[] texts = [([CelType.String, CelType.String], CelType.Bool)];
        yield return new("contains", true, 2, texts, Binary: Functions.Contains);
        yield return new("startsWith", true, 2, texts, Binary: Functions.StartsWith);
        yield return new("endsWith", true, 2, texts, Binary: Functions.EndsWith);
        yield return new("matches", true, 2, texts, Binary: Functions.Matches);
        yield return new("matches", false, 2, texts, Binary: Functions.Matches);

        yield return Conversion("int", CelType.Int, Functions.Int, CelType.Double, CelType.String, CelType.Timestamp);
        yield return Conversion("double", CelType.Double, Functions.Double, CelType.Int, CelType.String);
        yield return Conversion("string", CelType.String, Functions.Text, CelType.Int, CelType.Double, CelType.Bool, CelType.Timestamp, CelType.Duration);
        yield return Conversion("bool", CelType.Bool, Functions.Bool, CelType.String);
        yield return Conversion("timestamp", CelType.Timestamp, Functions.Timestamp, CelType.String, CelType.Int);
        yield return Conversion("duration", CelType.Duration, Functions.Duration, CelType.String);

        foreach (var field in Enum.GetValues<TimeField>())
        {
            var name = "get" + field;
            var unary = Functions.Accessor(field);
            (CelType[], CelType) time = ([CelType.Timestamp], CelType.Int);
            (CelType[], CelType)[] both = [time, ([CelType.Duration], CelType.Int)];
            yield return new(name, true, 1, field >= TimeField.Hours ? both : [time], unary, Field: field);
            yield return new(name, true, 2, [([CelType.Timestamp, CelType.String], CelType.Int)], Field: field);
        }
    }

    private static Function Conversion(string name, CelType result, Unary implementation, params CelType[] from) =>
        new(name, false, 1, [.. from.Prepend(result).Select(type => (new[] { type }, result))], implementation);
}
