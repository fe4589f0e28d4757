using System.ComponentModel.DataAnnotations;
using Engagement.Gateway;
using Engagement.Gateway.Audit;
using Engagement.Gateway.Ingest;
using Engagement.Gateway.Security;
using Engagement.Grains;
using Engagement.Silo;
using Microsoft.Extensions.Configuration;

namespace Engagement.Kubernetes.Tests;

/// <summary>The settings that there are, read from the classes that they are bound to.</summary>
internal static class Settings
{
    private static readonly IReadOnlyList<(string Program, string Section, Type Options)> Bound =
    [
        ("silo", "Engagement", typeof(ClusterSiloOptions)),
        ("silo", "Engagement", typeof(EngineOptions)),
        ("gateway", "Engagement", typeof(ClusterGatewayOptions)),
        ("gateway", "Engagement", typeof(IngestOptions)),
        ("gateway", AuthOptions.Section, typeof(AuthOptions)),
        ("gateway", AuditOptions.Section, typeof(AuditOptions)),
    ];

    /// <summary>Of the host and of .NET; those of the section <c>Engagement</c> are read, not listed.</summary>
    private static readonly string[] OfTheHost =
        ["ConnectionStrings__Engagement", "ASPNETCORE_ENVIRONMENT", "ASPNETCORE_URLS", "DOTNET_EnableDiagnostics", "Logging__LogLevel__Default"];

    private static readonly HashSet<string> Known =
        [.. OfTheHost, .. Bound.SelectMany(b => b.Options.GetProperties().Where(p => p.CanWrite).Select(p => $"{b.Section}:{p.Name}".Replace(":", "__", StringComparison.Ordinal)))];

    public static IEnumerable<string> Unknown(IEnumerable<string> variables) => variables.Where(v => !Known.Contains(v));

    /// <summary>What a program would say of its settings at the start.</summary>
    public static IReadOnlyList<string> Refused(string program, IReadOnlyDictionary<string, string> variables)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(variables.Select(v => new KeyValuePair<string, string?>(v.Key.Replace("__", ":", StringComparison.Ordinal), v.Value)))
            .Build();
        List<string> refused = [];
        foreach (var (_, section, type) in Bound.Where(b => b.Program == program))
        {
            var options = Activator.CreateInstance(type)!;
            configuration.GetSection(section).Bind(options);
            List<ValidationResult> results = [];
            Validator.TryValidateObject(options, new(options), results, validateAllProperties: true);
            refused.AddRange(results.Select(r => $"{program}: {r.ErrorMessage}"));
        }

        return refused;
    }
}
