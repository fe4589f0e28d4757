using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Engagement.Domain.Diagnostics;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Language.Patterns;

/// <summary>
/// A regular expression in RE2's syntax, by code point and in linear time: all ways to match are followed side by side, one
/// character at a time (Thompson's construction), so that no text is read twice. Only whether a part matches is asked, never which.
/// </summary>
internal sealed class LinearRegex
{
    /// <summary>Programs up to this long keep their threads on the stack.</summary>
    private const int OnStack = 64;

    private readonly PatternInstruction[] program;

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
    public bool IsMatch(string text)
    {
        var rented = program.Length > OnStack ? ArrayPool<int>.Shared.Rent(4 * program.Length) : null;
        var space = rented is null ? stackalloc int[4 * OnStack] : rented;
        var threads = new Threads(program, space[..(4 * program.Length)]);
        var found = IsMatch(text, ref threads);
        if (rented is not null)
        {
            ArrayPool<int>.Shared.Return(rented);
        }

        return found;
    }

    private bool IsMatch(string text, ref Threads threads)
    {
        var startsAtText = program[0] is { Step: PatternStep.Assert, Assertion: PatternAssertion.TextStart };
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

    /// <summary>The code point at a place, or -1 at the end. Half of a pair stands for itself.</summary>
    private static (int Code, int Length) Next(string text, int at) =>
        at >= text.Length ? (-1, 0)
        : char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? (char.ConvertToUtf32(text[at], text[at + 1]), 2)
        : (text[at], 1);

    /// <summary>What holds between two characters; -1 is the edge of the text.</summary>
    private static PatternAssertion Between(int before, int after) =>
        (before < 0 ? PatternAssertion.TextStart | PatternAssertion.LineStart : before == '\n' ? PatternAssertion.LineStart : 0)
        | (after < 0 ? PatternAssertion.TextEnd | PatternAssertion.LineEnd : after == '\n' ? PatternAssertion.LineEnd : 0)
        | (IsWord(before) != IsWord(after) ? PatternAssertion.WordBoundary : PatternAssertion.NoWordBoundary);

    private static bool IsWord(int code) => code >= 0 && CharacterSet.Word.Contains(code);
}
