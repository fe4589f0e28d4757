namespace Engagement.Domain;

/// <summary>Whole numbers of digits alone: where .NET's own reading takes signs, blanks or a NUL behind the number, this does not.</summary>
internal static class Digits
{
    /// <summary>False for an empty text, for more than nine digits, and where anything but a digit stands in it.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            value = unchecked((value * 10) + (c - '0'));
        }

        return text.Length is > 0 and <= 9;
    }
}
