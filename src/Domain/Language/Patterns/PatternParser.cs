using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Engagement.Domain.Diagnostics;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Language.Patterns;

/// <summary>Reads a pattern in RE2's syntax. What cannot be matched in linear time (look-around, back-references) is no part of it.</summary>
internal sealed partial class PatternParser(string pattern)
{
    private const int Groups = 50;

    private int at;
    private int depth;
    private Flags flags;
    private bool quoted;
    private Localized? problem;

    /// <summary>What holds for a group from where it is set; ungreedy changes nothing here, where only whether it matches is asked.</summary>
    private readonly record struct Flags(bool IgnoreCase, bool Multiline, bool DotAll);

    public bool TryRun([NotNullWhen(true)] out PatternNode? root, [NotNullWhen(false)] out Localized? error)
    {
        root = Alternatives();
        if (problem is null && at < pattern.Length)
        {
            problem = Diagnostic.CloseWithoutOpen;
        }

        if (root.Steps > Limits.PatternSteps)
        {
            problem ??= Diagnostic.TooManyRepetitions;
        }

        root = problem is null ? root : null;
        error = problem;
        return error is null;
    }

    private PatternNode Alternatives()
    {
        var saved = flags;
        var parts = new List<PatternNode> { Sequence() };
        while (problem is null && Peek == '|')
        {
            at++;
            parts.Add(Sequence());
        }

        flags = saved;
        return parts.Count == 1 ? parts[0] : new AlternativesNode(parts);
    }

    private SequenceNode Sequence()
    {
        var parts = new List<PatternNode>();
        while (problem is null && !AtEndOfSequence())
        {
            parts.Add(Repeated());
        }

        return new(parts);
    }

    /// <summary>Between <c>\Q</c> and <c>\E</c>, or the end of the pattern, every character is itself.</summary>
    private bool AtEndOfSequence()
    {
        while (at + 1 < pattern.Length && pattern[at] == '\\' && pattern[at + 1] == (quoted ? 'E' : 'Q'))
        {
            quoted = !quoted;
            at += 2;
        }

        return at >= pattern.Length || (!quoted && Peek is '|' or ')');
    }

    private PatternNode Repeated()
    {
        var atom = quoted ? Characters(CharacterSet.One(CodePoint())) : Atom();
        if (problem is not null || AtEndOfSequence() || quoted || !TryRepetition(out var least, out var most))
        {
            return atom;
        }

        if (Peek == '?')
        {
            at++;
        }

        if (TryRepetition(out _, out _))
        {
            problem ??= Diagnostic.RepeatedRepetition;
        }

        return new RepetitionNode(atom, least, most);
    }

    private bool TryRepetition(out int least, out int? most)
    {
        (least, most) = Peek switch { '*' => (0, null), '+' => (1, null), '?' => (0, 1), _ => (-1, (int?)null) };
        if (least >= 0)
        {
            at++;
            return true;
        }

        var close = Peek == '{' ? pattern.IndexOf('}', at) : -1;
        if (close < 0)
        {
            return false;
        }

        var bounds = pattern[(at + 1)..close].Split(',');
        var upper = 0;
        if (bounds.Length > 2 || !TryCount(bounds[0], out least) || (bounds.Length == 2 && bounds[1] != "" && !TryCount(bounds[1], out upper)))
        {
            return false;
        }

        most = bounds.Length == 1 ? least : bounds[1] == "" ? null : upper;
        if (most < least || least > Limits.Pattern || most > Limits.Pattern)
        {
            problem ??= Diagnostic.WrongRepetition(Limits.Pattern);
        }

        at = close + 1;
        return true;
    }

    /// <summary>Digits beyond any count are still a count, and not text.</summary>
    private static bool TryCount(string text, out int count)
    {
        if (Digits.TryParse(text, out count))
        {
            return true;
        }

        count = int.MaxValue;
        return text.Length > 4 && text.All(char.IsAsciiDigit);
    }

    private PatternNode Atom()
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
                return new CharacterNode(flags.DotAll ? CharacterSet.Any : CharacterSet.AnyInLine);
            case '^':
                at++;
                return new AssertionNode(flags.Multiline ? PatternAssertion.LineStart : PatternAssertion.TextStart);
            case '$':
                at++;
                return new AssertionNode(flags.Multiline ? PatternAssertion.LineEnd : PatternAssertion.TextEnd);
            case '*' or '+' or '?':
                problem ??= Diagnostic.RepeatsNothing(c);
                return Nothing;
            default:
                return Characters(CharacterSet.One(CodePoint()));
        }
    }

    private static SequenceNode Nothing => new([]);

    private CharacterNode Characters(CharacterSet set) => new(set.Folded(flags.IgnoreCase));

    private PatternNode Group()
    {
        at++;
        if (++depth > Groups)
        {
            problem ??= Diagnostic.TooManyGroups;
            return Nothing;
        }

        var saved = flags;
        if (Peek == '?' && !GroupHead())
        {
            // (?i) alone holds for the rest of the group around it.
            depth--;
            return Nothing;
        }

        var inner = Alternatives();
        if (problem is null && Peek != ')')
        {
            problem = Diagnostic.OpenWithoutClose;
        }

        at++;
        depth--;
        flags = saved;
        return inner;
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

        var (on, seen) = (true, false);
        for (; problem is null; at++, seen = true)
        {
            switch (Peek)
            {
                case 'i':
                    flags = flags with { IgnoreCase = on };
                    break;
                case 'm':
                    flags = flags with { Multiline = on };
                    break;
                case 's':
                    flags = flags with { DotAll = on };
                    break;
                case 'U':
                    break;
                case '-' when on:
                    on = false;
                    break;
                case ':' or ')' when seen || Peek == ':':
                    return pattern[at++] == ':';
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
}
