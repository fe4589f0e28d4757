using System.Globalization;
using System.Text.Json.Nodes;
using Engagement.Faults.Tests.Model;

namespace Engagement.Faults.Tests;

/// <summary>
/// Holds the map against the log and the model: what clients have, node by node, and what was counted today, for headquarters. The map follows
/// within a moment, so it is read until it shows that; what it shows last is what it is judged by.
/// </summary>
internal sealed class MapComparison(Reader reader, SequentialModel model)
{
    private static readonly TimeSpan FollowsWithin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <returns>One line a node that differs.</returns>
    public async Task<IReadOnlyList<string>> RunAsync()
    {
        List<(string Node, string Expected, bool Counts)> nodes =
        [
            ("hq", $"{Gauges(_ => true)} {await CountsAsync()}", true),
            .. model.Organisation.Outlets.Select(o => o.Branch).Distinct().Select(b => ($"branch:{b}", Gauges(c => model.Organisation.BranchOf(c.Outlet) == b), false)),
            .. model.Organisation.Outlets.Select(o => ($"outlet:{o.Id}", Gauges(c => c.Outlet == o.Id), false)),
            .. model.Organisation.Outlets.SelectMany(o => o.Advisors).Select(a => ($"advisor:{a.Id}", Gauges(c => c.Advisor == a.Id), false)),
        ];
        List<string> differences = [];
        using var limit = new CancellationTokenSource(FollowsWithin);
        foreach (var (node, expected, counts) in nodes)
        {
            var found = Text(await reader.GetAsync($"/v1/map/{node}"), counts);
            while (found != expected && !limit.IsCancellationRequested)
            {
                await Task.Delay(LookEvery);
                found = Text(await reader.GetAsync($"/v1/map/{node}"), counts);
            }

            if (found != expected)
            {
                differences.Add($"map of {node}: expected {expected}, found {found}");
            }
        }

        return differences;
    }

    private string Gauges(Func<Client, bool> here)
    {
        var clients = model.Clients.Where(here).ToList();
        var contracts = clients.SelectMany(c => c.Contracts).Where(c => c.Running).ToList();
        var open = clients.SelectMany(c => c.Prompts).Count(p => p.StateAt(model.Now) is "open" or "seen" or "snoozed");
        return $"clients {clients.Count} contracts {contracts.Count} signed {Plain(contracts.Sum(c => c.AssetsFen) / 100m)} open {open}";
    }

    private async Task<string> CountsAsync()
    {
        var today = ShanghaiTime.DayOf(model.Now);
        var (events, opened, inflow) = (0, 0, 0m);
        foreach (var client in model.Clients)
        {
            var own = await reader.ListAsync($"/v1/clients/{client.Id}/events");
            // Newest first: the first of them to open the account is the last.
            var first = own.FindLast(e => (string)e["type"]! == "account.opened");
            foreach (var one in own.Where(e => ShanghaiTime.DayOf(Math.Min(ShanghaiTime.Parse((string)e["time"]!), ShanghaiTime.Parse((string)e["at"]!))) == today))
            {
                events++;
                opened += one == first ? 1 : 0;
                inflow += (string)one["type"]! == "cash.moved" && (bool?)one["data"]!["internal"] != true ? (decimal)one["data"]!["amount"]! : 0;
            }
        }

        var raised = model.Clients.SelectMany(c => c.Prompts).Count(p => ShanghaiTime.DayOf(p.RaisedAt) == today);
        return $"events {events} opened {opened} inflow {Plain(inflow)} raised {raised}";
    }

    private static string Text(JsonNode node, bool counts)
    {
        if (node["measures"] is not { } m)
        {
            return "nothing";
        }

        var gauges = $"clients {m["clients"]} contracts {m["contracts"]} signed {Plain((decimal)m["signedAssets"]!)} open {m["promptsOpen"]}";
        return counts ? $"{gauges} events {m["events"]} opened {m["accountsOpened"]} inflow {Plain((decimal)m["netInflow"]!)} raised {m["promptsRaised"]}" : gauges;
    }

    private static string Plain(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);
}
