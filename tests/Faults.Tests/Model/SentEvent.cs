using System.Text.Json.Nodes;

namespace Engagement.Faults.Tests.Model;

/// <summary>One CloudEvent as the stream makes it: <paramref name="TimeText"/> goes over the wire, <paramref name="Time"/> is the millisecond that it stands for.</summary>
internal sealed record SentEvent(string Source, string Id, string Type, string Client, long Time, string TimeText, JsonObject Data)
{
    public bool Has(string name) => Data.ContainsKey(name);

    public string Text(string name) => (string)Data[name]!;

    public decimal Number(string name) => (decimal)Data[name]!;

    public bool Flag(string name) => (bool?)Data[name] ?? false;

    public DateOnly Date(string name) => DateOnly.Parse(Text(name));

    public IEnumerable<string> Texts(string name) => Data[name]!.AsArray().Select(item => (string)item!);

    /// <summary>Money in fen; the stream writes at most two decimals.</summary>
    public long Fen(string name) => (long)(Number(name) * 100);

    public JsonObject ToJson() => new()
    {
        ["specversion"] = "1.0",
        ["id"] = Id,
        ["source"] = Source,
        ["type"] = Type,
        ["subject"] = Client,
        ["time"] = TimeText,
        ["data"] = Data.DeepClone(),
    };
}
