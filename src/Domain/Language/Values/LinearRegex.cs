using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Engagement.Domain.Diagnostics;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Language.Values;

/// <summary>Regular expressions in RE2's syntax that run in linear time, by code point.</summary>
internal static class LinearRegex
{
    public static bool TryParse(string pattern, out Regex regex, [NotNullWhen(false)] out Localized? error)
    {
        regex = null!;
        if (pattern.Length > Limits.Pattern)
        {
            error = Diagnostic.PatternTooLong(Limits.Pattern);
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
