namespace Engagement.Domain;

/// <summary>One error of a published document, at its place. Line and column start at 1.</summary>
/// <param name="Path">Where, e.g. <c>segments[2].when</c>.</param>
/// <param name="Message">In English.</param>
/// <param name="MessageZh">The same in Chinese.</param>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("document-problem")]
public sealed record DocumentProblem(
    [property: Orleans.Id(0)] string Path,
    [property: Orleans.Id(1)] int Line,
    [property: Orleans.Id(2)] int Column,
    [property: Orleans.Id(3)] string Code,
    [property: Orleans.Id(4)] string Message,
    [property: Orleans.Id(5)] string MessageZh);
