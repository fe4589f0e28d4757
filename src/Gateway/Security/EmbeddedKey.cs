using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Engagement.Gateway.Security;

/// <summary>The key with which the embedded engine signs its own tokens. It lies in the data folder, readable by its owner alone.</summary>
public sealed class EmbeddedKey
{
    public const string Issuer = "engagement-embedded";
    public const string Audience = "engagement";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private EmbeddedKey(byte[] key) => Key = new(key) { KeyId = "embedded" };

    public SymmetricSecurityKey Key { get; }

    /// <summary>Reads the folder's key, or makes it. Two processes that start at once end up with one.</summary>
    public static EmbeddedKey Open(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "token.key");
        if (!File.Exists(path))
        {
            var fresh = $"{path}.{Environment.ProcessId}";
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var file = new FileStream(fresh, options))
            {
                file.Write(RandomNumberGenerator.GetBytes(32));
                file.Flush(flushToDisk: true);
            }

            try
            {
                File.Move(fresh, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(fresh);
            }
        }

        var key = File.ReadAllBytes(path);
        return key.Length == 32 ? new(key) : throw new InvalidDataException($"{path} is not a key of 32 bytes.");
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
