namespace Engagement.Domain.Documents;

/// <summary>
/// Finds a place inside a scalar's value in the text of the document. Whitespace is where YAML folds, strips and
/// indents, so both texts are walked from one visible character to the next, which are the same in both.
/// </summary>
internal static class ScalarMap
{
    /// <param name="offset">In the value, in UTF-16 units.</param>
    /// <returns>The index in the document.</returns>
    public static int IndexOf(DocumentScalar scalar, string text, int offset)
    {
        var value = scalar.Value;
        var (raw, end) = Content(scalar, text);
        var at = 0;
        while (at < value.Length && raw < end)
        {
            var unit = Next(scalar.Style, text, raw, end);
            if (unit.Blank && !char.IsWhiteSpace(value[at]))
            {
                raw += unit.Length;
                continue;
            }

            if (at >= offset)
            {
                return raw;
            }

            raw += unit.Length;
            at += unit.Units;
        }

        return Math.Min(raw, end);
    }

    private static (int Start, int End) Content(DocumentScalar scalar, string text)
    {
        var end = Math.Min(scalar.End, text.Length);
        switch (scalar.Style)
        {
            case ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted:
                return (scalar.Start + 1, Math.Max(scalar.Start + 1, end - 1));
            case ScalarStyle.Block:
                var header = text.IndexOf('\n', scalar.Start);
                return header < 0 ? (end, end) : (Math.Min(header + 1, end), end);
            default:
                return (scalar.Start, end);
        }
    }

    /// <param name="Length">UTF-16 units in the document.</param>
    /// <param name="Units">UTF-16 units in the value.</param>
    /// <param name="Blank">May be folded or stripped.</param>
    private readonly record struct Unit(int Length, int Units, bool Blank);

    private static Unit Next(ScalarStyle style, string text, int raw, int end)
    {
        if (style == ScalarStyle.SingleQuoted && text[raw] == '\'')
        {
            return new(2, 1, false);
        }

        if (style != ScalarStyle.DoubleQuoted || text[raw] != '\\' || raw + 1 >= end)
        {
            return new(1, 1, char.IsWhiteSpace(text[raw]));
        }

        return text[raw + 1] switch
        {
            'x' => new(4, 1, false),
            'u' => new(6, 1, false),
            'U' => new(10, text.AsSpan(raw + 2, Math.Min(8, end - raw - 2)) is ['0', '0', '0', '0', ..] ? 1 : 2, false),
            '\r' or '\n' => new(2, 0, true),
            _ => new(2, 1, false),
        };
    }
}
