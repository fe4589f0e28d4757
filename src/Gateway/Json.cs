using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Engagement.Gateway;

/// <summary>How answers are written: camelCase, absent rather than null where optional, Chinese as itself.</summary>
internal static class Json
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}

/// <summary>A page of a list; <c>next</c> is opaque, null at the end.</summary>
public sealed record PageOf<T>(IReadOnlyList<T> Items, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next)
{
    public PageOf<TShown> Of<TShown>(Func<T, TShown> show) => new([.. Items.Select(show)], Next);
}
