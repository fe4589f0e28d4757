using System.Diagnostics;
using System.Text.Json;

namespace Engagement.Gateway.Tests.Map;

/// <summary>Reads the map as a screen does: what was just counted is there in a moment.</summary>
internal static class MapReading
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    public static async Task<JsonElement> Get(this Engine engine, string path)
    {
        using var answer = await engine.Auditor.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>The node once it shows what is waited for.</summary>
    public static async Task<JsonElement> When(this Engine engine, string path, Func<JsonElement, bool> shows)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var read = await engine.Get(path);
            if (shows(read))
            {
                return read;
            }

            Assert.True(waited.Elapsed < Patience, $"{path} still shows {read}");
            await Task.Delay(LookEvery);
        }
    }

    public static bool IsKnown(JsonElement node) => node.TryGetProperty("measures", out _);

    public static decimal Of(this JsonElement node, string measure) => node.GetProperty("measures").GetProperty(measure).GetDecimal();

    public static JsonElement Child(this JsonElement node, string child) => node.GetProperty("children").EnumerateArray().Single(c => c.GetProperty("node").GetString() == child);
}
