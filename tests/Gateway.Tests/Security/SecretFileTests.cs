using System.Collections;
using Engagement.Contracts.Settings;

namespace Engagement.Gateway.Tests.Security;

/// <summary>Settings that stand in files, and keys that are made.</summary>
public sealed class SecretFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("engagement-secret-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Setting_NamedByAFile_IsItsText()
    {
        var file = Path.Combine(folder.FullName, "connection");
        File.WriteAllText(file, "Host=db;Password= x \n");
        var read = SecretFiles.Read(new Hashtable { ["ConnectionStrings__Engagement_FILE"] = file, ["PATH_FILE"] = "nowhere", ["Engagement__Shards"] = "4" });
        var setting = Assert.Single(read);
        Assert.Equal(("ConnectionStrings:Engagement", "Host=db;Password= x "), (setting.Key, setting.Value));
    }

    [Fact]
    public void Setting_ThatIsThereTwiceOrCannotBeRead_IsRefused()
    {
        Assert.Throws<SecretFileException>(() => SecretFiles.Read(new Hashtable { ["Engagement__Now_FILE"] = Path.Combine(folder.FullName, "none") }));
        var twice = Assert.Throws<SecretFileException>(() => SecretFiles.Read(new Hashtable { ["Engagement__Now_FILE"] = "x", ["Engagement__Now"] = "secret-value" }));
        Assert.DoesNotContain("secret-value", twice.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_ThatAreMade_AreTheirOwnersAlone()
    {
        Gateway.Security.EmbeddedKey.Open(folder.FullName);
        using var key = Engagement.Gateway.Audit.AuditOptions.Key(new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build(), folder.FullName);
        foreach (var name in (string[])["token.key", "audit.key"])
        {
            var path = Path.Combine(folder.FullName, name);
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite), name);
        }

        Assert.DoesNotContain("PRIVATE", File.ReadAllText(Path.Combine(folder.FullName, "audit.pub")), StringComparison.Ordinal);
    }
}
