namespace Engagement.Domain.Language.Patterns;

/// <summary>Where the ways to match stand. Each instruction is at most once among them, which is what keeps the time linear.</summary>
internal ref struct Threads
{
    private readonly PatternInstruction[] program;

    /// <summary>Instructions that ask for a character, reached at the place under way.</summary>
    private readonly Span<int> waiting;

    /// <summary>Instructions behind the character that was taken.</summary>
    private readonly Span<int> reached;
    private readonly Span<int> stack;

    /// <summary>The round in which an instruction was last visited.</summary>
    private readonly Span<int> visited;
    private int waitingCount;
    private int reachedCount;
    private int round;

    public Threads(PatternInstruction[] program, Span<int> space)
    {
        this.program = program;
        var length = program.Length;
        waiting = space[..length];
        reached = space[length..(2 * length)];
        stack = space[(2 * length)..(3 * length)];
        visited = space[(3 * length)..(4 * length)];
        visited.Clear();
        (waitingCount, reachedCount, round) = (0, 0, 0);
    }

    public readonly ReadOnlySpan<int> Reached => reached[..reachedCount];

    public readonly bool IsEmpty => waitingCount == 0;

    /// <summary>How much room they need.</summary>
    public static int Space(PatternInstruction[] program) => 4 * program.Length;

    /// <summary>Goes on from where others have come.</summary>
    public void Begin(ReadOnlySpan<int> from)
    {
        from.CopyTo(reached);
        reachedCount = from.Length;
    }

    /// <summary>Follows all ways up to the next character, and begins a new one.</summary>
    /// <returns>True where one of them has matched.</returns>
    public bool Gather(PatternAssertion holding)
    {
        (round, waitingCount) = (round + 1, 0);
        for (var i = 0; i < reachedCount; i++)
        {
            if (Follow(reached[i], holding))
            {
                return true;
            }
        }

        return Follow(0, holding);
    }

    public void Take(int code)
    {
        reachedCount = 0;
        for (var i = 0; i < waitingCount; i++)
        {
            if (program[waiting[i]].Set!.Contains(code))
            {
                reached[reachedCount++] = waiting[i] + 1;
            }
        }
    }

    private bool Follow(int start, PatternAssertion holding)
    {
        var depth = 0;
        Push(start, ref depth);
        while (depth > 0)
        {
            var at = stack[--depth];
            ref readonly var instruction = ref program[at];
            switch (instruction.Step)
            {
                case PatternStep.Match:
                    return true;
                case PatternStep.Character:
                    waiting[waitingCount++] = at;
                    break;
                case PatternStep.Assert:
                    if ((instruction.Assertion & holding) != 0)
                    {
                        Push(at + 1, ref depth);
                    }

                    break;
                case PatternStep.Split:
                    Push(instruction.To, ref depth);
                    Push(at + 1, ref depth);
                    break;
                default:
                    Push(instruction.To, ref depth);
                    break;
            }
        }

        return false;
    }

    private readonly void Push(int at, ref int depth)
    {
        if (visited[at] != round)
        {
            visited[at] = round;
            stack[depth++] = at;
        }
    }
}
