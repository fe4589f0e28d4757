using System.Buffers;

namespace Engagement.Domain.Language.Patterns;

/// <summary>
/// Remembers where the threads of a program go from where they stand, so that a character costs one look-up the next time. What is
/// remembered is bounded: where it is not enough, the threads are followed one by one. Safe to share between threads.
/// </summary>
internal sealed class PatternAutomaton(PatternInstruction[] program, CharacterClasses classes)
{
    /// <summary>Entries of all tables together, a few hundred KiB.</summary>
    private const int Remembered = 50_000;

    private static readonly State Matched = new([], 0, 0);
    private static readonly State Failed = new([], 0, 0);

    private readonly bool asserts = program.Any(i => i.Step == PatternStep.Assert);
    private readonly Dictionary<string, State> states = new(StringComparer.Ordinal);
    private readonly State first = new([], -1, classes.Count);
    private int remembered;

    /// <param name="Before">A character like the one before, or -1 at the start of the text.</param>
    private sealed record State(int[] Reached, int Before, int Classes)
    {
        public State?[] Next { get; } = new State?[Classes];
    }

    /// <summary>Null where more would have to be remembered than may be.</summary>
    public bool? IsMatch(string text)
    {
        var (state, at) = (first, 0);
        while (true)
        {
            var (code, length) = LinearRegex.Next(text, at);
            var number = classes.Of(code);
            if ((state.Next[number] ?? Go(state, number)) is not { } next)
            {
                return null;
            }

            if (ReferenceEquals(next, Matched) || ReferenceEquals(next, Failed))
            {
                return ReferenceEquals(next, Matched);
            }

            (state, at) = (next, at + length);
        }
    }

    private State? Go(State from, int number)
    {
        var space = ArrayPool<int>.Shared.Rent(Threads.Space(program));
        var threads = new Threads(program, space);
        var next = Go(from, classes.Sample(number), ref threads);
        ArrayPool<int>.Shared.Return(space);
        if (next is not null)
        {
            Volatile.Write(ref from.Next[number], next);
        }

        return next;
    }

    private State? Go(State from, int code, ref Threads threads)
    {
        threads.Begin(from.Reached);
        if (threads.Gather(LinearRegex.Between(from.Before, code)))
        {
            return Matched;
        }

        if (code < 0 || (threads.IsEmpty && LinearRegex.StartsAtText(program)))
        {
            return Failed;
        }

        threads.Take(code);
        int[] reached = [.. threads.Reached];
        Array.Sort(reached);
        var before = !asserts ? 0 : code == '\n' ? code : LinearRegex.IsWord(code) ? 'a' : ' ';
        var key = string.Concat(reached.Append(before).Select(n => (char)n));
        lock (states)
        {
            if (!states.TryGetValue(key, out var state) && remembered <= Remembered)
            {
                remembered += reached.Length + classes.Count;
                states.Add(key, state = new(reached, before, classes.Count));
            }

            return state;
        }
    }
}
