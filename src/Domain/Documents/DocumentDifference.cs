using System.Text;
using System.Text.Json.Nodes;

namespace Engagement.Domain.Documents;

public enum DocumentChangeKind : byte { Added, Removed, Changed, Reordered }

/// <summary>One item in which two versions of a document differ.</summary>
/// <param name="Path">As in problems, but an item with an id is named by it: <c>segments[dormant].when</c>.</param>
/// <param name="From">Null where it was added. Of a reordered list the ids.</param>
/// <param name="To">Null where it was removed.</param>
public sealed record DocumentChange(string Path, DocumentChangeKind Kind, JsonNode? From, JsonNode? To);

/// <summary>
/// In what two versions of a document differ, whatever they are written in: compared is what they say. Items of a list that have
/// ids are compared with those of the same id, others by their place; lists of plain values as a whole.
/// </summary>
public static class DocumentDifference
{
    /// <param name="from">A text that was published, or nothing.</param>
    public static IReadOnlyList<DocumentChange> Between(string from, DocumentFormat fromFormat, string to, DocumentFormat toFormat)
    {
        List<DocumentChange> changes = [];
        Compare("", Read(from, fromFormat), Read(to, toFormat), changes);
        return changes;
    }

    private static DocumentNode Read(string text, DocumentFormat format) =>
        string.IsNullOrWhiteSpace(text) ? new DocumentMapping(NodePath.Root, 0, [])
        : DocumentReader.Read(Encoding.UTF8.GetBytes(text), format, out _) ?? throw new InvalidOperationException("What was published can no longer be read.");

    private static void Compare(string path, DocumentNode? from, DocumentNode? to, List<DocumentChange> changes)
    {
        // A field that is null counts as left out.
        (from, to) = (IsNull(from) ? null : from, IsNull(to) ? null : to);
        switch (from, to)
        {
            case (null, null):
                break;
            case (null, _):
                changes.Add(new(path, DocumentChangeKind.Added, null, Json(to)));
                break;
            case (_, null):
                changes.Add(new(path, DocumentChangeKind.Removed, Json(from), null));
                break;
            case (DocumentMapping before, DocumentMapping after):
                CompareFields(path, before, after, changes);
                break;
            case (DocumentSequence before, DocumentSequence after) when Ids(before) is { } had && Ids(after) is { } has:
                CompareById(path, had, has, changes);
                break;
            case (DocumentSequence before, DocumentSequence after) when AreMappings(before) && AreMappings(after):
                for (var i = 0; i < Math.Max(before.Items.Count, after.Items.Count); i++)
                {
                    Compare($"{path}[{i}]", before.Items.ElementAtOrDefault(i), after.Items.ElementAtOrDefault(i), changes);
                }

                break;
            default:
                if (!JsonNode.DeepEquals(Json(from), Json(to)))
                {
                    changes.Add(new(path, DocumentChangeKind.Changed, Json(from), Json(to)));
                }

                break;
        }
    }

    private static void CompareFields(string path, DocumentMapping from, DocumentMapping to, List<DocumentChange> changes)
    {
        var (had, has) = (from.Entries.ToDictionary(e => e.Key, e => e.Value), to.Entries.ToDictionary(e => e.Key, e => e.Value));
        foreach (var key in from.Entries.Concat(to.Entries).Select(e => e.Key).Distinct())
        {
            Compare(path.Length == 0 ? key : $"{path}.{key}", had.GetValueOrDefault(key), has.GetValueOrDefault(key), changes);
        }
    }

    private static void CompareById(string path, Dictionary<string, DocumentNode> from, Dictionary<string, DocumentNode> to, List<DocumentChange> changes)
    {
        var (before, after) = (from.Keys.Where(to.ContainsKey).ToList(), to.Keys.Where(from.ContainsKey).ToList());
        if (!before.SequenceEqual(after))
        {
            changes.Add(new(path, DocumentChangeKind.Reordered, Texts(before), Texts(after)));
        }

        foreach (var id in from.Keys.Union(to.Keys))
        {
            Compare($"{path}[{id}]", from.GetValueOrDefault(id), to.GetValueOrDefault(id), changes);
        }
    }

    /// <summary>The items by id, in their order; null where one has none, or one that is taken.</summary>
    private static Dictionary<string, DocumentNode>? Ids(DocumentSequence list)
    {
        var ids = new Dictionary<string, DocumentNode>(StringComparer.Ordinal);
        foreach (var item in list.Items)
        {
            if ((item as DocumentMapping)?.Entries.FirstOrDefault(e => e.Key == "id").Value is not DocumentScalar id || !ids.TryAdd(id.Value, item))
            {
                return null;
            }
        }

        return ids;
    }

    private static bool AreMappings(DocumentSequence list) => list.Items.All(i => i is DocumentMapping);

    private static bool IsNull(DocumentNode? node) => node is DocumentScalar { Kind: ScalarKind.Null };

    private static JsonNode? Json(DocumentNode? node) => node switch
    {
        DocumentMapping mapping => new JsonObject(mapping.Entries.Where(e => !IsNull(e.Value)).Select(e => KeyValuePair.Create(e.Key, Json(e.Value)))),
        DocumentSequence list => new JsonArray([.. list.Items.Select(Json)]),
        DocumentScalar { Kind: ScalarKind.Bool } scalar => JsonValue.Create(scalar.Value == "true"),
        // 1000, 1e3 and 1000.0 are one number.
        DocumentScalar { Kind: ScalarKind.Number } scalar when CoreSchema.TryNumber(scalar.Value, out var number) => JsonValue.Create(number / 1.0000000000000000000000000000m),
        DocumentScalar { Kind: ScalarKind.Null } or null => null,
        DocumentScalar scalar => JsonValue.Create(scalar.Value),
        _ => throw new InvalidOperationException($"A document has no {node.Noun}."),
    };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);
}
