using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Engagement.Domain.Clients;

namespace Engagement.Storage;

/// <summary>
/// Seals personal fields under a client's key: AES-256-GCM, laid out as nonce (12 bytes), tag (16), ciphertext. The client
/// and the record's place are authenticated with them, so that a row cannot be moved to another client.
/// </summary>
public static class PersonalSeal
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(32);

    public static byte[] Seal(PersonalFields fields, byte[] key, string client, int shard, long position)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(fields);
        var sealed1 = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(sealed1.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(sealed1.AsSpan(0, NonceBytes), plain, sealed1.AsSpan(NonceBytes + TagBytes), sealed1.AsSpan(NonceBytes, TagBytes), Place(client, shard, position));
        return sealed1;
    }

    /// <param name="key">Null: destroyed; the fields are gone.</param>
    public static PersonalFields Open(ReadOnlySpan<byte> sealed1, byte[]? key, string client, int shard, long position)
    {
        if (key is null)
        {
            return PersonalFields.None;
        }

        var plain = new byte[sealed1.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(sealed1[..NonceBytes], sealed1[(NonceBytes + TagBytes)..], sealed1.Slice(NonceBytes, TagBytes), plain, Place(client, shard, position));
        return JsonSerializer.Deserialize<PersonalFields>(plain) ?? PersonalFields.None;
    }

    private static byte[] Place(string client, int shard, long position) => Encoding.UTF8.GetBytes($"{client}/{shard}/{position}");
}
