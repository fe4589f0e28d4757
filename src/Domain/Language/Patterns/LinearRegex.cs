using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Engagement.Domain.Diagnostics;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Language.Patterns;

/// <summary>
/// A regular expression in RE2's syntax, by code point and in linear time: all ways to match are followed side by side, one
/// character at a time (Thompson's construction), and remembered. Only whether a part matches is asked, never which.
/// </summary>
internal sealed class LinearRegex
{
    private readonly PatternInstruction[] program;
    private PatternAutomaton? automaton;

    private LinearRegex(PatternInstruction[] program) => this.program = program;

    public static bool TryParse(string pattern, [NotNullWhen(true)] out LinearRegex? regex, [NotNullWhen(false)] out Localized? error)
    {
        regex = null;
        if (pattern.Length > Limits.Pattern)
        {
            error = Diagnostic.PatternTooLong(Limits.Pattern);
            return false;
        }

        if (!new PatternParser(pattern).TryRun(out var root, out error))
        {
            return false;
        }

        var program = new List<PatternInstruction>();
        root.Write(program);
        program.Add(new(PatternStep.Match));
        regex = new([.. program]);
        return true;
    }

    /// <summary>What a match may cost, in the units of <see cref="Limits.Work"/>.</summary>
    public int Work(string text) => 1 + (int)Math.Min(((long)text.Length * program.Length) >> 6, Limits.Work);

    /// <summary>Does a part of the text match?</summary>
    public bool IsMatch(string text) => Automaton.IsMatch(text) ?? IsMatchThreadByThread(text);

    internal bool IsMatchThreadByThread(string text)
    {
        var space = ArrayPool<int>.Shared.Rent(Threads.Space(program));
        var threads = new Threads(program, space);
        var found = IsMatch(text, ref threads);
        ArrayPool<int>.Shared.Return(space);
        return found;
    }

    private PatternAutomaton Automaton => automaton ??= new(program, new CharacterClasses(program));

    private bool IsMatch(string text, ref Threads threads)
    {
        var startsAtText = StartsAtText(program);
        var (at, before) = (0, -1);
        while (true)
        {
            var (code, length) = Next(text, at);
            if (threads.Gather(Between(before, code)))
            {
                return true;
            }

            if (code < 0 || (startsAtText && threads.IsEmpty))
            {
                return false;
            }

            threads.Take(code);
            (at, before) = (at + length, code);
        }
    }

    /// <summary>Once no thread is left, none comes again.</summary>
    internal static bool StartsAtText(PatternInstruction[] program) => program[0] is { Step: PatternStep.Assert, Assertion: PatternAssertion.TextStart };

    /// <summary>The code point at a place, or -1 at the end. Half of a pair stands for itself.</summary>
    internal static (int Code, int Length) Next(string text, int at) =>
        at >= text.Length ? (-1, 0)
        : char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? (char.ConvertToUtf32(text[at], text[at + 1]), 2)
        : (text[at], 1);

    /// <summary>What holds between two characters; -1 is the edge of the text.</summary>
    internal static PatternAssertion Between(int before, int after) =>
        (before < 0 ? PatternAssertion.TextStart | PatternAssertion.LineStart : before == '\n' ? PatternAssertion.LineStart : 0)
        | (after < 0 ? PatternAssertion.TextEnd | PatternAssertion.LineEnd : after == '\n' ? PatternAssertion.LineEnd : 0)
        | (IsWord(before) != IsWord(after) ? PatternAssertion.WordBoundary : PatternAssertion.NoWordBoundary);

    internal static bool IsWord(int code) => code >= 0 && CharacterSet.Word.Contains(code);
}
