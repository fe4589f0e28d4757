using System.Globalization;
using System.Text.Json.Nodes;
using Engagement.Faults.Tests.Model;

namespace Engagement.Faults.Tests;

/// <summary>Reads everything back over HTTP and says where it is not what the model holds.</summary>
internal sealed class Comparison(IEngine engine, SequentialModel model)
{
    private const int AtOnce = 8;

    private readonly Reader _reader = new(engine);
    private readonly List<string> _differences = [];

    /// <returns>One line a difference; empty where all is the same.</returns>
    public async Task<IReadOnlyList<string>> RunAsync()
    {
        foreach (var segment in model.Catalogue.Segments)
        {
            await CompareMembers(segment.Id);
        }

        await Parallel.ForEachAsync(model.Clients, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (client, _) =>
        {
            await CompareClient(client);
            await CompareDecisions(client);
        });
        foreach (var desk in model.Desks)
        {
            await ComparePrompts(desk);
        }

        _differences.AddRange(await new MapComparison(_reader, model).RunAsync());
        return _differences;
    }

    private async Task CompareMembers(string segment)
    {
        var expected = model.Clients.Where(client => client.Segments.ContainsKey(segment)).Select(client => $"{client.Id} {ShanghaiTime.Text(client.Segments[segment])}");
        var found = (await _reader.ListAsync($"/v1/segments/{segment}/members")).Select(member => $"{member["client"]} {Time(member["since"])}");
        Same($"members of {segment}", expected, found);
    }

    private async Task CompareClient(Client client)
    {
        var found = await _reader.GetAsync($"/v1/clients/{client.Id}");
        var sight = new Sight(client, model.Organisation, model.Now, null);
        void Field(string name, object expected) => Same($"{client.Id} {name}", expected.ToString()!, Plain(found[name]));

        Field("outlet", client.Outlet);
        Field("branch", sight.Branch);
        Field("advisor", client.Advisor);
        Field("desk", client.Desk);
        Field("status", client.Status);
        Field("channel", client.Channel);
        Field("tier", sight.Tier);
        Field("assets", Plain(client.AssetsFen / 100m));
        Field("age", sight.Age);
        Field("risk", client.Risk);
        Field("riskValid", sight.RiskValid);
        Same($"{client.Id} opened", ShanghaiTime.Text(client.Opened), Time(found["opened"]));
        Same($"{client.Id} tags", client.Tags.Order(StringComparer.Ordinal), Strings(found["tags"]).Order(StringComparer.Ordinal));
        Same($"{client.Id} consents", client.Consents.Order(StringComparer.Ordinal), Strings(found["consents"]).Order(StringComparer.Ordinal));
        Same($"{client.Id} contracts",
            client.Contracts.Where(contract => contract.Running).Select(contract => $"{contract.Id} {contract.Product} {Plain(contract.AssetsFen / 100m)} {ShanghaiTime.Text(contract.SignedAt)}").Order(StringComparer.Ordinal),
            found["contracts"]!.AsArray().Select(contract => $"{contract!["contract"]} {contract["product"]} {Plain(contract["assets"])} {Time(contract["signedAt"])}").Order(StringComparer.Ordinal));
        Same($"{client.Id} holdings",
            client.Holdings.Select(held => $"{held.Key} {Plain(held.Value)}"),
            found["holdings"]!.AsObject().OrderBy(held => held.Key, StringComparer.Ordinal).Select(held => $"{held.Key} {Plain(held.Value)}"));
        Same($"{client.Id} segments",
            client.Segments.Select(segment => $"{segment.Key} {ShanghaiTime.Text(segment.Value)}"),
            found["segments"]!.AsArray().Select(segment => $"{segment!["id"]} {Time(segment["since"])}").Order(StringComparer.Ordinal));
    }

    private async Task CompareDecisions(Client client) => Same(
        $"{client.Id} decisions",
        client.Decisions.AsEnumerable().Reverse().Select(decision => $"{ShanghaiTime.Text(decision.At)} {decision.Campaign.Id} {decision.Trigger} {decision.Outcome}"),
        (await _reader.ListAsync($"/v1/clients/{client.Id}/decisions")).Select(decision => $"{Time(decision["at"])} {decision["campaign"]} {decision["trigger"]} {decision["outcome"]}"));

    private async Task ComparePrompts(string desk)
    {
        foreach (var state in (string[])["open", "seen", "accepted", "snoozed", "done", "dismissed", "expired", "withdrawn"])
        {
            var expected = model.Clients.SelectMany(client => client.Prompts)
                .Where(prompt => prompt.Desk == desk && prompt.StateAt(model.Now) == state)
                .Select(prompt => $"{prompt.Campaign} {prompt.Client} {prompt.Priority} {Value(prompt.Value)} '{prompt.Message}' {ShanghaiTime.Text(prompt.RaisedAt)} {ShanghaiTime.Text(prompt.ExpiresAt)} by '{prompt.By}'");
            var found = (await _reader.ListAsync($"/v1/desks/{desk}/prompts?state={state}"))
                .Select(prompt => $"{prompt["campaign"]} {prompt["client"]} {prompt["priority"]} {Value((double)prompt["value"]!)} '{prompt["message"]!["en"]}' {Time(prompt["raisedAt"])} {Time(prompt["expiresAt"])} by '{prompt["by"]}'");
            Same($"{state} prompts of {desk}", expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        }
    }

    private void Same(string what, string expected, string found)
    {
        if (expected != found)
        {
            Note($"{what}: expected {expected}, found {found}");
        }
    }

    private void Same(string what, IEnumerable<string> expected, IEnumerable<string> found)
    {
        string[] theirs = [.. expected];
        string[] ours = [.. found];
        if (theirs.SequenceEqual(ours))
        {
            return;
        }

        string[] missing = [.. theirs.Except(ours).Take(3)];
        string[] more = [.. ours.Except(theirs).Take(3)];
        Note(missing.Length + more.Length == 0
            ? $"{what}: {theirs.Length} expected, {ours.Length} found, in another order or doubled"
            : $"{what}: missing [{string.Join(" | ", missing)}], too many [{string.Join(" | ", more)}]");
    }

    private void Note(string difference)
    {
        lock (_differences)
        {
            _differences.Add(difference);
        }
    }

    private static string Time(JsonNode? time) => time is null ? "null" : ShanghaiTime.Text(ShanghaiTime.Parse((string)time!));

    private static IEnumerable<string> Strings(JsonNode? list) => list!.AsArray().Select(item => (string)item!);

    private static string Plain(JsonNode? value) => value switch
    {
        null => "",
        JsonValue number when number.TryGetValue<decimal>(out var d) => Plain(d),
        JsonValue flag when flag.TryGetValue<bool>(out var b) => b.ToString(),
        _ => value.ToString(),
    };

    private static string Plain(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Value(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
