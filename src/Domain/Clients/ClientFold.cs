using Engagement.Domain.Segments;

namespace Engagement.Domain.Clients;

/// <summary>
/// Folds one event into a client, as page 1 has it for each type. What was checked when the event was taken is not checked
/// again. Answers which inputs of expressions changed, as <see cref="Inputs"/>.
/// </summary>
internal static class ClientFold
{
    private static readonly ulong OutletInputs = Inputs.Field("outlet") | Inputs.Field("branch") | Inputs.Field("tier");

    private static readonly ulong RiskInputs = Inputs.Field("risk") | Inputs.Field("riskValid");

    private static readonly ulong AssetInputs = Inputs.Field("assets") | Inputs.Field("tier");

    public static ulong Apply(ClientState state, LogRecord record, scoped in EventFields data)
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
            EventTypes.ProfileChanged => OnProfile(state, record, data),
            EventTypes.AccountClosed or EventTypes.StatusChanged => OnStatus(state, data),
            EventTypes.RiskAssessed => OnRisk(state, data),
            EventTypes.ConsentChanged => OnConsent(state, data),
            EventTypes.AssetsValued => state.Assets.OnValued(data.Fen("total"u8), AsOf(record.TimeMs, data)) ? AssetInputs : Inputs.None,
            EventTypes.CashMoved => !IsInternal(data) && state.Assets.OnMoved(data.Fen("amount"u8), record.TimeMs) ? AssetInputs : Inputs.None,
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
    public static bool TryBuiltIn(int metric, string type, scoped in EventFields data, out long value)
    {
        value = Money.Scale4;
        switch (metric)
        {
            case 0 when type == EventTypes.TradeExecuted:
            case 1 when type == EventTypes.TradeExecuted && data.Is("side"u8, "buy"u8):
            case 2 when type == EventTypes.TradeExecuted && data.Is("side"u8, "sell"u8):
                value = TradeAmountFen(data) * 100;
                return true;
            case 3 when type == EventTypes.TradeExecuted:
                value = data.Fen("commission"u8) * 100;
                return true;
            case 4 when type == EventTypes.CashMoved && !IsInternal(data) && data.Fen("amount"u8) > 0:
            case 5 when type == EventTypes.CashMoved && !IsInternal(data) && data.Fen("amount"u8) < 0:
                value = Math.Abs(data.Fen("amount"u8)) * 100;
                return true;
            case 6 when type == EventTypes.AppActive:
            case 7 when type == EventTypes.ContactMade:
                return true;
            case 8 when type == EventTypes.FeeCharged:
                value = data.Fen("amount"u8) * 100;
                return true;
            default:
                return false;
        }
    }

    public static long TradeAmountFen(scoped in EventFields data) => Money.AmountFen(data.Four("quantity"u8), data.Four("price"u8));

    /// <summary>Money between the client's own accounts changes nothing and enters no metric.</summary>
    public static bool IsInternal(scoped in EventFields data) => data.IsTrue("internal"u8);

    private static ulong OnOpened(ClientState state, LogRecord record, scoped in EventFields data)
    {
        if (state.Opened)
        {
            return OnProfile(state, record, data);
        }

        state.Opened = true;
        state.OpenedMs = record.TimeMs;
        state.Channel = data.Text("channel"u8) ?? "";
        OnProfile(state, record, data);
        return Inputs.All;
    }

    private static ulong OnProfile(ClientState state, LogRecord record, scoped in EventFields data)
    {
        // The birth date is kept apart; it came along where there is anything personal.
        var changed = record.Personal is null ? Inputs.None : Inputs.Field("age");
        if (data.Text("outlet"u8) is { } outlet)
        {
            state.Outlet = outlet;
            changed |= OutletInputs;
        }

        if (data.Has("risk"u8, out var risk))
        {
            state.Risk = risk.Whole();
            changed |= RiskInputs;
        }

        if (data.Has("riskValidUntil"u8, out var until))
        {
            state.RiskValidUntilDay = Day(until.Text());
            changed |= RiskInputs;
        }

        if (data.Has("consents"u8, out var consents))
        {
            var granted = consents.Texts();
            // Automation counts as granted unless refused: a list that leaves it out refuses nothing.
            state.AutomationRefused &= !granted.Remove(EventTypes.Automation);
            granted.Sort(StringComparer.Ordinal);
            state.Consents = granted;
            changed |= Inputs.Field("consents");
        }

        return changed | OnTags(state, data);
    }

    private static ulong OnTags(ClientState state, scoped in EventFields data)
    {
        var before = state.Tags;
        if (data.Has("tags"u8, out var tags))
        {
            state.Tags = tags.Texts();
        }

        if (data.Has("addTags"u8, out var added))
        {
            state.Tags = [.. state.Tags.Union(added.Texts())];
        }

        if (data.Has("removeTags"u8, out var removed))
        {
            state.Tags = [.. state.Tags.Except(removed.Texts())];
        }

        return ReferenceEquals(before, state.Tags) ? Inputs.None : Inputs.Field("tags");
    }

    private static ulong OnStatus(ClientState state, scoped in EventFields data)
    {
        state.Status = data.Text("status"u8) ?? "closed";
        return Inputs.Field("status");
    }

    private static ulong OnRisk(ClientState state, scoped in EventFields data)
    {
        state.Risk = data.Has("level"u8, out var level) ? level.Whole() : 0;
        state.RiskValidUntilDay = data.Text("validUntil"u8) is { } until ? Day(until) : null;
        return Inputs.Field("risk") | Inputs.Field("riskValid");
    }

    private static ulong OnConsent(ClientState state, scoped in EventFields data)
    {
        var channel = data.Text("channel"u8)!;
        var granted = data.IsTrue("granted"u8);
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

    private static ulong OnTrade(ClientState state, LogRecord record, scoped in EventFields data)
    {
        var quantity = data.Four("quantity"u8);
        return state.Holdings.OnTraded(data.Text("symbol"u8)!, data.Is("side"u8, "buy"u8) ? quantity : -quantity, record.TimeMs)
            ? Inputs.Field("holdings")
            : Inputs.None;
    }

    private static ulong OnHoldings(ClientState state, LogRecord record, scoped in EventFields data) =>
        state.Holdings.OnValued(
            data.Has("positions"u8, out var positions) ? positions.Fours() : [],
            AsOf(record.TimeMs, data))
            ? Inputs.Field("holdings")
            : Inputs.None;

    private static ulong OnSigned(ClientState state, LogRecord record, scoped in EventFields data)
    {
        var contract = data.Text("contract"u8)!;
        state.Contracts.RemoveAll(c => c.Contract == contract);
        var waits = data.IsTrue("confirm"u8);
        state.Contracts.Add(new(contract, data.Text("product"u8)!, data.Fen("assets"u8), record.TimeMs, !waits));
        return Inputs.Field("contracts");
    }

    private static ulong OnRenewed(ClientState state, scoped in EventFields data)
    {
        var index = RunningIndex(state, data);
        if (index < 0 || !data.Has("assets"u8, out var assets))
        {
            return Inputs.None;
        }

        state.Contracts[index] = state.Contracts[index] with { AssetsFen = assets.Fen() };
        return Inputs.None;
    }

    private static ulong OnEnded(ClientState state, scoped in EventFields data) => RunningIndex(state, data) < 0 ? Inputs.None : Remove(state, data);

    private static ulong Remove(ClientState state, scoped in EventFields data)
    {
        var contract = data.Text("contract"u8);
        return state.Contracts.RemoveAll(c => c.Contract == contract) > 0 ? Inputs.Field("contracts") : Inputs.None;
    }

    private static ulong Running(ClientState state, scoped in EventFields data, bool running)
    {
        var contract = data.Text("contract"u8);
        var index = state.Contracts.FindIndex(c => c.Contract == contract);
        if (index < 0)
        {
            return Inputs.None;
        }

        state.Contracts[index] = state.Contracts[index] with { Running = running };
        return Inputs.Field("contracts");
    }

    private static int RunningIndex(ClientState state, scoped in EventFields data)
    {
        var contract = data.Text("contract"u8);
        return state.Contracts.FindIndex(c => c.Running && c.Contract == contract);
    }

    private static int? Day(string date) => Rfc3339.TryParseDate(date, out var parsed) ? Shanghai.Day(parsed) : null;

    /// <summary>The instant that a valuation is of: the event's own where it names none.</summary>
    public static long AsOf(long timeMs, scoped in EventFields data) =>
        data.Has("asOf"u8, out var asOf) && Rfc3339.TryParse(asOf.Text(), out var ms) ? ms : timeMs;
}
