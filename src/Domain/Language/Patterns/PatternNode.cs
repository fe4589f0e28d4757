namespace Engagement.Domain.Language.Patterns;

/// <summary>What holds between two characters.</summary>
[Flags]
internal enum PatternAssertion : byte { None = 0, TextStart = 1, TextEnd = 2, LineStart = 4, LineEnd = 8, WordBoundary = 16, NoWordBoundary = 32 }

internal enum PatternStep : byte { Character, Assert, Split, Jump, Match }

/// <summary>One step of a program. A split goes on behind itself and at <paramref name="To"/>.</summary>
internal readonly record struct PatternInstruction(PatternStep Step, CharacterSet? Set = null, PatternAssertion Assertion = PatternAssertion.None, int To = 0);

/// <summary>A part of a pattern.</summary>
/// <param name="Steps">How many instructions it writes: known before it does, for a repetition multiplies them.</param>
internal abstract record PatternNode(long Steps)
{
    public abstract void Write(List<PatternInstruction> program);
}

internal sealed record CharacterNode(CharacterSet Set) : PatternNode(1)
{
    public override void Write(List<PatternInstruction> program) => program.Add(new(PatternStep.Character, Set));
}

internal sealed record AssertionNode(PatternAssertion Assertion) : PatternNode(1)
{
    public override void Write(List<PatternInstruction> program) => program.Add(new(PatternStep.Assert, Assertion: Assertion));
}

/// <summary>One after the other. Nothing at all counts as one, so that no repetition of it is for free.</summary>
internal sealed record SequenceNode(IReadOnlyList<PatternNode> Parts) : PatternNode(Math.Max(1, Bounded(Parts.Sum(p => p.Steps))))
{
    public override void Write(List<PatternInstruction> program)
    {
        foreach (var part in Parts)
        {
            part.Write(program);
        }
    }

    public static long Bounded(long steps) => Math.Min(steps, int.MaxValue);
}

internal sealed record AlternativesNode(IReadOnlyList<PatternNode> Parts) : PatternNode(SequenceNode.Bounded(Parts.Sum(p => p.Steps) + (2 * (Parts.Count - 1))))
{
    public override void Write(List<PatternInstruction> program)
    {
        var ends = new List<int>();
        for (var i = 0; i < Parts.Count - 1; i++)
        {
            var split = program.Count;
            program.Add(default);
            Parts[i].Write(program);
            ends.Add(program.Count);
            program.Add(default);
            program[split] = new(PatternStep.Split, To: program.Count);
        }

        Parts[^1].Write(program);
        foreach (var end in ends)
        {
            program[end] = new(PatternStep.Jump, To: program.Count);
        }
    }
}

/// <param name="Most">Null: any number.</param>
internal sealed record RepetitionNode(PatternNode Part, int Least, int? Most)
    : PatternNode(SequenceNode.Bounded(Math.Max(1, (Part.Steps * Least) + (Most is { } most ? (Part.Steps + 1) * (most - Least) : Part.Steps + 2))))
{
    public override void Write(List<PatternInstruction> program)
    {
        for (var i = 0; i < Least; i++)
        {
            Part.Write(program);
        }

        if (Most is null)
        {
            var split = program.Count;
            program.Add(default);
            Part.Write(program);
            program.Add(new(PatternStep.Jump, To: split));
            program[split] = new(PatternStep.Split, To: program.Count);
            return;
        }

        var splits = new List<int>();
        for (var i = Least; i < Most; i++)
        {
            splits.Add(program.Count);
            program.Add(default);
            Part.Write(program);
        }

        foreach (var split in splits)
        {
            program[split] = new(PatternStep.Split, To: program.Count);
        }
    }
}
