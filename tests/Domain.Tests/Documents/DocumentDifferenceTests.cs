using System.Text.Json;
using Engagement.Domain.Documents;

namespace Engagement.Domain.Tests.Documents;

public sealed class DocumentDifferenceTests
{
    private const string Yaml = """
        segments:
        - { id: rich, when: 'client.assets >= 1000.0', name: {zh: 富, en: Rich} }
        - { id: old, when: 'client.age > 60' }
        tiers: { default: [ {id: low, from: 0}, {id: high, from: 1e3} ] }
        campaigns:
        - { id: hello, desks: [advisor, outlet], priority: 50 }
        """;

    [Fact]
    public void Documents_ThatSayTheSame_DoNotDiffer()
    {
        const string json = """
            {
              "campaigns": [ { "priority": 50.0, "id": "hello", "desks": ["advisor", "outlet"], "channel": null } ],
              "tiers": { "default": [ { "id": "low", "from": 0 }, { "id": "high", "from": 1000 } ] },
              "segments": [
                { "id": "rich", "when": "client.assets >= 1000.0", "name": { "en": "Rich", "zh": "富" } },
                { "id": "old", "when": "client.age > 60" }
              ]
            }
            """;
        Assert.Empty(DocumentDifference.Between(Yaml, DocumentFormat.Yaml, json, DocumentFormat.Json));
        Assert.Empty(DocumentDifference.Between(Yaml, DocumentFormat.Yaml, "# a comment\n" + Yaml.Replace("'", "\"", StringComparison.Ordinal), DocumentFormat.Yaml));
    }

    [Theory]
    [InlineData("1000.0'", "2000.0'", "segments[rich].when Changed \"client.assets >= 1000.0\" \"client.assets >= 2000.0\"")]
    [InlineData("id: old", "id: aged", "segments[old] Removed {\"id\":\"old\",\"when\":\"client.age > 60\"} -|segments[aged] Added - {\"id\":\"aged\",\"when\":\"client.age > 60\"}")]
    [InlineData(", en: Rich", "", "segments[rich].name.en Removed \"Rich\" -")]
    [InlineData("[advisor, outlet]", "[advisor]", "campaigns[hello].desks Changed [\"advisor\",\"outlet\"] [\"advisor\"]")]
    [InlineData("priority: 50", "priority: '50'", "campaigns[hello].priority Changed 50 \"50\"")]
    [InlineData("priority: 50", "priority: 60, cooldown: 1d", "campaigns[hello].priority Changed 50 60|campaigns[hello].cooldown Added - \"1d\"")]
    [InlineData("{id: low, from: 0}, {id: high, from: 1e3}", "{id: high, from: 1e3}, {id: low, from: 0}", "tiers.default Reordered [\"low\",\"high\"] [\"high\",\"low\"]")]
    [InlineData("{id: low, from: 0}, {id: high", "{from: 0}, {id: high", "tiers.default[0].id Removed \"low\" -")]
    public void Documents_ThatDiffer_AreToldByPathWithBothValues(string was, string becomes, string expected)
    {
        var changes = DocumentDifference.Between(Yaml, DocumentFormat.Yaml, Yaml.Replace(was, becomes, StringComparison.Ordinal), DocumentFormat.Yaml);
        Assert.Equal(expected, string.Join('|', changes.Select(c => $"{c.Path} {c.Kind} {Text(c.From)} {Text(c.To)}")));
    }

    [Fact]
    public void Nothing_BeforeTheFirstVersion_HasEverythingAdded()
    {
        Assert.Equal(["segments", "tiers", "campaigns"], DocumentDifference.Between("", DocumentFormat.Yaml, Yaml, DocumentFormat.Yaml).Select(c => c.Path));
        Assert.All(DocumentDifference.Between(Yaml, DocumentFormat.Yaml, "", DocumentFormat.Yaml), c => Assert.Equal(DocumentChangeKind.Removed, c.Kind));
    }

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Text(System.Text.Json.Nodes.JsonNode? node) => node?.ToJsonString(Plain) ?? "-";
}
