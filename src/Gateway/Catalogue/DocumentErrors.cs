using System.Collections.Immutable;
using Engagement.Domain;
using Microsoft.Net.Http.Headers;

namespace Engagement.Gateway.Catalogue;

/// <summary>What is wrong with a document, in the language that the sender asks for by <c>Accept-Language</c>: English unless Chinese is preferred.</summary>
internal static class DocumentErrors
{
    public static IResult Invalid(HttpRequest request, ImmutableArray<DocumentProblem> problems)
    {
        var chinese = PrefersChinese(request.GetTypedHeaders().AcceptLanguage);
        request.HttpContext.Response.Headers.ContentLanguage = chinese ? "zh" : "en";
        request.HttpContext.Response.Headers.Vary = HeaderNames.AcceptLanguage;
        return Problems.Of(
            422,
            "document.invalid",
            chinese ? $"文档有 {problems.Length} 处错误，没有发布任何内容。" : $"The document has {problems.Length} errors; nothing was published.",
            errors: [.. problems.Select(p => new { p.Path, p.Line, p.Column, p.Code, message = chinese ? p.MessageZh : p.Message })]);
    }

    /// <summary>The weightiest of the two languages decides; the earlier one where both weigh the same.</summary>
    private static bool PrefersChinese(IList<StringWithQualityHeaderValue> accepted) =>
        accepted.Where(l => l.Quality is not 0).OrderByDescending(l => l.Quality ?? 1)
            .Select(l => l.Value.Value?.Split('-')[0].ToLowerInvariant())
            .FirstOrDefault(l => l is "zh" or "en") == "zh";
}
