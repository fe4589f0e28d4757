using Engagement.Domain.Diagnostics;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Documents;

internal enum ScalarKind : byte
{
    /// <summary>Already reported by the reader: nobody complains about it again.</summary>
    Invalid,
    Null,
    Bool,
    Number,
    String,
}

/// <summary>How a scalar is written, so that a place inside its value can be found in the document.</summary>
internal enum ScalarStyle : byte { Plain, SingleQuoted, DoubleQuoted, Block }

/// <summary>One node of a document, the same for YAML and JSON.</summary>
/// <param name="start">Where its text begins, in UTF-16 units.</param>
internal abstract class DocumentNode(NodePath path, int start)
{
    public NodePath Path { get; } = path;

    public int Start { get; } = start;

    /// <summary>For messages: what a person would call it.</summary>
    public abstract Localized Noun { get; }
}

internal sealed class DocumentScalar(NodePath path, int start, int end, ScalarKind kind, ScalarStyle style, string value)
    : DocumentNode(path, start)
{
    public int End { get; } = end;

    public ScalarKind Kind { get; } = kind;

    public ScalarStyle Style { get; } = style;

    /// <summary>The decoded text; of a bool <c>true</c> or <c>false</c>, of a number as it is written.</summary>
    public string Value { get; } = value;

    public override Localized Noun => Kind switch
    {
        ScalarKind.Null => Diagnostic.Nothing,
        ScalarKind.Bool => Diagnostic.ABool,
        ScalarKind.Number => Diagnostic.ANumber,
        _ => Diagnostic.AString,
    };
}

internal sealed class DocumentSequence(NodePath path, int start, List<DocumentNode> items) : DocumentNode(path, start)
{
    public IReadOnlyList<DocumentNode> Items { get; } = items;

    public override Localized Noun => Diagnostic.AList;
}

/// <summary>One entry of a mapping; keys are unique.</summary>
/// <param name="KeyStart">Where the key begins, in UTF-16 units.</param>
internal readonly record struct DocumentEntry(string Key, int KeyStart, DocumentNode Value);

internal sealed class DocumentMapping(NodePath path, int start, List<DocumentEntry> entries) : DocumentNode(path, start)
{
    public IReadOnlyList<DocumentEntry> Entries { get; } = entries;

    public override Localized Noun => Diagnostic.AMapping;
}
