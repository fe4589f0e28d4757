using Engagement.Domain.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlStyle = YamlDotNet.Core.ScalarStyle;

namespace Engagement.Domain.Documents;

/// <summary>
/// YAML with the types of the 1.2 core schema, so that <c>on</c>, <c>no</c> and <c>09:30</c> are strings. Anchors,
/// aliases and tags are refused: a document says what it means where it stands, and cannot swell.
/// </summary>
internal sealed class YamlDocumentReader(ProblemList problems)
{
    private readonly NodeBuilder builder = new(problems);
    private int documents;

    public DocumentNode? Read()
    {
        var text = problems.Text.Text;
        try
        {
            var parser = new Parser(new StringReader(text));
            while (MoveNext(parser))
            {
                if (!Take(parser.Current!))
                {
                    return null;
                }
            }
        }
        catch (YamlException e)
        {
            problems.Add(builder.NextPath, IndexOf(e.Start), ProblemCode.Syntax, Diagnostic.Unreadable(e.InnerException?.Message ?? e.Message));
            return null;
        }

        // An empty text is a document that says nothing.
        return builder.Root ?? new DocumentScalar(NodePath.Root, 0, 0, ScalarKind.Null, ScalarStyle.Plain, "");
    }

    private static bool MoveNext(Parser parser)
    {
        try
        {
            return parser.MoveNext();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // How the parser fails over some broken texts, without saying where.
            var at = parser.Current?.End ?? Mark.Empty;
            throw new YamlException(at, at, "This is no YAML from here on.");
        }
    }

    private bool Take(ParsingEvent next)
    {
        var start = IndexOf(next.Start);
        if (next is NodeEvent node)
        {
            RefuseProperties(node, start);
        }

        if (!builder.HasRoom(start))
        {
            return false;
        }

        switch (next)
        {
            case DocumentStart when ++documents > 1:
                problems.Add(NodePath.Root, start, ProblemCode.Unsupported, Diagnostic.OneDocument);
                return false;
            case MappingStart or SequenceStart when builder.WantsKey:
                problems.Add(builder.NextPath, start, ProblemCode.Syntax, Diagnostic.PlainFieldName);
                return false;
            case MappingStart or SequenceStart:
                return builder.Begin(next is MappingStart, start);
            case MappingEnd or SequenceEnd:
                builder.End();
                return true;
            case AnchorAlias:
                problems.Add(builder.NextPath, start, ProblemCode.Unsupported, Diagnostic.NoAliases);
                AddScalar(new(builder.NextPath, start, start, ScalarKind.Invalid, ScalarStyle.Plain, ""));
                return true;
            case Scalar scalar:
                AddScalar(Convert(scalar, start));
                return true;
            default:
                return true;
        }
    }

    private void RefuseProperties(NodeEvent node, int start)
    {
        if (!node.Anchor.IsEmpty)
        {
            problems.Add(builder.NextPath, start, ProblemCode.Unsupported, Diagnostic.NoAnchors);
        }

        if (!node.Tag.IsEmpty)
        {
            problems.Add(builder.NextPath, start, ProblemCode.Unsupported, Diagnostic.NoTags);
        }
    }

    private void AddScalar(DocumentScalar scalar)
    {
        if (builder.WantsKey)
        {
            builder.Key(scalar.Value, scalar.Start);
        }
        else
        {
            builder.Add(scalar);
        }
    }

    private DocumentScalar Convert(Scalar scalar, int start)
    {
        var style = scalar.Style switch
        {
            YamlStyle.SingleQuoted => ScalarStyle.SingleQuoted,
            YamlStyle.DoubleQuoted => ScalarStyle.DoubleQuoted,
            YamlStyle.Literal or YamlStyle.Folded => ScalarStyle.Block,
            _ => ScalarStyle.Plain,
        };
        var kind = style == ScalarStyle.Plain ? CoreSchema.KindOf(scalar.Value) : ScalarKind.String;
        var value = kind == ScalarKind.Bool ? scalar.Value.ToLowerInvariant() : scalar.Value;
        return new(builder.NextPath, start, IndexOf(scalar.End), kind, style, value);
    }

    private static int IndexOf(Mark mark) => (int)mark.Index;
}
