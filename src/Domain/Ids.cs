using System.Buffers;

namespace Engagement.Domain;

/// <summary>The ids of the contract: 1 to 64 characters of <c>A-Z a-z 0-9 . _ : -</c>.</summary>
public static class Ids
{
    public const int MaxLength = 64;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-");

    private static readonly SearchValues<byte> AllowedBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-"u8);

    /// <param name="utf8">Bytes of a text; any that is no character of an id makes it none.</param>
    public static bool IsValid(ReadOnlySpan<byte> utf8) => utf8.Length is >= 1 and <= MaxLength && !utf8.ContainsAnyExcept(AllowedBytes);

    public static bool IsValid(ReadOnlySpan<char> id) => id.Length is >= 1 and <= MaxLength && !id.ContainsAnyExcept(Allowed);
}
