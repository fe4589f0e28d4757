using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Engagement.Gateway.Reference;

/// <summary>The API's description as a stranger reads it: by what it is about, and not by the classes that answer.</summary>
internal static class ApiDescription
{
    public static void Describe(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new() { Title = "Engagement", Version = "v1", Description = "Shapes, units and errors: [the API](/docs/api), [problems](/docs/problems), [the language](/docs/language)." };
            document.Tags = document.Paths.Keys.Select(Subject).Distinct().Select(s => new OpenApiTag { Name = s }).ToHashSet();
            foreach (var (path, item) in document.Paths)
            {
                foreach (var operation in item.Operations?.Values.AsEnumerable() ?? [])
                {
                    operation.Tags = new HashSet<OpenApiTagReference> { new(Subject(path), document) };
                }
            }

            return Task.CompletedTask;
        });
    }

    /// <summary><c>clients</c> of <c>/v1/clients/{id}</c>, <c>health</c> of <c>/health/ready</c>.</summary>
    private static string Subject(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts is ["v1", var subject, ..] ? subject : parts.Length > 0 ? parts[0] : "engine";
    }
}
