using Engagement.Domain.Segments;

namespace Engagement.Domain.Diagnostics;

/// <summary>
/// Everything that a check of a document or an expression may say, in both languages side by side, one member a message.
/// The codes are the contract with machines; these are for people, and may be put better at any time.
/// </summary>
internal static partial class Diagnostic
{
    /// <summary>What the source says itself: the same in both languages.</summary>
    public static Localized Verbatim(string text) => new(text, text);

    private static Localized Meant(string? name) => name is null ? new("", "") : new($"您是否想写 {name}？", $" Did you mean {name}?");

    private static string Count(long count, string one, string many) => count == 1 ? $"{count} {one}" : $"{count} {many}";
}
