using System.Text;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Language.Syntax;

/// <summary>A piece of the source, in UTF-16 units.</summary>
internal readonly record struct Span(int Start, int End)
{
    public string Of(string source) => source[Start..End];

    public ExpressionError Error(string source, string code, Localized message)
    {
        var (line, column) = Place(source, Start);
        return new(code, Start, line, column, message);
    }

    private static (int Line, int Column) Place(string source, int offset)
    {
        var line = 1;
        var lineStart = 0;
        for (var i = 0; i < offset; i++)
        {
            if (source[i] == '\n' || (source[i] == '\r' && (i + 1 >= source.Length || source[i + 1] != '\n')))
            {
                line++;
                lineStart = i + 1;
            }
        }

        var column = 1;
        foreach (var _ in source.AsSpan(lineStart, offset - lineStart).EnumerateRunes())
        {
            column++;
        }

        return (line, column);
    }
}
