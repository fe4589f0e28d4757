using System.CommandLine;
using Engagement.Contracts.Settings;

namespace Engagement.Engage;

/// <summary>Where a cluster's database is: <c>--connection</c>, or the setting of silos and gateways in the environment.</summary>
internal static class ConnectionOption
{
    private const string Variable = "ConnectionStrings__Engagement";

    public static Option<string?> Make() => new("--connection") { Description = $"A cluster's database, as in Host=... Default: {Variable} in the environment, or what is in the file of {Variable}_FILE." };

    /// <returns>Null: none is named.</returns>
    public static string? Of(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) ?? (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } set ? set : OfFile());

    private static string? OfFile() => SecretFiles.Read().FirstOrDefault(s => s.Key == Variable.Replace("__", ":", StringComparison.Ordinal)).Value;
}
