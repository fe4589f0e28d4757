using System.Security.Cryptography;
using Engagement.Tests.Ports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Engagement.Gateway.Tests.Security;

/// <summary>An OpenID Connect authority on the loopback address: discovery, keys, and tokens good and bad.</summary>
internal sealed class TokenIssuer
{
    private readonly WebApplication app;
    private readonly List<RSA> keys = [RSA.Create(2048)];
    private int published = 1;

    public TokenIssuer()
    {
        Url = $"http://127.0.0.1:{FreePort.Next()}";
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", Url);
        app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new { issuer = Url, jwks_uri = Url + "/keys", id_token_signing_alg_values_supported = (string[])["RS256"] }));
        app.MapGet("/keys", () => Results.Json(new { keys = Enumerable.Range(0, published).Select(Jwk) }));
    }

    public string Url { get; }

    public Task Start() => app.StartAsync();

    /// <summary>The newest key as a signer of RS256.</summary>
    public SigningCredentials Signer(int? key = null) => new(new RsaSecurityKey(keys[key ?? keys.Count - 1]) { KeyId = $"k{key ?? keys.Count - 1}" }, SecurityAlgorithms.RsaSha256);

    /// <summary>Makes a new key; it is told to nobody.</summary>
    public void MakeKey() => keys.Add(RSA.Create(2048));

    public void PublishKeys() => published = keys.Count;

    /// <summary>The public key as bytes, for who would use it as a secret.</summary>
    public byte[] PublicKey() => System.Text.Encoding.ASCII.GetBytes(keys[0].ExportSubjectPublicKeyInfoPem());

    /// <summary>A token, good but for what a test makes bad.</summary>
    public string Token(
        string? role = "auditor", string? sub = "s-1", string? node = null, string audience = "engagement", string? issuer = null, SigningCredentials? signer = null,
        TimeSpan? from = null, TimeSpan? until = null)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        Dictionary<string, object> claims = [];
        foreach (var (name, value) in ((string, string?)[])[("role", role), ("sub", sub), ("node", node)])
        {
            if (value is not null)
            {
                claims[name] = value;
            }
        }

        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Url,
            Audience = audience,
            IssuedAt = now,
            NotBefore = now + (from ?? TimeSpan.FromMinutes(-1)),
            Expires = now + (until ?? TimeSpan.FromMinutes(10)),
            Claims = claims,
            SigningCredentials = signer ?? Signer(),
        });
    }

    /// <summary>The same token with another header and signature.</summary>
    public static string WithHeader(string token, string header, string signature = "") =>
        $"{Base64UrlEncoder.Encode(header)}.{token.Split('.')[1]}.{signature}";

    public async Task Stop()
    {
        await app.DisposeAsync();
        keys.ForEach(k => k.Dispose());
    }

    private object Jwk(int key)
    {
        var public1 = keys[key].ExportParameters(includePrivateParameters: false);
        return new { kty = "RSA", use = "sig", alg = "RS256", kid = $"k{key}", n = Base64UrlEncoder.Encode(public1.Modulus), e = Base64UrlEncoder.Encode(public1.Exponent) };
    }
}
