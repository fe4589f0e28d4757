using System.IO.Hashing;
using System.Text;

namespace Engagement.Domain.Clients;

/// <summary>
/// Texts that come again and again, such as symbols and outlets: one copy for all clients, in a table of fixed size in which
/// a newer text takes the place of an older one. A miss costs a copy and nothing else, so nobody can fill it up.
/// </summary>
internal static class TextPool
{
    public const int LengthMax = 64;

    private const int Slots = 1 << 14;

    private static readonly string?[] Texts = new string?[Slots];

    /// <param name="utf8">At most <see cref="LengthMax"/> bytes are looked for; longer texts are made anew.</param>
    public static string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > LengthMax)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        ref var slot = ref Texts[XxHash3.HashToUInt64(utf8) & (Slots - 1)];
        var known = Volatile.Read(ref slot);
        if (known is null || !Same(known, utf8))
        {
            known = Encoding.UTF8.GetString(utf8);
            Volatile.Write(ref slot, known);
        }

        return known;
    }

    private static bool Same(string text, ReadOnlySpan<byte> utf8)
    {
        Span<byte> bytes = stackalloc byte[LengthMax * 3];
        return text.Length <= utf8.Length && utf8.SequenceEqual(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }
}
