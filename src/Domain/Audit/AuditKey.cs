using System.Security.Cryptography;

namespace Engagement.Domain.Audit;

/// <summary>
/// The key that signs heads of chains: ECDSA on P-256. Its public half is enough to verify. With it go the keys that signed before it: what
/// they signed still counts, and they sign nothing any more.
/// </summary>
public sealed class AuditKey : IDisposable
{
    private static readonly string[] KeyLabels = ["PRIVATE KEY", "EC PRIVATE KEY", "PUBLIC KEY"];

    private readonly ECDsa key;
    private readonly IReadOnlyList<ECDsa> former;
    private readonly Lock gate = new();

    private AuditKey(ECDsa key, IReadOnlyList<ECDsa> former) => (this.key, this.former) = (key, former);

    /// <summary>By this an entry of the trail names the key.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16];

    public static AuditKey New() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256), []);

    /// <param name="pem">PKCS#8, or the public half alone; after it the keys that signed before, each the same.</param>
    /// <exception cref="ArgumentException">It is no such key.</exception>
    public static AuditKey Read(string pem)
    {
        List<ECDsa> keys = [];
        try
        {
            foreach (var one in KeysIn(pem))
            {
                keys.Add(ReadOne(one));
            }

            return new(keys[0], keys[1..]);
        }
        catch
        {
            keys.ForEach(k => k.Dispose());
            throw;
        }
    }

    /// <summary>Each key of a text by itself. One without any is read as a whole, and says what is wrong with it.</summary>
    private static List<string> KeysIn(string pem)
    {
        List<string> keys = [];
        var rest = pem.AsSpan();
        while (PemEncoding.TryFind(rest, out var found))
        {
            if (KeyLabels.Contains(rest[found.Label].ToString()))
            {
                keys.Add(rest[found.Location].ToString());
            }

            rest = rest[found.Location.End..];
        }

        return keys.Count > 0 ? keys : [pem];
    }

    private static ECDsa ReadOne(string pem)
    {
        var read = ECDsa.Create();
        try
        {
            read.ImportFromPem(pem);
            return read.KeySize == 256 ? read : throw new ArgumentException("It is no key on P-256.");
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            read.Dispose();
            throw new ArgumentException("It is no PEM of a key on P-256.", e);
        }
    }

    public string PrivatePem() => key.ExportPkcs8PrivateKeyPem() + "\n";

    /// <summary>The public halves, of the keys before it as well.</summary>
    public string PublicPem() => string.Concat(former.Prepend(key).Select(k => k.ExportSubjectPublicKeyInfoPem() + "\n"));

    public byte[] Sign(byte[] what)
    {
        lock (gate)
        {
            return key.SignData(what, HashAlgorithmName.SHA256);
        }
    }

    /// <summary>Did it sign this, or a key before it?</summary>
    public bool Verifies(byte[] what, byte[] signature) => Signed(what, signature) || former.Any(k => Verifies(k, what, signature));

    /// <summary>Did it sign this, and not a key before it?</summary>
    public bool Signed(byte[] what, byte[] signature) => Verifies(key, what, signature);

    public void Dispose()
    {
        key.Dispose();
        foreach (var before in former)
        {
            before.Dispose();
        }
    }

    private bool Verifies(ECDsa by, byte[] what, byte[] signature)
    {
        lock (gate)
        {
            return by.VerifyData(what, signature, HashAlgorithmName.SHA256);
        }
    }
}
