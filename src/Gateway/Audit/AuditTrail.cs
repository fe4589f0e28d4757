using Engagement.Contracts.Shards;
using Engagement.Contracts.Storage;
using Engagement.Domain.Audit;
using Engagement.Domain.Desks;
using Engagement.Domain.Organisation;
using Microsoft.Extensions.Options;

namespace Engagement.Gateway.Audit;

/// <summary>Records who saw and did what (decision 0010). What is not recorded does not happen: whoever asked is told that the engine is unavailable.</summary>
public sealed class AuditTrail(IAuditStore store, AuditKey key, ShardMap shards, TimeProvider time) : IHostedService
{
    /// <summary>Nobody of the roles: what the engine itself puts into the trail.</summary>
    private const string Engine = "engine";

    /// <summary>Records an access, before its answer goes out or it is carried out. It is durable when this returns.</summary>
    /// <param name="client">Null: it concerns no client alone.</param>
    /// <param name="target">The desk, segment or document.</param>
    /// <param name="detail">Counts and ids; nothing that somebody typed.</param>
    /// <exception cref="StoreUnavailableException">It may not be recorded.</exception>
    public Task Record(Principal who, string action, string? client = null, string? target = null, string? detail = null, OnBehalf? onBehalf = null, bool refused = false) =>
        store.Append(
            shards.ShardOf(client ?? target ?? action),
            new(time.GetUtcNow().ToUnixTimeMilliseconds(), who.Sub, who.Role.Name(), who.Node, action, refused, client, target, detail, onBehalf?.Branch, onBehalf?.Mandate),
            key);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!await store.Begin(shards.Count, key))
        {
            throw new OptionsValidationException(
                AuditOptions.Section, typeof(AuditOptions), ["Engagement:Audit:KeyFile: another key signed the audit trail, and its public half does not follow in the file."]);
        }

        // Each chain says that its key changed, and so ends with what the new one signed.
        foreach (var head in (await store.Heads()).Where(h => AuditChain.IsSignedByFormer(h, key)))
        {
            await store.Append(head.Shard, new(time.GetUtcNow().ToUnixTimeMilliseconds(), Engine, Engine, null, "audit.key", false, null, null, "key " + key.Fingerprint, null, null), key);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
