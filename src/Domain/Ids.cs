using System.Buffers;

namespace Engagement.Domain;

/// <summary>The ids of the contract: 1 to 64 characters of <c>A-Z a-z 0-9 . _ : -</c>.</summary>
public static class Ids
{
    public const int MaxLength = 64;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-");

    public static bool IsValid(ReadOnlySpan<char> id) => id.Length is >= 1 and <= MaxLength && !id.ContainsAnyExcept(Allowed);
}
