namespace Engagement.Faults.Tests.Model;

/// <summary>What each event does to its client (page 1, "Types").</summary>
internal static class Fold
{
    public static void Into(Client client, SentEvent e)
    {
        switch (e.Type)
        {
            case "account.opened" when !client.Named:
                client.Named = true;
                client.Opened = e.Time;
                client.Channel = e.Text("channel");
                Profile(client, e);
                break;
            case "account.opened" or "profile.changed":
                Profile(client, e);
                break;
            case "account.closed":
                client.Status = e.Has("status") ? e.Text("status") : "closed";
                break;
            case "status.changed":
                client.Status = e.Text("status");
                break;
            case "risk.assessed":
                client.Risk = (int)e.Number("level");
                client.RiskValidUntil = e.Date("validUntil");
                break;
            case "consent.changed":
                Consent(client, e.Text("channel"), e.Flag("granted"));
                break;
            case "assets.valued" when AsOf(e) >= (client.Valuation?.AsOf ?? long.MinValue):
                client.Valuation = (e.Fen("total"), AsOf(e));
                break;
            case "holdings.valued" when AsOf(e) >= (client.Positions?.AsOf ?? long.MinValue):
                client.Positions = (e.Data["positions"]!.AsObject().ToDictionary(held => held.Key, held => (decimal)held.Value!), AsOf(e));
                break;
            case "cash.moved" when !e.Flag("internal"):
                client.Cash.Add((e.Time, e.Fen("amount")));
                break;
            case "trade.executed":
                client.Trades.Add((e.Time, e.Text("symbol"), e.Text("side") == "buy" ? e.Number("quantity") : -e.Number("quantity")));
                break;
            case var type when type.StartsWith("contract.", StringComparison.Ordinal):
                Contracts(client, e);
                break;
        }
    }

    private static long AsOf(SentEvent e) => e.Has("asOf") ? ShanghaiTime.Parse(e.Text("asOf")) : e.Time;

    private static void Profile(Client client, SentEvent e)
    {
        client.Outlet = e.Has("outlet") ? e.Text("outlet") : client.Outlet;
        client.Birth = e.Has("birthDate") ? e.Date("birthDate") : client.Birth;
        client.Risk = e.Has("risk") ? (int)e.Number("risk") : client.Risk;
        client.RiskValidUntil = e.Has("riskValidUntil") ? e.Date("riskValidUntil") : client.RiskValidUntil;
        if (e.Has("consents"))
        {
            client.Granted = [];
            foreach (var channel in e.Texts("consents"))
            {
                Consent(client, channel, granted: true);
            }
        }

        client.Tags = e.Has("tags") ? [.. e.Texts("tags")] : client.Tags;
        client.Tags = e.Has("addTags") ? [.. client.Tags.Union(e.Texts("addTags"))] : client.Tags;
        client.Tags = e.Has("removeTags") ? [.. client.Tags.Except(e.Texts("removeTags"))] : client.Tags;
    }

    private static void Consent(Client client, string channel, bool granted)
    {
        if (channel == "automation")
        {
            client.AutomationRefused = !granted;
        }
        else if (granted)
        {
            client.Granted.Add(channel);
        }
        else
        {
            client.Granted.Remove(channel);
        }
    }

    private static void Contracts(Client client, SentEvent e)
    {
        var id = e.Text("contract");
        var at = client.Contracts.FindIndex(contract => contract.Id == id);
        var known = at < 0 ? null : client.Contracts[at];
        var next = e.Type switch
        {
            "contract.signed" => new Contract(id, e.Text("product"), e.Fen("assets"), e.Time, Running: !e.Flag("confirm")),
            "contract.effective" => known is null ? null : known with { Running = true },
            "contract.cancelled" => null,
            "contract.renewed" => known is { Running: true } && e.Has("assets") ? known with { AssetsFen = e.Fen("assets") } : known,
            "contract.ended" => known is { Running: true } ? null : known,
            _ => throw new ArgumentOutOfRangeException(nameof(e), e.Type, null),
        };

        if (at >= 0)
        {
            client.Contracts.RemoveAt(at);
        }

        if (next is not null)
        {
            client.Contracts.Add(next);
        }
    }
}
