using Engagement.Domain.Audit;
using Microsoft.Extensions.Options;

namespace Engagement.Gateway.Audit;

/// <summary>The trail of accesses. Bound to <c>Engagement:Audit</c>, validated at start.</summary>
public sealed class AuditOptions
{
    public const string Section = "Engagement:Audit";
    private const string KeyName = "audit.key";

    /// <summary>
    /// File of the private key on P-256, PEM, that signs the chains; all gateways have the same. The keys that signed before may follow in
    /// it, or their public halves: then their signatures still count. Default: <c>audit.key</c> in the folder
    /// of the token key, made where it is not there; with an authority, and no file, a key that the database keeps.
    /// </summary>
    public string? KeyFile { get; set; }

    /// <summary>The key, made where it is not there and may be.</summary>
    /// <param name="folder">Of the token key; null: there is none.</param>
    /// <exception cref="OptionsValidationException">There is none, or it is no key.</exception>
    public static AuditKey Key(IConfiguration configuration, string? folder)
    {
        var options = configuration.GetSection(Section).Get<AuditOptions>() ?? new();
        var path = options.KeyFile ?? (folder is null ? null : Path.Combine(folder, KeyName))
            ?? throw Invalid("is missing: the key that signs the audit trail.");
        try
        {
            if (options.KeyFile is null && !File.Exists(path))
            {
                using var made = AuditKey.New();
                SecretFile.Make(path, System.Text.Encoding.ASCII.GetBytes(made.PrivatePem()));
            }

            var key = AuditKey.Read(File.ReadAllText(path));
            if (folder is not null)
            {
                File.WriteAllText(Path.Combine(folder, "audit.pub"), key.PublicPem());
            }

            return key;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Invalid($"cannot be used: {path}: {e.Message}");
        }
    }

    private static OptionsValidationException Invalid(string what) => new(Section, typeof(AuditOptions), [$"{Section}:{nameof(KeyFile)} {what}"]);
}
