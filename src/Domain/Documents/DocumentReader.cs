using System.Text;
using System.Text.Unicode;
using Engagement.Domain.Diagnostics;

namespace Engagement.Domain.Documents;

/// <summary>Reads YAML or JSON into one tree of nodes, with the place of each. What it hands on is bounded and has no duplicate keys.</summary>
internal static class DocumentReader
{
    public const int MaxBytes = 4 * 1024 * 1024;
    public const int MaxDepth = 64;

    /// <returns>The root; null when the text cannot be split into nodes at all. Problems may be found either way.</returns>
    public static DocumentNode? Read(ReadOnlySpan<byte> utf8, DocumentFormat format, out ProblemList problems)
    {
        if (utf8.StartsWith("\uFEFF"u8))
        {
            utf8 = utf8[3..];
        }

        if (utf8.Length > MaxBytes)
        {
            problems = new(new DocumentText(""));
            problems.Add(NodePath.Root, 0, ProblemCode.TooLarge, Diagnostic.DocumentTooLarge);
            return null;
        }

        var text = new DocumentText(Encoding.UTF8.GetString(utf8));
        problems = new(text);
        if (!Utf8.IsValid(utf8))
        {
            problems.Add(NodePath.Root, text.Text.IndexOf('\uFFFD', StringComparison.Ordinal), ProblemCode.Syntax, Diagnostic.NotUtf8);
            return null;
        }

        return format == DocumentFormat.Json ? new JsonDocumentReader(problems).Read(utf8) : new YamlDocumentReader(problems).Read();
    }
}
