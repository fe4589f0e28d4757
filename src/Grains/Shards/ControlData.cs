using System.Text.Json;

namespace Engagement.Grains.Shards;

/// <summary>The fields of the engine's own records, as JSON like every record's.</summary>
internal static class ControlData
{
    public static byte[] Version(int version) => JsonSerializer.SerializeToUtf8Bytes(new { version });

    public static byte[] Granted(string branch, string advisor, long asked) => JsonSerializer.SerializeToUtf8Bytes(new { branch, advisor, asked });

    public static byte[] Acted(string prompt, string state, string action, string by, string desk, long at) =>
        JsonSerializer.SerializeToUtf8Bytes(new { prompt, state, action, by, desk, at });

    public static int ReadVersion(byte[] data)
    {
        using var document = JsonDocument.Parse(data);
        return document.RootElement.GetProperty("version").GetInt32();
    }
}
