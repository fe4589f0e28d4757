using System.Collections.Immutable;
using Engagement.Domain;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Documents;
using Engagement.Domain.Organisation;
using Engagement.Gateway.Security;

namespace Engagement.Gateway.Catalogue;

/// <summary>
/// What is wrong with a document that is being written, and nothing else: an editor asks at each pause, and a preview
/// would go through every client each time.
/// </summary>
public static class CheckEndpoint
{
    public static void MapCheck(this RouteGroupBuilder document, string name) =>
        document.MapPost("/check", (HttpRequest request, CancellationToken cancellation) => Check(name, request, cancellation)).For(r => r.MayPublish());

    private static async Task<IResult> Check(string name, HttpRequest request, CancellationToken cancellation)
    {
        var (body, refusal) = await DocumentBody.Read(request, cancellation);
        return body is null ? refusal!
            : ProblemsOf(name, body) is { IsEmpty: false } problems ? DocumentErrors.Invalid(request, problems)
            : Results.NoContent();
    }

    private static ImmutableArray<DocumentProblem> ProblemsOf(string name, DocumentBody body)
    {
        var format = body.Json ? DocumentFormat.Json : DocumentFormat.Yaml;
        ImmutableArray<DocumentProblem> problems;
        _ = name == "catalogue"
            ? CatalogueDocument.TryRead(body.Text, format, CandidateDocuments.Version, out _, out problems)
            : OrganisationDocument.TryRead(body.Text, format, CandidateDocuments.Version, out _, out problems);
        return problems;
    }
}
