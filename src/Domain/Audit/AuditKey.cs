using System.Security.Cryptography;

namespace Engagement.Domain.Audit;

/// <summary>The key that signs heads of chains: ECDSA on P-256. Its public half is enough to verify.</summary>
public sealed class AuditKey : IDisposable
{
    private readonly ECDsa key;
    private readonly Lock gate = new();

    private AuditKey(ECDsa key) => this.key = key;

    public static AuditKey New() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <param name="pem">PKCS#8, or the public half alone.</param>
    /// <exception cref="ArgumentException">It is no such key.</exception>
    public static AuditKey Read(string pem)
    {
        var read = ECDsa.Create();
        try
        {
            read.ImportFromPem(pem);
            return read.KeySize == 256 ? new(read) : throw new ArgumentException("It is no key on P-256.");
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            read.Dispose();
            throw new ArgumentException("It is no PEM of a key on P-256.", e);
        }
    }

    public string PrivatePem() => key.ExportPkcs8PrivateKeyPem() + "\n";

    public string PublicPem() => key.ExportSubjectPublicKeyInfoPem() + "\n";

    public byte[] Sign(byte[] what)
    {
        lock (gate)
        {
            return key.SignData(what, HashAlgorithmName.SHA256);
        }
    }

    public bool Verifies(byte[] what, byte[] signature)
    {
        lock (gate)
        {
            return key.VerifyData(what, signature, HashAlgorithmName.SHA256);
        }
    }

    public void Dispose() => key.Dispose();
}
