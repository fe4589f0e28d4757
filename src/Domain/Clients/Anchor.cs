using System.Security.Cryptography;
using System.Text.Json;

namespace Engagement.Domain.Clients;

/// <summary>
/// What the record <c>personal.erased</c> holds: the client's state just before it, which never has personal fields in it,
/// sealed by its SHA-256. The records before it were judged with fields that are gone, so a replay of the client starts here.
/// </summary>
public static class Anchor
{
    /// <param name="state">A snapshot, as snapshots are stored.</param>
    /// <returns>The record's data, JSON like every record's.</returns>
    public static byte[] Write(byte[] state) => JsonSerializer.SerializeToUtf8Bytes(new { state, sha256 = SHA256.HashData(state) });

    /// <exception cref="InvalidDataException">The seal is broken: somebody changed the record.</exception>
    public static byte[] Read(byte[] data)
    {
        using var document = JsonDocument.Parse(data);
        var state = document.RootElement.GetProperty("state").GetBytesFromBase64();
        return document.RootElement.GetProperty("sha256").GetBytesFromBase64().AsSpan().SequenceEqual(SHA256.HashData(state))
            ? state
            : throw new InvalidDataException("The snapshot in the record is not the one that was sealed.");
    }
}
