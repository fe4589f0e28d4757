using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Engagement.Domain.Diagnostics;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Language.Values;

/// <summary>
/// Reads a pattern in RE2's syntax and writes it for .NET, whose engine sees UTF-16 units and has other ideas of
/// <c>\d</c>, <c>$</c> and <c>.</c>. What RE2 does not have (look-around, back-references) is refused.
/// </summary>
internal sealed partial class RegexTranslation(string pattern)
{
    private const int Groups = 50;

    private readonly StringBuilder written = new();
    private int at;
    private int depth;
    private bool multiline;
    private bool dotAll;
    private Localized? problem;

    public bool TryRun(out string translated, [NotNullWhen(false)] out Localized? error)
    {
        var size = Alternatives();
        if (problem is null && at < pattern.Length)
        {
            problem = Diagnostic.CloseWithoutOpen;
        }

        if (size > Limits.Pattern)
        {
            problem ??= Diagnostic.TooManyRepetitions;
        }

        (translated, error) = (written.ToString(), problem);
        return error is null;
    }

    /// <summary>Each part answers its size: how many states it takes once repetitions are written out.</summary>
    private long Alternatives()
    {
        var (savedMultiline, savedDotAll) = (multiline, dotAll);
        var size = Sequence();
        while (problem is null && Peek == '|')
        {
            at++;
            written.Append('|');
            size += Sequence();
        }

        (multiline, dotAll) = (savedMultiline, savedDotAll);
        return size;
    }

    private long Sequence()
    {
        long size = 1;
        while (problem is null && at < pattern.Length && Peek is not ('|' or ')'))
        {
            size = Math.Min(size + Repeated(), int.MaxValue);
        }

        return size;
    }

    private long Repeated()
    {
        var start = written.Length;
        var size = Atom();
        if (problem is not null || !TryRepetition(out var repetition, out var times))
        {
            return size;
        }

        // A group keeps the repetition on the whole atom, also where it became several characters.
        written.Insert(start, "(?:").Append(')').Append(repetition);
        if (Peek == '?')
        {
            at++;
            written.Append('?');
        }

        if (TryRepetition(out _, out _))
        {
            problem ??= Diagnostic.RepeatedRepetition;
        }

        return Math.Min(size * Math.Max(times, 1), int.MaxValue);
    }

    private bool TryRepetition(out string repetition, out int times)
    {
        (repetition, times) = ("", 1);
        if (Peek is '*' or '+' or '?' && at < pattern.Length)
        {
            repetition = pattern[at++].ToString();
            return true;
        }

        var close = Peek == '{' ? pattern.IndexOf('}', at) : -1;
        if (close < 0)
        {
            return false;
        }

        var bounds = pattern[(at + 1)..close].Split(',');
        if (bounds.Length > 2 || !TryCount(bounds[0], out var min) || (bounds.Length == 2 && bounds[1] != "" && !TryCount(bounds[1], out _)))
        {
            return false;
        }

        var max = bounds.Length == 1 ? min : bounds[1] == "" ? min : int.Parse(bounds[1], CultureInfo.InvariantCulture);
        if (max < min || max > Limits.Pattern)
        {
            problem ??= Diagnostic.WrongRepetition(Limits.Pattern);
        }

        (repetition, times) = (pattern[at..(close + 1)], max);
        at = close + 1;
        return true;
    }

    private static bool TryCount(string text, out int count)
    {
        count = 0;
        return text.Length is > 0 and <= 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);
    }

    private long Atom()
    {
        var c = pattern[at];
        switch (c)
        {
            case '(':
                return Group();
            case '[':
                at++;
                return Bracket();
            case '\\':
                return Escape();
            case '.':
                at++;
                return Write(dotAll ? CharacterSet.Any : CharacterSet.Any.Without('\n'));
            case '^':
                at++;
                written.Append(multiline ? "(?m:^)" : "\\A");
                return 1;
            case '$':
                at++;
                written.Append(multiline ? "(?m:$)" : "\\z");
                return 1;
            case '*' or '+' or '?':
                problem ??= Diagnostic.RepeatsNothing(c);
                return 0;
            default:
                return Write(CharacterSet.One(CodePoint()));
        }
    }

    private long Group()
    {
        at++;
        if (++depth > Groups)
        {
            problem ??= Diagnostic.TooManyGroups;
            return 0;
        }

        var (savedMultiline, savedDotAll) = (multiline, dotAll);
        written.Append("(?:");
        if (Peek == '?' && !GroupHead())
        {
            // (?i) alone holds for the rest of the group around it.
            depth--;
            return 1;
        }

        var size = Alternatives();
        if (problem is null && Peek != ')')
        {
            problem = Diagnostic.OpenWithoutClose;
        }

        at++;
        depth--;
        (multiline, dotAll) = (savedMultiline, savedDotAll);
        written.Append(')');
        return size;
    }

    /// <summary>Reads what follows <c>(?</c>: a name, or flags. False where the group ended with its flags.</summary>
    private bool GroupHead()
    {
        at++;
        if (Peek == 'P' || (Peek == '<' && at + 1 < pattern.Length && pattern[at + 1] is not ('=' or '!')))
        {
            var open = pattern.IndexOf('<', at);
            var close = pattern.IndexOf('>', at);
            var named = open >= at && open <= at + 1 && close > open + 1 && pattern[(open + 1)..close].All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
            problem ??= named ? null : Diagnostic.GroupName;
            at = close + 1;
            return true;
        }

        var on = true;
        var (ignoreCase, seen) = (default(bool?), false);
        for (; problem is null; at++, seen = true)
        {
            switch (Peek)
            {
                case 'i':
                    ignoreCase = on;
                    break;
                case 'm':
                    multiline = on;
                    break;
                case 's':
                    dotAll = on;
                    break;
                case '-' when on:
                    on = false;
                    break;
                case ':' or ')' when seen || Peek == ':':
                    var opens = pattern[at++] == ':';
                    var flag = ignoreCase switch { true => "i", false => "-i", null => "" };
                    written.Length -= 3;
                    written.Append(opens ? $"(?{flag}:" : flag == "" ? "" : $"(?{flag})");
                    return opens;
                default:
                    problem = Diagnostic.UnknownGroup;
                    break;
            }
        }

        return true;
    }

    private char Peek => at < pattern.Length ? pattern[at] : '\0';

    private int CodePoint()
    {
        if (char.IsSurrogate(pattern[at]) && (at + 1 >= pattern.Length || !char.IsSurrogatePair(pattern[at], pattern[at + 1])))
        {
            problem ??= Diagnostic.HalfCharacter;
            return pattern[at++];
        }

        var code = char.ConvertToUtf32(pattern, at);
        at += code > 0xFFFF ? 2 : 1;
        return code;
    }

    private long Write(CharacterSet set)
    {
        set.WriteTo(written);
        return set.Size;
    }
}
