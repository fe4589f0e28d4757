using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Engagement.Gateway.Security;

/// <summary>The key with which the embedded engine signs its own tokens. It lies in the data folder, readable by its owner alone.</summary>
public sealed class EmbeddedKey
{
    public const string Issuer = "engagement-embedded";
    public const string Audience = "engagement";
    public const string FileName = "token.key";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private EmbeddedKey(byte[] key, string folder) => (Key, Folder) = (new(key) { KeyId = "embedded" }, folder);

    public SymmetricSecurityKey Key { get; }

    public string Folder { get; }

    /// <summary>Reads the folder's key, or makes it. Two processes that start at once end up with one.</summary>
    public static EmbeddedKey Open(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            SecretFile.Make(path, RandomNumberGenerator.GetBytes(32));
        }

        var key = File.ReadAllBytes(path);
        return key.Length == 32 ? new(key, folder) : throw new InvalidDataException($"{path} is not a key of 32 bytes.");
    }

    /// <summary>A signed token, valid for 12 hours.</summary>
    public string Sign(string role, string sub, string? node, string? name, TimeProvider time)
    {
        var now = time.GetUtcNow();
        Dictionary<string, object> claims = new() { ["sub"] = sub, ["role"] = role };
        if (node is not null)
        {
            claims["node"] = node;
        }

        if (name is not null)
        {
            claims["name"] = name;
        }

        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = now.UtcDateTime,
            // A clock that lags a little must not refuse a token that was made just now.
            NotBefore = now.UtcDateTime.AddMinutes(-1),
            Expires = now.UtcDateTime.Add(Lifetime),
            Claims = claims,
            SigningCredentials = new(Key, SecurityAlgorithms.HmacSha256),
        });
    }
}
