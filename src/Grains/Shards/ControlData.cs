using System.Text.Json;
using Engagement.Contracts.Shards;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Engagement.Domain.Desks;

namespace Engagement.Grains.Shards;

/// <summary>The fields of the engine's own records, as JSON like every record's.</summary>
internal static class ControlData
{
    private const long ClocksApartMsMax = 60_000;

    public static byte[] Version(int version) => JsonSerializer.SerializeToUtf8Bytes(new { version });

    public static byte[] Granted(string branch, string advisor, long asked) => JsonSerializer.SerializeToUtf8Bytes(new { branch, advisor, asked });

    public static byte[] Full(string branch, long asked) => JsonSerializer.SerializeToUtf8Bytes(new { branch, asked });

    public static byte[] Acted(string prompt, string state, string action, string by, string desk, long at, OnBehalf? onBehalf) =>
        onBehalf is null
            ? JsonSerializer.SerializeToUtf8Bytes(new { prompt, state, action, by, desk, at })
            : JsonSerializer.SerializeToUtf8Bytes(new { prompt, state, action, by, desk, at, branch = onBehalf.Branch, mandate = onBehalf.Mandate });

    /// <summary>Where a record that is sent may stand in the log already, if it was sent before.</summary>
    public static RecordSought Sought(ControlRecord record, long last)
    {
        using var document = JsonDocument.Parse(record.Data);
        return record.Kind is RecordKind.Granted or RecordKind.Full
            ? new(record.Client, last, record.Id, document.RootElement.GetProperty("asked").GetInt64(), 0)
            // The desk's clock and the shard's may be those of two machines.
            : new(record.Client, last, record.Id, 0, document.RootElement.GetProperty("at").GetInt64() - ClocksApartMsMax);
    }
}
