using System.Globalization;
using System.Text.Json;
using Engagement.Domain.Language;

namespace Engagement.Domain.Tests.Language;

/// <summary>The conformance cases by others, beside the repository. Where they are missing, the test counts as skipped.</summary>
internal static class ConformanceCases
{
    public static string? Path { get; } = Find();

    public static IEnumerable<JsonElement> All()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path!));
        return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(c => c.Clone())];
    }

    /// <summary>A value of the file: one property named by its type.</summary>
    public static CelValue Value(JsonElement typed)
    {
        var (kind, content) = (typed.EnumerateObject().Single().Name, typed.EnumerateObject().Single().Value);
        return kind switch
        {
            "null" => CelValue.Null,
            "bool" => CelValue.Of(content.GetBoolean()),
            "int" => CelValue.Of(content.ValueKind == JsonValueKind.String ? long.Parse(content.GetString()!, CultureInfo.InvariantCulture) : content.GetInt64()),
            "double" => CelValue.Of(Double(content)),
            "string" => CelValue.Of(content.GetString()!),
            "list" => CelValue.Of((IReadOnlyList<CelValue>)[.. content.EnumerateArray().Select(Value)]),
            "map" => CelValue.Of((IReadOnlyList<KeyValuePair<CelValue, CelValue>>)[.. content.EnumerateArray().Select(e => new KeyValuePair<CelValue, CelValue>(Value(e[0]), Value(e[1])))]),
            "timestamp" or "duration" => Time(kind, content.GetString()!),
            _ => throw new InvalidOperationException($"A value of an unknown type: {kind}"),
        };
    }

    private static double Double(JsonElement content) => content.ValueKind != JsonValueKind.String ? content.GetDouble() : content.GetString()!.ToUpperInvariant() switch
    {
        "INFINITY" or "INF" or "+INF" => double.PositiveInfinity,
        "-INFINITY" or "-INF" => double.NegativeInfinity,
        "NAN" => double.NaN,
        var text => double.Parse(text, CultureInfo.InvariantCulture),
    };

    private static CelValue Time(string function, string text) =>
        FreeExpression.TryEvaluate($"{function}('{text}')", new Dictionary<string, CelValue>(), true, out var value, out var error)
            ? value
            : throw new InvalidOperationException(error);

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Engagement.sln")))
            {
                var path = System.IO.Path.Combine(folder.FullName, "..", "shared", "data", "cel", "conformance.json");
                return File.Exists(path) ? path : null;
            }
        }

        return null;
    }
}

[AttributeUsage(AttributeTargets.Method)]
internal sealed class ConformanceTheoryAttribute : TheoryAttribute
{
    public ConformanceTheoryAttribute() => Skip = ConformanceCases.Path is null ? "shared/data/cel/conformance.json is not there" : null!;
}
