using System.Collections;
using System.Reflection;

namespace Engagement.Domain.Replay;

/// <summary>
/// The first field in which two values of the domain differ. Slow: asked only where their bytes differ already, which the
/// order of a map's entries can cause without meaning anything.
/// </summary>
public static class StateComparison
{
    /// <returns>Null where they hold the same.</returns>
    public static (string Path, string Expected, string Found)? First(object? expected, object? found, string path = "")
    {
        if (Equals(expected, found))
        {
            return null;
        }

        if (expected is null || found is null || expected.GetType() != found.GetType() || IsPlain(expected.GetType()))
        {
            return (path, Text(expected), Text(found));
        }

        return expected switch
        {
            IDictionary map => Maps(map, (IDictionary)found, path),
            IEnumerable list => Lists([.. list.Cast<object?>()], [.. ((IEnumerable)found).Cast<object?>()], path),
            _ => Fields(expected, found, path),
        };
    }

    private static (string, string, string)? Maps(IDictionary expected, IDictionary found, string path) =>
        expected.Keys.Cast<object>().Union(found.Keys.Cast<object>())
            .Select(key => First(expected.Contains(key) ? expected[key] : null, found.Contains(key) ? found[key] : null, $"{path}[{key}]"))
            .FirstOrDefault(d => d is not null);

    private static (string, string, string)? Lists(List<object?> expected, List<object?> found, string path) =>
        Enumerable.Range(0, Math.Min(expected.Count, found.Count))
            .Select(i => First(expected[i], found[i], $"{path}[{i}]"))
            .FirstOrDefault(d => d is not null)
        ?? (expected.Count == found.Count ? null : ($"{path} (entries)", Text(expected.Count), Text(found.Count)));

    private static (string, string, string)? Fields(object expected, object found, string path) =>
        expected.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            // What is only kept for speed is no part of a state.
            .Where(f => !f.IsDefined(typeof(NonSerializedAttribute)))
            .Select(f => First(f.GetValue(expected), f.GetValue(found), path.Length == 0 ? NameOf(f) : $"{path}.{NameOf(f)}"))
            .FirstOrDefault(d => d is not null);

    /// <summary>A property's field is called after it.</summary>
    private static string NameOf(FieldInfo field)
    {
        var name = field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>')] : field.Name;
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private static bool IsPlain(Type type) => type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal) || type == typeof(DateOnly);

    private static string Text(object? value) => value is null ? Difference.None : $"{value}";
}
