using System.Text;
using System.Text.Unicode;
using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;

namespace Engagement.Contracts.Shards;

/// <summary>Events as they were sent, read and checked one by one: the same for every way in.</summary>
public sealed class EventIntake
{
    private readonly Dictionary<int, List<IncomingEvent>> byShard = [];
    private readonly List<RefusedEvent> refused = [];
    private readonly IReadOnlyList<ReadOnlyMemory<byte>> raw;
    private readonly long nowMs;

    /// <param name="raw">Each a CloudEvent in JSON, or meant to be one.</param>
    /// <param name="nowMs">The engine's clock.</param>
    public EventIntake(IReadOnlyList<ReadOnlyMemory<byte>> raw, long nowMs, ShardMap shards)
    {
        (this.raw, this.nowMs) = (raw, nowMs);
        for (var i = 0; i < raw.Count; i++)
        {
            if (EventReader.TryRead(raw[i], nowMs, out var id, out var read) is { } bad)
            {
                refused.Add(new(i, id, bad));
                continue;
            }

            var shard = shards.ShardOf(read!.Client);
            if (!byShard.TryGetValue(shard, out var events))
            {
                byShard.Add(shard, events = []);
            }

            events.Add(read);
        }
    }

    /// <summary>Good events, of each shard in the order in which they were sent.</summary>
    public IReadOnlyDictionary<int, List<IncomingEvent>> ByShard => byShard;

    public IReadOnlyList<RefusedEvent> Refused => refused;

    public int Good => raw.Count - refused.Count;

    public List<DeadLetter> DeadLetters() =>
        refused.ConvertAll(r => new DeadLetter(0, nowMs, r.Index, r.Id?.Replace('\0', '\uFFFD'), r.Refusal.Code, r.Refusal.Detail, Text(raw[r.Index].Span), EventSubject.Of(raw[r.Index].Span)));

    /// <summary>At most 32 KiB of text that every database takes: bytes that are no UTF-8, and NUL, are replaced.</summary>
    private static string Text(ReadOnlySpan<byte> raw)
    {
        var text = Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, EventReader.EventBytesMax)]).Replace('\0', '\uFFFD');
        Span<byte> cut = new byte[EventReader.EventBytesMax];
        Utf8.FromUtf16(text, cut, out var characters, out _);
        return text[..characters];
    }
}

/// <param name="Index">Its place among what was sent.</param>
/// <param name="Id">Where it could be read.</param>
public sealed record RefusedEvent(int Index, string? Id, EventRefusal Refusal);
