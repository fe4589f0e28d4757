using Engagement.Domain.Diagnostics;

namespace Engagement.Domain.Documents;

/// <summary>Puts nodes together as a reader meets them, without recursion: the document decides how deep it is.</summary>
internal sealed class NodeBuilder(ProblemList problems)
{
    /// <summary>An id with its prefix is shorter; the bound keeps paths and messages short.</summary>
    private const int MaxKeyLength = 128;

    /// <summary>Several times what the largest broker's organisation needs.</summary>
    private const int MaxNodes = 250_000;

    private readonly Stack<Level> levels = [];
    private int nodes;

    public DocumentNode? Root { get; private set; }

    public bool InMapping => levels.TryPeek(out var level) && level.Entries is not null;

    /// <summary>Is a mapping waiting for the name of its next entry?</summary>
    public bool WantsKey => levels.TryPeek(out var level) && level is { Entries: not null, Key: null };

    /// <summary>Where the next node stands.</summary>
    public NodePath NextPath => levels.TryPeek(out var level) ? level.NextPath : NodePath.Root;

    /// <returns>False when the document is too deep to go on.</returns>
    public bool Begin(bool mapping, int start)
    {
        if (levels.Count == DocumentReader.MaxDepth)
        {
            problems.Add(NextPath, start, ProblemCode.TooDeep, Diagnostic.DocumentTooDeep);
            return false;
        }

        levels.Push(new(NextPath, start, mapping));
        return true;
    }

    public void End()
    {
        var level = levels.Pop();
        Add(level.Entries is { } entries
            ? new DocumentMapping(level.Path, level.Start, entries)
            : new DocumentSequence(level.Path, level.Start, level.Items!));
    }

    /// <returns>False when the document has too many nodes to go on.</returns>
    public bool HasRoom(int start)
    {
        if (nodes <= MaxNodes)
        {
            return true;
        }

        problems.Add(NextPath, start, ProblemCode.TooLarge, Diagnostic.TooManyValues);
        return false;
    }

    public void Key(string key, int start)
    {
        var level = levels.Peek();
        if (key.Length > MaxKeyLength)
        {
            problems.Add(level.Path, start, ProblemCode.Value, Diagnostic.FieldNameTooLong);
            key = key[..MaxKeyLength];
        }

        level.Key = key;
        level.KeyStart = start;
    }

    public void Add(DocumentNode node)
    {
        nodes++;
        if (!levels.TryPeek(out var level))
        {
            Root = node;
        }
        else if (level.Items is not null)
        {
            level.Items.Add(node);
        }
        else if (level.Keys!.Add(level.Key!))
        {
            level.Entries!.Add(new(level.Key!, level.KeyStart, node));
            level.Key = null;
        }
        else
        {
            problems.Add(node.Path, level.KeyStart, ProblemCode.Duplicate, Diagnostic.FieldTwice(level.Key!));
            level.Key = null;
        }
    }

    private sealed class Level(NodePath path, int start, bool mapping)
    {
        public NodePath Path { get; } = path;

        public int Start { get; } = start;

        public List<DocumentNode>? Items { get; } = mapping ? null : [];

        public List<DocumentEntry>? Entries { get; } = mapping ? [] : null;

        public HashSet<string>? Keys { get; } = mapping ? new(StringComparer.Ordinal) : null;

        public string? Key { get; set; }

        public int KeyStart { get; set; }

        public NodePath NextPath => Items is not null ? Path.Item(Items.Count) : Key is null ? Path : Path.Field(Key);
    }
}
