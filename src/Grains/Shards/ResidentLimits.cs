namespace Engagement.Grains.Shards;

/// <summary>How many clients a shard keeps ready to work, and how many in memory at all.</summary>
internal readonly record struct ResidentLimits(int Awake, int Resident);
