using System.Net.Http.Headers;
using System.Security.Cryptography;
using Engagement.Domain.Audit;
using Microsoft.IdentityModel.Tokens;

namespace Engagement.Gateway.Tests.Security;

/// <summary>Tokens of an OpenID Connect authority: only what it signed, for us, now.</summary>
public sealed class AuthorityTests : IAsyncLifetime
{
    private static readonly TimeSpan RotatedWithin = TimeSpan.FromSeconds(60);

    private readonly TokenIssuer issuer = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("engagement-authority-");
    private Engine engine = null!;

    public async Task InitializeAsync()
    {
        await issuer.Start();
        var keyFile = Path.Combine(folder.FullName, "audit.key");
        using (var key = AuditKey.New())
        {
            await File.WriteAllTextAsync(keyFile, key.PrivatePem());
        }

        engine = new()
        {
            Settings = new Dictionary<string, string?>
            {
                ["Engagement:Auth:Authority"] = issuer.Url,
                ["Engagement:Auth:RequireHttps"] = "false",
                ["Engagement:Audit:KeyFile"] = keyFile,
            },
            Issue = (role, sub, node) => issuer.Token(role, sub, node),
        };
        await engine.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await engine.DisposeAsync();
        await issuer.Stop();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Token_OfTheAuthority_GivesRoleAndNodeOfItsClaims()
    {
        using var me = await Ask(issuer.Token("outlet-manager", "m-1", "outlet:hn-001"), "/v1/me");
        var answer = await Engine.Json(me);
        Assert.Equal(("m-1", "outlet-manager", "outlet:hn-001"), (answer.GetProperty("sub").GetString(), answer.GetProperty("role").GetString(), answer.GetProperty("node").GetString()));
        Assert.Equal("outlet:hn-001", answer.GetProperty("desks")[0].GetString());
        await engine.Accept(engine.Event("c-oidc", "account.opened", """{"outlet":"hn-001","channel":"online"}"""));
        using var own = await Ask(issuer.Token("outlet-manager", "m-1", "outlet:hn-001"), "/v1/clients/c-oidc");
        using var others = await Ask(issuer.Token("outlet-manager", "m-1", "outlet:tj-001"), "/v1/clients/c-oidc");
        using var nowhere = await Ask(issuer.Token("outlet-manager", "m-1"), "/v1/clients/c-oidc");
        Assert.Equal((200, 404, 404), ((int)own.StatusCode, (int)others.StatusCode, (int)nowhere.StatusCode));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("root")]
    [InlineData("Auditor")]
    public async Task Token_WithoutARoleOfOurs_MayNothing(string? role)
    {
        using var answer = await Ask(issuer.Token(role), "/v1/me");
        await Engine.Refused(answer, 403, "request.forbidden");
    }

    [Fact]
    public async Task Token_ThatIsNotSignedForUsNow_IsRefused()
    {
        var good = issuer.Token();
        using var foreign = RSA.Create(2048);
        var unsigned = good[..(good.LastIndexOf('.') + 1)];
        var byPublicKey = new SigningCredentials(new SymmetricSecurityKey(issuer.PublicKey()) { KeyId = "k0" }, SecurityAlgorithms.HmacSha256);
        var byStranger = new SigningCredentials(new RsaSecurityKey(foreign) { KeyId = "k0" }, SecurityAlgorithms.RsaSha256);
        var unknown = new SigningCredentials(new RsaSecurityKey(foreign) { KeyId = "k9" }, SecurityAlgorithms.RsaSha256);
        var signature = good.Split('.')[2];
        (string What, string Token)[] bad =
        [
            ("another audience", issuer.Token(audience: "other")),
            ("another issuer", issuer.Token(issuer: "http://127.0.0.1:1")),
            ("expired", issuer.Token(from: TimeSpan.FromHours(-2), until: TimeSpan.FromHours(-1))),
            ("not yet valid", issuer.Token(from: TimeSpan.FromHours(1), until: TimeSpan.FromHours(2))),
            ("alg none", TokenIssuer.WithHeader(good, """{"alg":"none","typ":"JWT"}""")),
            ("alg None with the signature", TokenIssuer.WithHeader(good, """{"alg":"None","typ":"JWT","kid":"k0"}""", signature)),
            ("without its signature", unsigned),
            ("HS256 with the public key", issuer.Token(signer: byPublicKey)),
            ("a stranger's key under a known name", issuer.Token(signer: byStranger)),
            ("an unknown key", issuer.Token(signer: unknown)),
            ("another payload", $"{good.Split('.')[0]}.{issuer.Token("hq-admin").Split('.')[1]}.{signature}"),
            ("the embedded engine's key", Gateway.Security.EmbeddedKey.Open(engine.Folder).Sign("auditor", "s-1", null, null, TimeProvider.System)),
            ("no token at all", "x"),
        ];
        using var taken = await Ask(good, "/v1/me");
        Assert.Equal(200, (int)taken.StatusCode);
        foreach (var (what, token) in bad)
        {
            using var answer = await Ask(token, "/v1/me");
            Assert.True(401 == (int)answer.StatusCode, $"{what}: {(int)answer.StatusCode}");
            await Engine.Refused(answer, 401, "request.unauthenticated");
            // Nor does it become a cookie.
            using var session = await engine.Anonymous().PostAsync("/v1/session", Engine.Body($$"""{"token":"{{token}}"}""", "application/json"));
            await Engine.Refused(session, 401, "session.token.invalid");
        }
    }

    [Fact]
    public async Task Key_ThatTheAuthorityChanged_IsTaken()
    {
        var old = issuer.Token();
        using var before = await Ask(old, "/v1/me");
        Assert.Equal(200, (int)before.StatusCode);
        issuer.MakeKey();
        using var early = await Ask(issuer.Token(), "/v1/me");
        Assert.Equal(401, (int)early.StatusCode);
        issuer.PublishKeys();
        var since = System.Diagnostics.Stopwatch.StartNew();
        var status = 0;
        while (status != 200)
        {
            Assert.True(since.Elapsed < RotatedWithin, "The new key was never taken.");
            await Task.Delay(100);
            using var rotated = await Ask(issuer.Token(), "/v1/me");
            status = (int)rotated.StatusCode;
        }

        using var still = await Ask(old, "/v1/me");
        Assert.Equal(200, (int)still.StatusCode);
    }

    [Fact]
    public async Task Session_OfTheAuthoritysToken_IsACookieForTlsThatScriptsCannotRead()
    {
        using var session = await engine.Anonymous().PostAsync("/v1/session", Engine.Body($$"""{"token":"{{issuer.Token()}}"}""", "application/json"));
        Assert.Equal(204, (int)session.StatusCode);
        var cookie = session.Headers.GetValues("Set-Cookie").Single().ToLowerInvariant();
        Assert.Contains("; secure", cookie, StringComparison.Ordinal);
        Assert.Contains("; httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("; samesite=strict", cookie, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> Ask(string token, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await engine.Anonymous().SendAsync(request);
    }
}
