using System.Globalization;
using System.Text.RegularExpressions;

namespace Engagement.Domain.Documents;

/// <summary>The types of plain scalars in the core schema of YAML 1.2 (section 10.3.2), and JSON's numbers among them.</summary>
internal static partial class CoreSchema
{
    public static ScalarKind KindOf(string plain) => plain switch
    {
        "" or "~" or "null" or "Null" or "NULL" => ScalarKind.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => ScalarKind.Bool,
        _ => Number().IsMatch(plain) ? ScalarKind.Number : ScalarKind.String,
    };

    /// <summary>The exact value of a number; false beyond 28 digits, and for infinity and NaN, which nothing here can mean.</summary>
    public static bool TryNumber(string text, out decimal value)
    {
        value = 0;
        return text.StartsWith("0x", StringComparison.Ordinal) ? TryRadix(text[2..], 16, out value)
            : text.StartsWith("0o", StringComparison.Ordinal) ? TryRadix(text[2..], 8, out value)
            : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryRadix(string digits, int radix, out decimal value)
    {
        value = 0;
        if (digits.Length > 10)
        {
            return false;
        }

        value = Convert.ToInt64(digits, radix);
        return true;
    }

    [GeneratedRegex(@"^([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z", RegexOptions.NonBacktracking)]
    private static partial Regex Number();
}
