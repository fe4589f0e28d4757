using Engagement.Domain.Diagnostics;

namespace Engagement.Domain.Documents;

/// <summary>Reads one value of a document. Where it cannot, it reports and answers any value: nothing is built from a document with problems.</summary>
internal delegate T ReadValue<out T>(DocumentNode node, ProblemList problems);

/// <summary>
/// The fields of a mapping. Who asks for a field thereby makes it known; <see cref="Close"/> reports all others. A field
/// that is null counts as left out.
/// </summary>
internal sealed class Fields
{
    private readonly DocumentNode node;
    private readonly ProblemList problems;
    private readonly Dictionary<string, DocumentNode> values = new(StringComparer.Ordinal);
    private readonly List<string> known = [];

    private Fields(DocumentNode node, ProblemList problems)
    {
        this.node = node;
        this.problems = problems;
        if (node is DocumentMapping mapping)
        {
            foreach (var (key, _, value) in mapping.Entries)
            {
                values.Add(key, value);
            }
        }
    }

    public DocumentNode Node => node;

    /// <summary>Null, and a problem, where the node is no mapping.</summary>
    public static Fields? Of(DocumentNode node, ProblemList problems)
    {
        if (node is DocumentMapping)
        {
            return new(node, problems);
        }

        Values.WrongType(node, problems, Diagnostic.AMappingOfFields);
        return null;
    }

    public DocumentNode? Find(string name)
    {
        known.Add(name);
        return values.TryGetValue(name, out var value) && value is not DocumentScalar { Kind: ScalarKind.Null } ? value : null;
    }

    public T Optional<T>(string name, ReadValue<T> read, T otherwise) => Find(name) is { } value ? read(value, problems) : otherwise;

    public T Required<T>(string name, ReadValue<T> read, T otherwise)
    {
        if (Find(name) is { } value)
        {
            return read(value, problems);
        }

        problems.Add(node.Path.Field(name), node.Start, ProblemCode.Missing, Diagnostic.FieldMissing(name));
        return otherwise;
    }

    /// <summary>The id that every definition has; ids of one kind are unique.</summary>
    public string Id(HashSet<string> taken)
    {
        var id = Required("id", Values.Id, "");
        if (id.Length > 0 && !taken.Add(id))
        {
            problems.Add(values["id"], ProblemCode.Duplicate, Diagnostic.IdTaken(id));
        }

        return id;
    }

    /// <summary>Reports the fields that nobody asked for.</summary>
    public void Close()
    {
        foreach (var (key, start, _) in ((DocumentMapping)node).Entries)
        {
            if (!known.Contains(key))
            {
                problems.Add(node.Path.Field(key), start, ProblemCode.UnknownField, Diagnostic.NoField(key, problems.Meant(key, known)));
            }
        }
    }
}
