using System.Text.RegularExpressions;

namespace Engagement.Domain.Language.Values;

/// <summary>Regular expressions in RE2's syntax that run in linear time, by code point.</summary>
internal static class LinearRegex
{
    public static bool TryParse(string pattern, out Regex regex, out string error)
    {
        regex = null!;
        if (pattern.Length > Limits.Pattern)
        {
            error = $"it is longer than {Limits.Pattern} characters";
            return false;
        }

        var translation = new RegexTranslation(pattern);
        if (!translation.TryRun(out var translated, out error))
        {
            return false;
        }

        regex = new(translated, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
        return true;
    }
}
