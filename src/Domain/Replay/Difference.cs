namespace Engagement.Domain.Replay;

/// <summary>Where what is stored is not what the log says.</summary>
/// <param name="Client">Empty where it concerns a shard or the whole store.</param>
/// <param name="Position">Of the record in the shard's log after which it shows; 0: of none.</param>
/// <param name="What">What differs, in words.</param>
/// <param name="Expected">What the log says.</param>
/// <param name="Found">What is stored.</param>
public sealed record Difference(int Shard, string Client, long Position, string What, string Expected, string Found)
{
    public const string None = "none";

    public override string ToString() =>
        (Client.Length > 0 ? $"client {Client}, " : "") + (Position > 0 ? $"position {Position} of shard {Shard}: " : Shard >= 0 ? $"shard {Shard}: " : "")
        + $"{What}: expected {Expected}, found {Found}.";
}
