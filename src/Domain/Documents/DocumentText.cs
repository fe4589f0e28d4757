namespace Engagement.Domain.Documents;

/// <summary>The text of a document, and where its lines begin.</summary>
internal sealed class DocumentText
{
    private readonly List<int> lineStarts = [0];
    private readonly List<int> lowSurrogates = [];

    public DocumentText(string text)
    {
        Text = text;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                lineStarts.Add(i + 1);
            }
            else if (char.IsLowSurrogate(text[i]))
            {
                lowSurrogates.Add(i);
            }
        }
    }

    public string Text { get; }

    /// <summary>Line and column of a place in the text, from 1; columns count code points.</summary>
    /// <param name="index">In UTF-16 units; one beyond the end is the end.</param>
    public (int Line, int Column) Place(int index)
    {
        index = Math.Clamp(index, 0, Text.Length);
        var line = lineStarts.BinarySearch(index);
        line = line >= 0 ? line : ~line - 1;
        var start = lineStarts[line];
        return (line + 1, index - start - (LowSurrogatesBefore(index) - LowSurrogatesBefore(start)) + 1);
    }

    private int LowSurrogatesBefore(int index)
    {
        var place = lowSurrogates.BinarySearch(index);
        return place >= 0 ? place : ~place;
    }
}
