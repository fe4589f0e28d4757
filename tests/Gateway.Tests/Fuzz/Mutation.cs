using System.IO.Compression;
using System.Text;

namespace Engagement.Gateway.Tests.Fuzz;

/// <summary>Makes good bodies bad, the same way for the same seed.</summary>
internal sealed class Mutation(int seed)
{
    private const int BytesMax = 256 * 1024;

    private static readonly string[] Odd =
    [
        "NaN", "-0", "1e999", "-1e-999", "123456789012345678901234567890", "0.00000000000000000000001", "9223372036854775808", "1.7976931348623157e308",
        "\"\\ud800\"", "\"\\u0000\"", "\"\\udc00\\ud800\"", "null", "{}", "[]", "\"\"", "\"9999-12-31T23:59:60Z\"", "\"0001-01-01T00:00:00+23:59\"", "\uFEFF", "\u2028",
        "'", "&a", "*a", "!!binary ", "%YAML 9", "---\n", "\t", "\r", "{\"a\":", "<<: ", "? ", ": ", "- ", "|", ">", "#", "13912345678", "__proto__", "true", "\"id\":\"x\",",
    ];

    private readonly Random random = new(seed);

    public T Pick<T>(IReadOnlyList<T> among) => among[random.Next(among.Count)];

    public bool Chance(int percent) => random.Next(100) < percent;

    /// <summary>One to four changes of a body.</summary>
    public byte[] Change(byte[] body, byte[] other)
    {
        for (var left = random.Next(1, 5); left > 0; left--)
        {
            body = Once(body, other);
        }

        return body.Length > BytesMax ? body[..BytesMax] : body;
    }

    /// <summary>Packed, and now and then broken after that.</summary>
    public byte[] Gzip(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(plain);
        }

        var bytes = packed.ToArray();
        return Chance(60) ? Once(bytes, plain) : bytes;
    }

    private byte[] Once(byte[] body, byte[] other)
    {
        var (at, to) = Range(body.Length);
        var (from, until) = Range(other.Length);
        return random.Next(10) switch
        {
            0 => Flip(body),
            1 => body[..at],
            2 => [.. body[..at], .. body[to..]],
            3 => [.. body[..to], .. body[at..]],
            4 => [.. body[..at], .. other[from..until], .. body[to..]],
            5 => [.. body[..at], .. Encoding.UTF8.GetBytes(Pick(Odd)), .. body[at..]],
            6 => Replace(body, Pick(Odd)),
            7 => [.. body[..at], .. Encoding.UTF8.GetBytes(new string(Pick("[{(-\"!&*".ToCharArray()), random.Next(1, 3_000))), .. body[at..]],
            8 => Noise(body, at),
            _ => Chance(20) ? Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(body)) : Flip(body),
        };
    }

    private byte[] Flip(byte[] body)
    {
        var changed = body.ToArray();
        for (var left = Math.Min(changed.Length, random.Next(1, 8)); left > 0; left--)
        {
            changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
        }

        return changed;
    }

    /// <summary>Puts something odd where a value stood.</summary>
    private byte[] Replace(byte[] body, string odd)
    {
        var colon = Array.IndexOf(body, (byte)':', random.Next(body.Length + 1));
        var end = colon < 0 ? -1 : Array.FindIndex(body, colon + 1, b => b is (byte)',' or (byte)'}' or (byte)'\n');
        return end < 0 ? body : [.. body[..(colon + 1)], .. Encoding.UTF8.GetBytes(odd), .. body[end..]];
    }

    private byte[] Noise(byte[] body, int at)
    {
        var noise = new byte[random.Next(1, 64)];
        random.NextBytes(noise);
        return [.. body[..at], .. noise, .. body[at..]];
    }

    private (int From, int To) Range(int length)
    {
        var (a, b) = (random.Next(length + 1), random.Next(length + 1));
        return (Math.Min(a, b), Math.Max(a, b));
    }
}
