using System.Collections;

namespace Engagement.Contracts.Settings;

/// <summary>
/// Settings that are read from files, so that a secret stands in no environment, command line or manifest: where
/// <c>NAME_FILE</c> is in the environment, the file's text without the line's end is the setting <c>NAME</c>.
/// </summary>
public static class SecretFiles
{
    private const string Suffix = "_FILE";
    private static readonly string[] Prefixes = ["Engagement__", "ConnectionStrings__"];

    /// <summary>Of the environment of this process.</summary>
    /// <exception cref="SecretFileException">A file cannot be read, or the setting is there twice.</exception>
    public static IEnumerable<KeyValuePair<string, string?>> Read() => Read(Environment.GetEnvironmentVariables());

    /// <inheritdoc cref="Read()"/>
    public static IEnumerable<KeyValuePair<string, string?>> Read(IDictionary environment)
    {
        Dictionary<string, string?> settings = [];
        foreach (DictionaryEntry variable in environment)
        {
            var (name, path) = ((string)variable.Key, (string?)variable.Value);
            if (!name.EndsWith(Suffix, StringComparison.Ordinal) || !Array.Exists(Prefixes, p => name.StartsWith(p, StringComparison.Ordinal)) || string.IsNullOrEmpty(path))
            {
                continue;
            }

            var setting = name[..^Suffix.Length];
            if (environment.Contains(setting))
            {
                throw new SecretFileException($"{setting} and {name} are both set: one of them.");
            }

            try
            {
                settings[setting.Replace("__", ":", StringComparison.Ordinal)] = File.ReadAllText(path).TrimEnd('\r', '\n');
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new SecretFileException($"{name}: {e.Message}");
            }
        }

        return settings;
    }
}

/// <summary>A setting that is to come from a file does not.</summary>
public sealed class SecretFileException(string message) : Exception(message);
