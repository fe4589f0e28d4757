using System.Text.Json;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Clients;

/// <summary>
/// Folds one event into a client, as page 1 has it for each type. What was checked when the event was taken is not checked
/// again. Answers which inputs of expressions changed, as <see cref="Inputs"/>.
/// </summary>
internal static class ClientFold
{
    private static readonly ulong ProfileInputs = Inputs.Field("outlet") | Inputs.Field("branch") | Inputs.Field("tier") | Inputs.Field("age")
        | Inputs.Field("risk") | Inputs.Field("riskValid") | Inputs.Field("tags") | Inputs.Field("consents");

    private static readonly ulong AssetInputs = Inputs.Field("assets") | Inputs.Field("tier");

    public static ulong Apply(ClientState state, LogRecord record, JsonElement data)
    {
        state.Events++;
        var changed = Inputs.None;
        if (state.Events == 1)
        {
            state.OpenedMs = record.TimeMs;
            changed = Inputs.All;
        }

        return changed | record.Type switch
        {
            EventTypes.AccountOpened => OnOpened(state, record, data),
            EventTypes.ProfileChanged => OnProfile(state, data),
            EventTypes.AccountClosed or EventTypes.StatusChanged => OnStatus(state, data),
            EventTypes.RiskAssessed => OnRisk(state, data),
            EventTypes.ConsentChanged => OnConsent(state, data),
            EventTypes.AssetsValued => state.Assets.OnValued(Fen(data, "total"), AsOf(record, data)) ? AssetInputs : Inputs.None,
            EventTypes.CashMoved => !IsInternal(data) && state.Assets.OnMoved(Fen(data, "amount"), record.TimeMs) ? AssetInputs : Inputs.None,
            EventTypes.TradeExecuted => OnTrade(state, record, data),
            EventTypes.HoldingsValued => OnHoldings(state, record, data),
            EventTypes.ContractSigned => OnSigned(state, record, data),
            EventTypes.ContractEffective => Running(state, data, running: true),
            EventTypes.ContractCancelled => Remove(state, data),
            EventTypes.ContractRenewed => OnRenewed(state, data),
            EventTypes.ContractEnded => OnEnded(state, data),
            _ => Inputs.None,
        };
    }

    /// <summary>The value that an event adds to a built-in metric, in ten-thousandths; false where it does not count.</summary>
    public static bool TryBuiltIn(int metric, string type, JsonElement data, out long value)
    {
        value = Money.Scale4;
        switch (metric)
        {
            case 0 when type == EventTypes.TradeExecuted:
            case 1 when type == EventTypes.TradeExecuted && Text(data, "side") == "buy":
            case 2 when type == EventTypes.TradeExecuted && Text(data, "side") == "sell":
                value = TradeAmountFen(data) * 100;
                return true;
            case 3 when type == EventTypes.TradeExecuted:
                value = Fen(data, "commission") * 100;
                return true;
            case 4 when type == EventTypes.CashMoved && !IsInternal(data) && Fen(data, "amount") > 0:
            case 5 when type == EventTypes.CashMoved && !IsInternal(data) && Fen(data, "amount") < 0:
                value = Math.Abs(Fen(data, "amount")) * 100;
                return true;
            case 6 when type == EventTypes.AppActive:
            case 7 when type == EventTypes.ContactMade:
                return true;
            case 8 when type == EventTypes.FeeCharged:
                value = Fen(data, "amount") * 100;
                return true;
            default:
                return false;
        }
    }

    public static long TradeAmountFen(JsonElement data) => Money.AmountFen(Four(data, "quantity"), Four(data, "price"));

    /// <summary>Money between the client's own accounts changes nothing and enters no metric.</summary>
    public static bool IsInternal(JsonElement data) => data.TryGetProperty("internal", out var flag) && flag.ValueKind == JsonValueKind.True;

    private static ulong OnOpened(ClientState state, LogRecord record, JsonElement data)
    {
        if (state.Opened)
        {
            return OnProfile(state, data);
        }

        state.Opened = true;
        state.OpenedMs = record.TimeMs;
        state.Channel = Text(data, "channel") ?? "";
        OnProfile(state, data);
        return Inputs.All;
    }

    private static ulong OnProfile(ClientState state, JsonElement data)
    {
        state.Outlet = Text(data, "outlet") ?? state.Outlet;
        if (Has(data, "risk", out var risk))
        {
            state.Risk = (int)risk.GetDouble();
        }

        if (Has(data, "riskValidUntil", out var until))
        {
            state.RiskValidUntilDay = Day(until);
        }

        if (Has(data, "consents", out var consents))
        {
            var granted = Texts(consents);
            // Automation counts as granted unless refused: a list that leaves it out refuses nothing.
            state.AutomationRefused &= !granted.Remove(EventTypes.Automation);
            granted.Sort(StringComparer.Ordinal);
            state.Consents = granted;
        }

        if (Has(data, "tags", out var tags))
        {
            state.Tags = Texts(tags);
        }

        if (Has(data, "addTags", out var added))
        {
            state.Tags = [.. state.Tags.Union(Texts(added))];
        }

        if (Has(data, "removeTags", out var removed))
        {
            state.Tags = [.. state.Tags.Except(Texts(removed))];
        }

        return ProfileInputs;
    }

    private static ulong OnStatus(ClientState state, JsonElement data)
    {
        state.Status = Text(data, "status") ?? "closed";
        return Inputs.Field("status");
    }

    private static ulong OnRisk(ClientState state, JsonElement data)
    {
        state.Risk = (int)data.GetProperty("level").GetDouble();
        state.RiskValidUntilDay = Day(data.GetProperty("validUntil"));
        return Inputs.Field("risk") | Inputs.Field("riskValid");
    }

    private static ulong OnConsent(ClientState state, JsonElement data)
    {
        var channel = Text(data, "channel")!;
        var granted = data.GetProperty("granted").GetBoolean();
        if (channel == EventTypes.Automation)
        {
            state.AutomationRefused = !granted;
        }
        else
        {
            state.Consents = [.. (granted ? state.Consents.Append(channel) : state.Consents.Where(c => c != channel)).Distinct().Order(StringComparer.Ordinal)];
        }

        return Inputs.Field("consents");
    }

    private static ulong OnTrade(ClientState state, LogRecord record, JsonElement data)
    {
        var quantity = Four(data, "quantity");
        return state.Holdings.OnTraded(Text(data, "symbol")!, Text(data, "side") == "buy" ? quantity : -quantity, record.TimeMs)
            ? Inputs.Field("holdings")
            : Inputs.None;
    }

    private static ulong OnHoldings(ClientState state, LogRecord record, JsonElement data) =>
        state.Holdings.OnValued(
            data.GetProperty("positions").EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Read4(p.Value))),
            AsOf(record, data))
            ? Inputs.Field("holdings")
            : Inputs.None;

    private static ulong OnSigned(ClientState state, LogRecord record, JsonElement data)
    {
        var contract = Text(data, "contract")!;
        state.Contracts.RemoveAll(c => c.Contract == contract);
        var waits = data.TryGetProperty("confirm", out var confirm) && confirm.ValueKind == JsonValueKind.True;
        state.Contracts.Add(new(contract, Text(data, "product")!, Fen(data, "assets"), record.TimeMs, !waits));
        return Inputs.Field("contracts");
    }

    private static ulong OnRenewed(ClientState state, JsonElement data)
    {
        var index = RunningIndex(state, data);
        if (index < 0 || !Has(data, "assets", out var assets))
        {
            return Inputs.None;
        }

        state.Contracts[index] = state.Contracts[index] with { AssetsFen = ReadFen(assets) };
        return Inputs.None;
    }

    private static ulong OnEnded(ClientState state, JsonElement data) => RunningIndex(state, data) < 0 ? Inputs.None : Remove(state, data);

    private static ulong Remove(ClientState state, JsonElement data)
    {
        var contract = Text(data, "contract");
        return state.Contracts.RemoveAll(c => c.Contract == contract) > 0 ? Inputs.Field("contracts") : Inputs.None;
    }

    private static ulong Running(ClientState state, JsonElement data, bool running)
    {
        var contract = Text(data, "contract");
        var index = state.Contracts.FindIndex(c => c.Contract == contract);
        if (index < 0)
        {
            return Inputs.None;
        }

        state.Contracts[index] = state.Contracts[index] with { Running = running };
        return Inputs.Field("contracts");
    }

    private static int RunningIndex(ClientState state, JsonElement data)
    {
        var contract = Text(data, "contract");
        return state.Contracts.FindIndex(c => c.Running && c.Contract == contract);
    }

    private static bool Has(JsonElement data, string name, out JsonElement value) =>
        data.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    private static string? Text(JsonElement data, string name) => Has(data, name, out var value) ? value.GetString() : null;

    private static List<string> Texts(JsonElement list) => [.. list.EnumerateArray().Select(e => e.GetString()!).Distinct()];

    private static int Day(JsonElement date) => Rfc3339.TryParseDate(date.GetString(), out var parsed) ? Shanghai.Day(parsed) : int.MinValue;

    private static long Fen(JsonElement data, string name) => ReadFen(data.GetProperty(name));

    private static long ReadFen(JsonElement value) => Money.TryReadFen(value, out var fen) ? fen : 0;

    private static long Four(JsonElement data, string name) => Read4(data.GetProperty(name));

    private static long Read4(JsonElement value) => Money.TryRead4(value, out var number) ? number : 0;

    private static long AsOf(LogRecord record, JsonElement data) =>
        Has(data, "asOf", out var asOf) && Rfc3339.TryParse(asOf.GetString(), out var ms) ? ms : record.TimeMs;
}
