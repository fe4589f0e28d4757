using System.Collections.Immutable;
using Engagement.Domain.Language.Checking;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Documents;

/// <summary>The problems of one document, gathered while it is read.</summary>
internal sealed class ProblemList(DocumentText text)
{
    /// <summary>A hostile document of 4 MiB could have a million problems; nobody mends more than these at a time.</summary>
    public const int Limit = 1_000;

    /// <summary>Names that are looked at for a suggestion: a catalogue of thousands gets no better help from more.</summary>
    private const int MaxCandidates = 500;

    private readonly List<DocumentProblem> problems = [];

    public DocumentText Text { get; } = text;

    public int Count => problems.Count;

    public bool IsEmpty => Count == 0;

    /// <summary>Further problems are dropped: what only serves to find them can stop.</summary>
    public bool IsFull => Count == Limit;

    public void Add(DocumentNode node, string code, Localized message) => Add(node.Path, node.Start, code, message);

    public void Add(NodePath path, int at, string code, Localized message)
    {
        var (line, column) = Text.Place(at);
        AddAt(path, line, column, code, message);
    }

    public void AddAt(NodePath path, int line, int column, string code, Localized message)
    {
        if (!IsFull)
        {
            problems.Add(new(path.ToString(), line, column, code, message.En, message.Zh));
        }
    }

    /// <summary>The name that was probably meant, while anybody will still read it: it costs more than the problem.</summary>
    public string? Meant(string name, IEnumerable<string> known) => IsFull ? null : Suggestion.For(name, known.Take(MaxCandidates));

    /// <summary>In the order of the document; each once.</summary>
    public ImmutableArray<DocumentProblem> ToImmutable() =>
        [.. problems.Distinct().OrderBy(p => p.Line).ThenBy(p => p.Column).ThenBy(p => p.Code, StringComparer.Ordinal)];
}
