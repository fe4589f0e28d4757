using System.Net;
using System.Text.Json.Nodes;

namespace Engagement.Faults.Tests;

/// <summary>Reads from the engine as an auditor, who may see everything.</summary>
internal sealed class Reader(IEngine engine)
{
    /// <summary>All items of a list, page by page.</summary>
    public async Task<List<JsonNode>> ListAsync(string path)
    {
        var items = new List<JsonNode>();
        string? after = null;
        do
        {
            var page = await GetAsync($"{path}{(path.Contains('?') ? '&' : '?')}limit=1000{(after is null ? "" : "&after=" + Uri.EscapeDataString(after))}");
            items.AddRange(page["items"]!.AsArray().Select(item => item!));
            after = (string?)page["next"];
        }
        while (after is not null);
        return items;
    }

    public async Task<JsonNode> GetAsync(string path)
    {
        using var answer = await engine.Auditor.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.StatusCode == HttpStatusCode.OK
            ? JsonNode.Parse(text)!
            : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {text}{engine.Log()}");
    }
}
