namespace Engagement.Grains;

/// <summary>Names of grain storage providers.</summary>
public static class StorageNames
{
    /// <summary>Low-rate grain state: documents and the clock.</summary>
    public const string Engagement = "engagement";

    /// <summary>Who subscribes to which stream. The name is Orleans' own.</summary>
    public const string Subscriptions = "PubSubStore";
}
