using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Engagement.Domain.Language;

namespace Engagement.Domain.Campaigns;

/// <summary>The steps of the gate, by the names that a decision's outcome has.</summary>
public static class Outcomes
{
    public const string Blocked = "blocked";
    public const string Rollout = "rollout";
    public const string Condition = "condition";
    public const string Consent = "consent";
    public const string Suitability = "suitability";
    public const string Holdout = "holdout";
    public const string Control = "control";
    public const string Cooldown = "cooldown";
    public const string Cap = "cap";
    public const string Desk = "desk";
    public const string Quiet = "quiet";
    public const string Raised = "raised";
}

/// <summary>What the gate answered to one trigger of one campaign for one client.</summary>
/// <param name="Prompt">The prompt's id where one was raised: the decision's own.</param>
/// <param name="Because">The values that decided.</param>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("decision")]
public sealed record Decision(
    [property: Orleans.Id(0)] string Id,
    [property: Orleans.Id(1)] string Client,
    [property: Orleans.Id(2)] string Campaign,
    [property: Orleans.Id(3)] string Trigger,
    [property: Orleans.Id(4)] long AtMs,
    [property: Orleans.Id(5)] string Outcome,
    [property: Orleans.Id(6)] string? Prompt,
    [property: Orleans.Id(7)] ImmutableArray<Reason> Because)
{
    /// <summary>
    /// A decision's id is a pure function of what triggered it: the client, how many of his events had been applied, the
    /// engine's instant and the campaign. None of these depends on where in the shard's log the client's records stand.
    /// </summary>
    public static string MakeId(string client, long events, long atMs, string campaign)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{client}\n{events}\n{atMs}\n{campaign}"), hash);
        return "d-" + Convert.ToHexStringLower(hash[..12]);
    }
}
