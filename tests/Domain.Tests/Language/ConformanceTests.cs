using System.Text.Json;
using Engagement.Domain.Language;
using Engagement.Domain.Language.Values;

namespace Engagement.Domain.Tests.Language;

public sealed class ConformanceTests
{
    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (var one in ConformanceCases.All())
        {
            data.Add(one.GetProperty("name").GetString()!, one.GetRawText());
        }

        return data;
    }

    [ConformanceTheory]
    [MemberData(nameof(Cases))]
    public void Expression_OfTheConformanceSuite_GivesItsValueOrError(string name, string json)
    {
        var one = JsonDocument.Parse(json).RootElement;
        var bindings = one.TryGetProperty("bindings", out var bound)
            ? bound.EnumerateObject().ToDictionary(b => b.Name, b => ConformanceCases.Value(b.Value))
            : [];
        var check = !(one.TryGetProperty("disableCheck", out var disabled) && disabled.GetBoolean());

        var evaluated = FreeExpression.TryEvaluate(one.GetProperty("expr").GetString()!, bindings, check, out var actual, out var error);

        if (!one.TryGetProperty("value", out var value))
        {
            Assert.False(evaluated, $"{name}: an error was expected, but it is {CelText.Shown(actual)}");
            return;
        }

        Assert.True(evaluated, $"{name}: {error}");
        var expected = ConformanceCases.Value(value);
        Assert.True(AreSame(expected, actual), $"{name}: expected {expected.Kind} {CelText.Shown(expected)}, but it is {actual.Kind} {CelText.Shown(actual)}");
    }

    /// <summary>Stricter than the language's equality: an int is no double, and not-a-number is itself.</summary>
    private static bool AreSame(CelValue expected, CelValue actual)
    {
        if (expected.Kind != actual.Kind)
        {
            return false;
        }

        return expected.Kind switch
        {
            CelKind.Double => expected.AsDouble.Equals(actual.AsDouble) && double.IsNegative(expected.AsDouble) == double.IsNegative(actual.AsDouble),
            CelKind.List => expected.AsList.Count == actual.AsList.Count && expected.AsList.Zip(actual.AsList).All(p => AreSame(p.First, p.Second)),
            CelKind.Map => expected.AsMap.Count == actual.AsMap.Count && expected.AsMap.All(e => actual.AsMap.Any(a => AreSame(e.Key, a.Key) && AreSame(e.Value, a.Value))),
            _ => IsEqual(expected, actual),
        };
    }

    private static bool IsEqual(CelValue expected, CelValue actual)
    {
        var work = int.MaxValue;
        return CelEquality.Equal(expected, actual, ref work);
    }
}
