namespace Engagement.Gateway.Tests;

/// <summary>Events that must be refused, each with the code of its refusal.</summary>
public static class BadEvents
{
    private const string Trade = """{"symbol":"600519","side":"buy","quantity":100,"price":10,"product":"stock","commission":1}""";

    public static TheoryData<string, string> Rows() => new()
    {
        { """{"specversion":"1.0","id":"t-1",""", "event.json.invalid" },
        { "[]", "event.json.invalid" },
        { Made(data: """{"quantity":NaN}"""), "event.json.invalid" },
        { Made().Replace("\"1.0\"", "1.0", StringComparison.Ordinal), "event.attribute.invalid" },
        { Made().Replace("\"1.0\"", "\"0.3\"", StringComparison.Ordinal), "event.attribute.invalid" },
        { Made().Replace("\"subject\"", "\"subjet\"", StringComparison.Ordinal), "event.attribute.missing" },
        { Made(time: "2026-03-02T02:00:00"), "event.attribute.invalid" },
        { Made(type: "trade.executes"), "event.type.unknown" },
        { Made(time: "2026-03-02T02:05:00.001Z"), "event.time.future" },
        { Made(time: "2023-12-23T01:59:59.999Z"), "event.time.past" },
        { Made(data: Trade.Replace("\"price\":10", "\"price\":-10", StringComparison.Ordinal)), "event.data.invalid" },
        { Made(data: Trade.Replace("\"price\":10", "\"price\":0", StringComparison.Ordinal)), "event.data.invalid" },
        { Made(data: Trade.Replace("\"price\":10", "\"price\":\"10\"", StringComparison.Ordinal)), "event.data.invalid" },
        { Made(data: Trade.Replace("\"price\":10", "\"price\":1e400", StringComparison.Ordinal)), "event.data.invalid" },
        { Made(data: Trade.Replace("\"price\":10", "\"price\":1.23456", StringComparison.Ordinal)), "event.data.invalid" },
        { Made(data: Trade.Replace("buy", "borrow", StringComparison.Ordinal)), "event.data.invalid" },
        { Made(type: "profile.changed", data: """{"addTags":["tel 13912345678"]}"""), "event.data.invalid" },
        { Made(type: "profile.changed", data: """{"tags":["11010519491231002X"]}"""), "event.data.invalid" },
        { Made(type: "x.note", data: """{"a":{"nested":1}}"""), "event.data.invalid" },
        { Made(type: "x.note", data: "{\"a\":" + new string('[', 100) + new string(']', 100) + "}"), "event.too.deep" },
        { Made(type: "x.note", data: "{\"a\":\"" + new string('y', 33 * 1024) + "\"}"), "event.too.large" },
        { Made(type: "x.note", data: "{\"a\":\"\\ud800\"}"), "event.data.invalid" },
        { Made(type: "x.note", data: "{\"\\ud800\":1}"), "event.json.invalid" },
        { Made(type: "x.\\udc00"), "event.attribute.invalid" },
        { Made(type: "x.note", data: """{"a":"call 13912345678"}"""), "event.data.invalid" },
        { Made(type: "x.note", data: """{"a":null}"""), "event.data.invalid" },
        { Made(type: "x.note", data: """{"a":1e999}"""), "event.data.invalid" },
        { Made(type: "x.note", data: "5"), "event.data.invalid" },
        { Made(type: "x.note", data: "null"), "event.data.invalid" },
        { Made(type: "x.note", data: "{\"a\":01}"), "event.json.invalid" },
        { Made(type: "x.note", data: "{\"a\":1}}"), "event.json.invalid" },
        { Made(type: "x."), "event.type.unknown" },
        { Made(type: "profile.changed", data: """{"tags":["13912345678"],"tags":["good"]}"""), "event.json.invalid" },
        { Made(type: "profile.changed", data: """{"tags":"vip"}"""), "event.data.invalid" },
        { Made(type: "profile.changed", data: """{"removeTags":[7]}"""), "event.data.invalid" },
        { Made(type: "profile.changed", data: """{"birthDate":"1990-02-30"}"""), "event.data.invalid" },
        { Made(type: "account.opened", data: """{"channel":"online"}"""), "event.data.invalid" },
        { Made(type: "consent.changed", data: """{"channel":"fax","granted":true}"""), "event.data.invalid" },
        { Made(type: "consent.changed", data: """{"channel":"sms","granted":"yes"}"""), "event.data.invalid" },
        { Made(type: "risk.assessed", data: """{"level":6,"validUntil":"2027-01-01"}"""), "event.data.invalid" },
        { Made(type: "assets.valued", data: """{"total":1.001}"""), "event.data.invalid" },
        { Made(type: "assets.valued", data: """{"total":1,"asOf":"2026-03-02T02:05:00.001Z"}"""), "event.time.future" },
        { Made(type: "assets.valued", data: """{"total":1,"asOf":"2020-01-01T00:00:00Z"}"""), "event.time.past" },
        { Made(type: "holdings.valued", data: """{"positions":[]}"""), "event.data.invalid" },
        { Made(type: "fee.charged", data: """{"amount":0}"""), "event.data.invalid" },
        { Made(type: "status.changed", data: """{"status":"asleep"}"""), "event.data.invalid" },
        { Made().Replace("\"id\":\"bad\"", "\"id\":\"bad\",\"id\":\"worse\"", StringComparison.Ordinal), "event.json.invalid" },
        { Made().Replace("\"id\":\"bad\"", "\"id\":7", StringComparison.Ordinal), "event.attribute.invalid" },
        { Made().Replace("\"id\":\"bad\"", "\"id\":\"\"", StringComparison.Ordinal), "event.attribute.invalid" },
        { Made().Replace("\"id\":\"bad\"", "\"id\":\"a\\u0000b\"", StringComparison.Ordinal), "event.attribute.invalid" },
        { Made().Replace("\"id\":\"bad\"", "\"id\":\"" + new string('i', 65) + "\"", StringComparison.Ordinal), "event.attribute.invalid" },
        { Made().Replace("c-bad", "c bad", StringComparison.Ordinal), "event.attribute.invalid" },
        { Made().Replace("c-bad", "\\ud83d", StringComparison.Ordinal), "event.attribute.invalid" },
        { Made().Replace("\"data\"", "\"date\"", StringComparison.Ordinal), "event.attribute.missing" },
        { Made(time: "9999-12-31T23:59:59Z"), "event.time.future" },
        { Made(time: "2026-02-30T00:00:00Z"), "event.attribute.invalid" },
        { "\uFEFF" + Made(type: "app.active", data: "{}"), "event.json.invalid" },
        { "null", "event.json.invalid" },
        { "nonsense", "event.json.invalid" },
    };

    private static string Made(string type = "trade.executed", string data = Trade, string time = Engine.Now) =>
        $$"""{"specversion":"1.0","id":"bad","source":"test","type":"{{type}}","subject":"c-bad","time":"{{time}}","data":{{data}}}""";
}
