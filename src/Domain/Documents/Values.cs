using System.Collections.Immutable;
using Engagement.Domain.Diagnostics;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Documents;

/// <summary>The simple values of documents: texts, ids, flags, choices, lists.</summary>
internal static class Values
{
    private const int MaxItems = 10_000;
    private const int MaxShown = 80;

    public static void WrongType(DocumentNode node, ProblemList problems, Localized wanted)
    {
        if (node is not DocumentScalar { Kind: ScalarKind.Invalid })
        {
            problems.Add(node, ProblemCode.Type, Diagnostic.MustBe(wanted, node.Noun));
        }
    }

    public static void WrongValue(DocumentNode node, ProblemList problems, Localized message) => problems.Add(node, ProblemCode.Value, message);

    /// <summary>A text of the document as messages quote it: in full as long as a person could want.</summary>
    public static string Quoted(string text) => text.Length <= MaxShown ? $"'{text}'" : $"'{text[..MaxShown]}…'";

    public static string Text(DocumentNode node, ProblemList problems)
    {
        if (node is DocumentScalar { Kind: ScalarKind.String } scalar)
        {
            if (scalar.Value.Length == 0)
            {
                WrongValue(node, problems, Diagnostic.NotEmpty);
            }

            return scalar.Value;
        }

        WrongType(node, problems, node is DocumentScalar { Kind: ScalarKind.Number or ScalarKind.Bool } ? Diagnostic.AQuotedString : Diagnostic.AString);
        return "";
    }

    /// <summary>An id of the contract: 1 to 64 characters of <c>A-Z a-z 0-9 . _ : -</c>.</summary>
    public static string Id(DocumentNode node, ProblemList problems)
    {
        if (node is DocumentScalar { Kind: ScalarKind.String } scalar && !Ids.IsValid(scalar.Value))
        {
            WrongValue(node, problems, Diagnostic.IdForm);
            return "";
        }

        return Text(node, problems);
    }

    public static bool Flag(DocumentNode node, ProblemList problems)
    {
        if (node is DocumentScalar { Kind: ScalarKind.Bool } scalar)
        {
            return scalar.Value == "true";
        }

        WrongType(node, problems, Diagnostic.TrueOrFalse);
        return false;
    }

    /// <summary>One of a few words.</summary>
    public static ReadValue<T> Choice<T>(params (string Word, T Value)[] choices) => (node, problems) =>
    {
        var text = Text(node, problems);
        foreach (var (word, value) in choices)
        {
            if (word == text)
            {
                return value;
            }
        }

        if (text.Length > 0)
        {
            var words = choices.Select(c => c.Word).ToList();
            WrongValue(node, problems, Diagnostic.NoneOf(Quoted(text), words, problems.Meant(text, words)));
        }

        return choices[0].Value;
    };

    public static ReadValue<string> Word(params string[] words) => Choice([.. words.Select(w => (w, w))]);

    public static ReadValue<ImmutableArray<T>> List<T>(ReadValue<T> read) => (node, problems) =>
    {
        if (node is DocumentSequence sequence)
        {
            if (sequence.Items.Count > MaxItems)
            {
                WrongValue(node, problems, Diagnostic.ListTooLong);
                return [];
            }

            return [.. sequence.Items.Select(item => read(item, problems))];
        }

        WrongType(node, problems, Diagnostic.AList);
        return [];
    };

    /// <summary>A list of scalars that differ.</summary>
    public static ReadValue<ImmutableArray<T>> Set<T>(ReadValue<T> read) => (node, problems) =>
    {
        var items = List(read)(node, problems);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in (node as DocumentSequence)?.Items.OfType<DocumentScalar>() ?? [])
        {
            if (!seen.Add(item.Value))
            {
                problems.Add(item, ProblemCode.Duplicate, Diagnostic.ListedTwice);
            }
        }

        return items;
    };

    /// <summary>One string for both languages, or <c>{zh, en}</c>, of which one may be left out.</summary>
    public static Localized Localized(DocumentNode node, ProblemList problems)
    {
        if (node is not DocumentMapping)
        {
            var both = Text(node, problems);
            return new(both, both);
        }

        var fields = Fields.Of(node, problems)!;
        var zh = fields.Optional<string?>("zh", Text, null);
        var en = fields.Optional<string?>("en", Text, null);
        fields.Close();
        if (zh is null && en is null)
        {
            problems.Add(node, ProblemCode.Missing, Diagnostic.NeedsZhOrEn);
        }

        return new(zh ?? en ?? "", en ?? zh ?? "");
    }
}
