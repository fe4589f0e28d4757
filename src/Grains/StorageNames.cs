namespace Engagement.Grains;

/// <summary>Names of grain storage providers.</summary>
public static class StorageNames
{
    /// <summary>Low-rate grain state: documents and the clock.</summary>
    public const string Engagement = "engagement";
}
