namespace Engagement.Contracts.Streams;

/// <summary>The two stream providers. Each one's streams are in a namespace of the same name.</summary>
public static class StreamNames
{
    /// <summary>One stream a shard, keyed by its number, of <see cref="StreamedEvent"/>: for producers inside the Orleans world. Not durable before the shard has appended.</summary>
    public const string Events = "events";

    /// <summary>One stream a branch, keyed by its id, of <see cref="EngagementChange"/>: what was committed. May miss something; the tables do not.</summary>
    public const string Engagement = "engagement";
}
