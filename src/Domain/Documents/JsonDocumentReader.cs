using System.Text;
using System.Text.Json;
using Engagement.Domain.Diagnostics;

namespace Engagement.Domain.Documents;

/// <summary>Strict JSON: no comments, no trailing commas.</summary>
internal sealed class JsonDocumentReader(ProblemList problems)
{
    private readonly NodeBuilder builder = new(problems);
    private int lastByte;
    private int lastChar;

    public DocumentNode? Read(ReadOnlySpan<byte> utf8)
    {
        // The builder's own bound is met first and names the path.
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = DocumentReader.MaxDepth + 1 });
        try
        {
            while (reader.Read())
            {
                if (!Take(ref reader, utf8))
                {
                    return null;
                }
            }
        }
        catch (JsonException e)
        {
            var consumed = CharIndex(utf8, (int)reader.BytesConsumed);
            var (line, column) = e is { LineNumber: { } l, BytePositionInLine: { } b } ? PlaceOf(utf8, l, b) : problems.Text.Place(consumed);
            problems.AddAt(builder.NextPath, line, column, ProblemCode.Syntax, Diagnostic.Unreadable(e.Message.Split(" LineNumber:")[0]));
            return null;
        }

        return builder.Root;
    }

    private bool Take(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
    {
        var start = CharIndex(utf8, (int)reader.TokenStartIndex);
        if (!builder.HasRoom(start))
        {
            return false;
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                return builder.Begin(reader.TokenType == JsonTokenType.StartObject, start);
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                builder.End();
                return true;
            case JsonTokenType.PropertyName:
                if (Text(ref reader, start) is not { } key)
                {
                    return false;
                }

                builder.Key(key, start);
                return true;
            default:
                var end = CharIndex(utf8, (int)reader.BytesConsumed);
                var kind = KindOf(reader.TokenType);
                var style = kind == ScalarKind.String ? ScalarStyle.DoubleQuoted : ScalarStyle.Plain;
                var value = kind == ScalarKind.String ? Text(ref reader, start) : Encoding.UTF8.GetString(reader.ValueSpan);
                if (value is not null)
                {
                    builder.Add(new DocumentScalar(builder.NextPath, start, end, kind, style, value));
                }

                return value is not null;
        }
    }

    /// <summary>Null where an escape names half a character: JSON allows it, text does not.</summary>
    private string? Text(ref Utf8JsonReader reader, int start)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            problems.Add(builder.NextPath, start, ProblemCode.Syntax, Diagnostic.HalfSurrogate);
            return null;
        }
    }

    private static ScalarKind KindOf(JsonTokenType token) => token switch
    {
        JsonTokenType.True or JsonTokenType.False => ScalarKind.Bool,
        JsonTokenType.Number => ScalarKind.Number,
        JsonTokenType.Null => ScalarKind.Null,
        _ => ScalarKind.String,
    };

    /// <summary>The reader counts bytes, places count characters; tokens come in order, so each byte is looked at once.</summary>
    private int CharIndex(ReadOnlySpan<byte> utf8, int byteIndex)
    {
        if (byteIndex < lastByte)
        {
            (lastByte, lastChar) = (0, 0);
        }

        lastChar += Encoding.UTF8.GetCharCount(utf8[lastByte..byteIndex]);
        lastByte = byteIndex;
        return lastChar;
    }

    private (int Line, int Column) PlaceOf(ReadOnlySpan<byte> utf8, long line, long bytePositionInLine)
    {
        var lineStart = 0;
        for (var passed = 0L; passed < line; passed++)
        {
            lineStart += utf8[lineStart..].IndexOf((byte)'\n') + 1;
        }

        var at = (int)Math.Min(utf8.Length, lineStart + bytePositionInLine);
        return problems.Text.Place(CharIndex(utf8, at));
    }
}
