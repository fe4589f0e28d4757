using System.Text.RegularExpressions;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Clients;
using Engagement.Domain.Documents;
using Engagement.Domain.Language;
using Engagement.Domain.Language.Evaluation;
using Engagement.Domain.Language.Values;
using Engagement.Domain.Organisation;
using Engagement.Domain.Tests.Clients;

namespace Engagement.Domain.Tests.Language;

/// <summary>What <c>docs/reference/language.md</c> shows is so, and it shows everything.</summary>
public sealed partial class ReferenceTests
{
    private static readonly string Page = File.ReadAllText(Find());

    public static TheoryData<string, string> Examples()
    {
        var data = new TheoryData<string, string>();
        foreach (var (example, gives) in Rows())
        {
            data.Add(example, gives);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_OfThePage_GivesWhatItSays(string example, string gives)
    {
        var (input, scope) = Sample();

        if (!Expression.TryCompile(example, scope, out var expression, out var errors))
        {
            Assert.Equal(gives, string.Join(" ", errors.Select(e => e.Code).Distinct()));
            return;
        }

        Assert.Equal(gives, expression.TryEvaluate(input, out CelValue value) ? CelText.Shown(value) : "error");
    }

    [Fact]
    public void Page_OfTheLanguage_HasAnExampleOfEverything()
    {
        var examples = Rows().Select(r => r.Example).ToList();
        string[] macros = [".all(", ".exists(", ".exists_one(", ".filter(", ".map(", "has(", "inSegment("];
        string[] operators = ["!t", "-(", " * ", " / ", " % ", " + ", " - ", " < ", " <= ", " > ", " >= ", " == ", " != ", " in ", " && ", " || ", " ? ", " : "];
        string[] events = ["event.type", "event.time", "event.data."];
        var wanted = Function.Names.Select(f => f + "(")
            .Concat(macros)
            .Concat(operators)
            .Concat(events)
            .Concat(Enum.GetNames<MetricFunction>().Select(f => $".{f.ToLowerInvariant()}("))
            .Concat(Catalogue.BuiltInMetrics.Select(m => m + "."))
            .Concat(Enum.GetNames<Engagement.Domain.Language.Checking.ClientField>().Select(f => $"client.{char.ToLowerInvariant(f[0])}{f[1..]}"));

        Assert.All(wanted, part => Assert.Contains(examples, e => e.Contains(part, StringComparison.Ordinal)));
    }

    /// <summary>The rows of the tables that end in "example" and "gives".</summary>
    internal static IEnumerable<(string Example, string Gives)> Rows()
    {
        var shows = false;
        foreach (var line in Page.Split('\n'))
        {
            var cells = Cell().Split(line).Select(c => c.Trim().Replace("\\|", "|", StringComparison.Ordinal)).ToArray();
            shows = line.StartsWith('|') && (shows || cells[^3..^1] is ["example", "gives"]);
            if (shows && cells.Length > 3 && cells[^2].StartsWith('`'))
            {
                yield return (Code(cells[^3]), Code(cells[^2]));
            }
        }
    }

    /// <summary>Two backticks around what holds one itself.</summary>
    private static string Code(string cell) => cell.StartsWith("``", StringComparison.Ordinal) ? cell[2..^2].Trim() : cell[1..^1];

    internal static (IExpressionInput Input, ExpressionScope Scope) Sample()
    {
        var client = new OneClient();
        client.PublishCatalogue("2025-01-01T00:00:00+08:00", Block("catalogue"));
        var position = 100L;
        RecordEvent? last = null;
        foreach (var line in Block("events").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split(' ', 3);
            client.On(parts[0], parts[1], parts[2]);
            Assert.True(Rfc3339.TryParse(parts[0], out var ms));
            last = new(new(position++, RecordKind.Event, "c-1", "test", "e", parts[1], ms, ms, System.Text.Encoding.UTF8.GetBytes(parts[2]), null));
        }

        var catalogue = client.Catalogue(1);
        Assert.True(Rfc3339.TryParse("2026-03-02T10:00:00+08:00", out var now));
        var members = catalogue.Segments.Select(s => client.Engine.State.Memberships.Any(m => m.Segment == s.Id)).ToArray();
        var input = new ClientInput(client.Engine.State, new DateOnly(1990, 2, 28), catalogue, OrganisationTree.Empty, now, members) { Event = last };
        var scope = ExpressionReader.WithData(new(
            Client: true,
            Event: true,
            "trade.executed",
            catalogue.Metrics.Index().ToDictionary(m => m.Item.Id, m => m.Index),
            catalogue.Segments.ToDictionary(s => s.Id, s => s.Index)));
        return (input, scope);
    }

    private static string Block(string name)
    {
        var start = Page.IndexOf($"```{name}\n", StringComparison.Ordinal) + name.Length + 4;
        return Page[start..Page.IndexOf("```", start, StringComparison.Ordinal)];
    }

    internal static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Engagement.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "docs", "reference", "language.md");
    }

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Cell();
}
