using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Engagement.Domain.Diagnostics;
using Engagement.Domain.Documents;
using Engagement.Domain.Language;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Campaigns;

internal readonly record struct Messages(MessageTemplate Zh, MessageTemplate En);

/// <summary>Cuts messages into text and <c>{input path}</c> placeholders; <c>{{</c> and <c>}}</c> are single braces.</summary>
internal sealed partial class MessageReader(ExpressionScope scope, ProblemList problems)
{
    /// <summary>Filled in when a message is shown, so that no name is ever stored with it.</summary>
    public const string ClientName = "{client.name}";

    /// <summary>Characters; a person reads it at a glance.</summary>
    private const int MaxLength = 2_000;

    private static readonly MessageTemplate Nothing = new("", []);

    /// <summary>One string for both languages, or <c>{zh, en}</c>, of which one may be left out.</summary>
    public Messages Read(DocumentNode node, ProblemList _)
    {
        if (node is not DocumentMapping)
        {
            var both = Template(node, problems);
            return new(both, both);
        }

        var fields = Fields.Of(node, problems)!;
        var zh = fields.Optional<MessageTemplate?>("zh", Template, null);
        var en = fields.Optional<MessageTemplate?>("en", Template, null);
        fields.Close();
        if (zh is null && en is null)
        {
            problems.Add(node, ProblemCode.Missing, Diagnostic.MessageNeedsText);
        }

        return new(zh ?? en ?? Nothing, en ?? zh ?? Nothing);
    }

    private MessageTemplate Template(DocumentNode node, ProblemList _)
    {
        var source = Values.Text(node, problems);
        if (source.Length > MaxLength)
        {
            Values.WrongValue(node, problems, Diagnostic.MessageTooLong);
        }

        return source.Length is 0 or > MaxLength ? Nothing : Cut((DocumentScalar)node, source);
    }

    private MessageTemplate Cut(DocumentScalar scalar, string source)
    {
        var parts = ImmutableArray.CreateBuilder<MessagePart>();
        var text = new StringBuilder();
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] is not ('{' or '}'))
            {
                text.Append(source[i]);
            }
            else if (i + 1 < source.Length && source[i + 1] == source[i])
            {
                text.Append(source[i++]);
            }
            else if (source[i] == '}' || source.IndexOf('}', i) < 0)
            {
                Report(scalar, i, ProblemCode.Value, Diagnostic.LoneBrace);
                return Nothing;
            }
            else
            {
                var end = source.IndexOf('}', i);
                Placeholder(scalar, source[(i + 1)..end], i + 1, text, parts);
                i = end;
            }
        }

        Flush(text, parts);
        return new(source, parts.ToImmutable());
    }

    private void Placeholder(DocumentScalar scalar, string path, int at, StringBuilder text, ImmutableArray<MessagePart>.Builder parts)
    {
        if ("{" + path + "}" == ClientName)
        {
            text.Append(ClientName);
        }
        else if (!Path().IsMatch(path))
        {
            Report(scalar, at, ProblemCode.Value, Diagnostic.PlaceholderForm);
        }
        else if (Compile(scalar, path, at) is { } expression)
        {
            Flush(text, parts);
            parts.Add(new(path, expression));
        }
    }

    private Expression? Compile(DocumentScalar scalar, string path, int at)
    {
        if (Expression.TryCompile(path, scope, out var expression, out var errors))
        {
            return expression;
        }

        ExpressionReader.Report(scalar, at, errors, problems);
        return null;
    }

    private void Report(DocumentScalar scalar, int offset, string code, Localized message) =>
        problems.Add(scalar.Path, ScalarMap.IndexOf(scalar, problems.Text.Text, offset), code, message);

    private static void Flush(StringBuilder text, ImmutableArray<MessagePart>.Builder parts)
    {
        if (text.Length > 0)
        {
            parts.Add(new(text.ToString(), null));
            text.Clear();
        }
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*\z")]
    private static partial Regex Path();
}
