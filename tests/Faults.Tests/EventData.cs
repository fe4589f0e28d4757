using System.Text.Json.Nodes;
using Engagement.Faults.Tests.Model;

namespace Engagement.Faults.Tests;

/// <summary>The data of an event: its type by weight, its values by the client's number.</summary>
internal sealed class EventData(SeededRandom random, int nearBoundOneIn)
{
    private static readonly string[] Outlets = ["north-001", "north-002", "north-003", "south-001", "south-002"];
    private static readonly string[] Symbols = ["600519", "688981", "688111", "000858", "510300"];
    private static readonly string[] Channels = ["advisor", "phone", "sms", "wecom", "app", "automation"];
    private static readonly string[] Tags = ["vip", "src-web", "src-fair", "quiet", "staff"];

    public (string Type, JsonObject Data) Next(int number, long now, bool opens) => opens
        ? ("account.opened", Opened(now))
        : random.Next(100) switch
        {
            < 5 => ("profile.changed", Changed(now)),
            < 6 => ("account.closed", random.Chance(50) ? new() : new() { ["status"] = random.Pick("closed", "deceased") }),
            < 10 => ("status.changed", new() { ["status"] = random.Chance(85) ? "active" : random.Pick("frozen", "dispute", "deceased") }),
            < 15 => ("risk.assessed", new() { ["level"] = random.Between(1, 5), ["validUntil"] = Soon(now) }),
            < 23 => ("consent.changed", new() { ["channel"] = random.Pick(Channels), ["granted"] = random.Chance(75) }),
            < 34 => ("assets.valued", Valued(number, now)),
            < 45 => ("cash.moved", Moved()),
            < 62 => ("trade.executed", Trade()),
            < 66 => ("holdings.valued", Holdings(now)),
            < 76 => ("app.active", Visit()),
            < 81 => ("contact.made", new() { ["channel"] = random.Pick("phone", "wecom"), ["by"] = "a-01", ["outcome"] = "talked" }),
            < 90 => Contract(),
            < 93 => ("fee.charged", new() { ["amount"] = Yuan(100, 90_000), ["contract"] = "k-1" }),
            < 94 => ("revenue.reversed", new() { ["ref"] = $"e-{random.Between(1, 20_000)}", ["amount"] = Yuan(100, 5_000) }),
            _ => Signal(),
        };

    private JsonObject Opened(long now)
    {
        var data = new JsonObject { ["outlet"] = random.Chance(3) ? "elsewhere" : random.Pick(Outlets), ["channel"] = random.Pick("online", "outlet", "referral") };
        Sometimes(60, () => data["birthDate"] = random.Pick("1964-02-29", "1964-02-28", "1955-03-01", "1964-03-02", "1990-07-15", "1948-12-31"));
        Sometimes(50, () => (data["name"], data["phone"]) = ("张三", "13800000000"));
        Sometimes(70, () => (data["risk"], data["riskValidUntil"]) = (random.Between(1, 5), Soon(now)));
        Sometimes(70, () => data["consents"] = List(random.Chance(60) ? ["app", "phone", "wecom"] : random.Some(5, "advisor", "phone", "sms", "wecom", "app")));
        Sometimes(40, () => data["tags"] = List(random.Some(3, Tags)));
        return data;
    }

    private JsonObject Changed(long now)
    {
        var data = new JsonObject();
        Sometimes(15, () => data["outlet"] = random.Chance(5) ? "elsewhere" : random.Pick(Outlets));
        Sometimes(10, () => (data["risk"], data["riskValidUntil"]) = (random.Between(1, 5), Soon(now)));
        Sometimes(10, () => data["consents"] = List(random.Some(5, "advisor", "phone", "sms", "wecom", "app")));
        Sometimes(20, () => data["tags"] = List(random.Some(3, Tags)));
        Sometimes(40, () => data["addTags"] = List(random.Some(2, Tags)));
        Sometimes(40, () => data["removeTags"] = List(random.Some(2, Tags)));
        Sometimes(10, () => data["channel"] = "referral");
        return data;
    }

    /// <summary>Some are near the bound of an advisor of their own, and cross it now and then.</summary>
    private JsonObject Valued(int number, long now)
    {
        var data = new JsonObject { ["total"] = number % nearBoundOneIn == 0 ? Yuan(38_000_000, 72_000_000) : Yuan(0, 40_000_000) };
        Sometimes(30, () => data["asOf"] = ShanghaiTime.Text(now - random.Next((int)(2 * ShanghaiTime.Day))));
        return data;
    }

    private JsonObject Moved()
    {
        var data = new JsonObject { ["amount"] = random.Chance(60) ? Yuan(1, 6_000_000) : -Yuan(1, 5_000_000) };
        Sometimes(10, () => data["internal"] = true);
        return data;
    }

    private JsonObject Trade() => new()
    {
        ["symbol"] = random.Pick(Symbols),
        ["side"] = random.Pick("buy", "buy", "sell"),
        ["quantity"] = random.Chance(70) ? random.Between(1, 8) * 100 : random.Between(1, 9_000_000) / 10_000m,
        ["price"] = random.Between(10_000, 900_000) / 10_000m,
        ["product"] = random.Pick("stock", "fund", "etf", "bond", "other"),
        ["commission"] = random.Chance(10) ? 0 : Yuan(1, 3_000),
    };

    private JsonObject Holdings(long now)
    {
        var positions = new JsonObject();
        foreach (var symbol in random.Some(4, Symbols))
        {
            positions[symbol] = random.Chance(10) ? 0 : random.Between(1, 5_000_000) / 10_000m;
        }

        var data = new JsonObject { ["positions"] = positions };
        Sometimes(40, () => data["asOf"] = ShanghaiTime.Text(now - random.Next((int)(2 * ShanghaiTime.Day))));
        return data;
    }

    private JsonObject Visit()
    {
        var data = new JsonObject { ["page"] = random.Pick("home", "quotes") };
        Sometimes(40, () => data["symbol"] = random.Pick("600519", "HSI", "688981"));
        return data;
    }

    private (string Type, JsonObject Data) Contract()
    {
        var data = new JsonObject { ["contract"] = random.Pick("k-1", "k-2") };
        var type = random.Pick("contract.signed", "contract.signed", "contract.signed", "contract.effective", "contract.effective", "contract.cancelled", "contract.renewed", "contract.ended");
        switch (type)
        {
            case "contract.signed":
                (data["product"], data["assets"], data["fee"]) = (random.Pick("wealth-1", "wealth-2"), Yuan(100, 9_000_000), Yuan(0, 90_000));
                Sometimes(50, () => data["confirm"] = true);
                break;
            case "contract.renewed":
                Sometimes(50, () => data["assets"] = Yuan(100, 9_000_000));
                break;
            case "contract.ended":
                Sometimes(70, () => data["reason"] = random.Pick("expired", "client"));
                break;
        }

        return (type, data);
    }

    private (string Type, JsonObject Data) Signal() => random.Chance(80)
        ? ("x.signal", new() { ["hot"] = random.Chance(60), ["topic"] = random.Pick("bond", "fund", "tech"), ["score"] = random.Between(0, 1_000_000) / 1_000_000m })
        : ("x.other", new() { ["note"] = "nothing", ["size"] = 1.5m });

    private string Soon(long now) => ShanghaiTime.DateOf(now + (random.Between(-1, 4) * ShanghaiTime.Day)).ToString("yyyy-MM-dd");

    private decimal Yuan(int fromFen, int toFen) => random.Between(fromFen, toFen) / 100m;

    private void Sometimes(int percent, Action then)
    {
        if (random.Chance(percent))
        {
            then();
        }
    }

    private static JsonArray List(string[] items) => new([.. items.Select(item => JsonValue.Create(item))]);
}
