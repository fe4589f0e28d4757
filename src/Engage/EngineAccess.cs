using System.CommandLine;

namespace Engagement.Engage;

/// <summary>Which engine a command talks to, and as whom.</summary>
internal static class EngineAccess
{
    private const string TokenVariable = "ENGAGEMENT_TOKEN";

    public static Option<string> Url() => new("--url") { Description = "Where the engine listens.", Required = true };

    public static Option<string?> Token() => new("--token") { Description = $"A token of the role ingest; others on this machine see it. Default: {TokenVariable} in the environment." };

    public static Option<string?> TokenFile() => new("--token-file") { Description = "A file that holds the token." };

    public static Uri Address(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https")
            ? address
            : throw new CommandException($"--url: '{url}' is no http address.");

    /// <summary>As <see cref="TokenOf(string?, string?)"/>; where none is given and the engine is on this machine, one by the key of its folder.</summary>
    public static string TokenOf(string? token, string? file, Uri address, string folder) =>
        token is null && file is null && string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(TokenVariable)) && address.IsLoopback && DataFolder.HasKey(folder)
            ? DataFolder.Key(folder).Sign("ingest", "import", null, null, TimeProvider.System)
            : TokenOf(token, file);

    /// <summary>The option, the file, or the environment, in that order. What it is, no message ever says.</summary>
    public static string TokenOf(string? token, string? file)
    {
        if (token is not null && file is not null)
        {
            throw new CommandException("--token and --token-file: one of them.");
        }

        var text = token ?? (file is null ? Environment.GetEnvironmentVariable(TokenVariable) : ReadToken(file));
        return text?.Trim() is { Length: > 0 } given && given.All(c => c is > ' ' and < '\x7f')
            ? given
            : throw new CommandException($"No token: --token-file, --token or {TokenVariable} in the environment.");
    }

    private static string ReadToken(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"--token-file: {e.Message}");
        }
    }
}
