using System.Globalization;
using System.Text.Json;

namespace Engagement.Engage.Demo;

/// <summary>What happened: an event's type and data. Money is in fen and written as yuan.</summary>
internal abstract record Fact(string Type)
{
    public abstract void Write(Utf8JsonWriter json);

    protected static void Money(Utf8JsonWriter json, string name, long fen) => json.WriteNumber(name, fen / 100m);

    protected static void Date(Utf8JsonWriter json, string name, DateOnly date) =>
        json.WriteString(name, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
}

internal sealed record AccountOpened(DemoClient Client, DateOnly RiskUntil) : Fact("account.opened")
{
    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("outlet", Client.Outlet);
        json.WriteString("channel", Client.Channel);
        json.WriteString("name", Client.Name);
        json.WriteString("phone", Client.Phone);
        Date(json, "birthDate", Client.Birth);
        if (Client.Risk > 0)
        {
            json.WriteNumber("risk", Client.Risk);
            Date(json, "riskValidUntil", RiskUntil);
        }

        json.WriteStartArray("consents");
        foreach (var consent in Client.Consents)
        {
            json.WriteStringValue(consent);
        }

        json.WriteEndArray();
    }
}

internal sealed record AssetsValued(long TotalFen) : Fact("assets.valued")
{
    public override void Write(Utf8JsonWriter json) => Money(json, "total", TotalFen);
}

internal sealed record HoldingsValued(IReadOnlyList<Position> Positions) : Fact("holdings.valued")
{
    public override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("positions");
        foreach (var position in Positions)
        {
            json.WriteNumber(position.Symbol, position.Quantity);
        }

        json.WriteEndObject();
    }
}

internal sealed record TradeExecuted(string Symbol, string Product, bool Buy, long Quantity, decimal Price, long CommissionFen) : Fact("trade.executed")
{
    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("symbol", Symbol);
        json.WriteString("side", Buy ? "buy" : "sell");
        json.WriteNumber("quantity", Quantity);
        json.WriteNumber("price", Price);
        json.WriteString("product", Product);
        Money(json, "commission", CommissionFen);
    }
}

/// <param name="AmountFen">In positive, out negative.</param>
internal sealed record CashMoved(long AmountFen) : Fact("cash.moved")
{
    public override void Write(Utf8JsonWriter json) => Money(json, "amount", AmountFen);
}

internal sealed record AppActive(string Page, string? Symbol) : Fact("app.active")
{
    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("page", Page);
        if (Symbol is not null)
        {
            json.WriteString("symbol", Symbol);
        }
    }
}

internal sealed record RiskAssessed(int Level, DateOnly ValidUntil) : Fact("risk.assessed")
{
    public override void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("level", Level);
        Date(json, "validUntil", ValidUntil);
    }
}

internal sealed record ContactMade(string Channel, string By, string Outcome) : Fact("contact.made")
{
    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("channel", Channel);
        json.WriteString("by", By);
        json.WriteString("outcome", Outcome);
    }
}

internal sealed record ContractSigned(string Contract, string Product, long AssetsFen) : Fact("contract.signed")
{
    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("contract", Contract);
        json.WriteString("product", Product);
        Money(json, "assets", AssetsFen);
    }
}

internal sealed record FeeCharged(string Contract, long AmountFen) : Fact("fee.charged")
{
    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("contract", Contract);
        Money(json, "amount", AmountFen);
    }
}
