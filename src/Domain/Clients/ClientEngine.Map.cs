using System.Runtime.InteropServices;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Map;
using Engagement.Domain.Organisation;

namespace Engagement.Domain.Clients;

/// <content>What a record adds to the map.</content>
public sealed partial class ClientEngine
{
    private static readonly string NoDesk = DeskId.None.ToString();

    /// <summary>What he has now.</summary>
    /// <param name="openUntil">Takes when each of his open prompts expires; the result has none.</param>
    private ClientGauges Gauges(long nowMs, List<long> openUntil)
    {
        var (contracts, signed) = (0, 0L);
        foreach (var contract in State.Contracts)
        {
            if (contract.Running)
            {
                (contracts, signed) = (contracts + 1, signed + contract.AssetsFen);
            }
        }

        foreach (var prompt in State.Contacts.Prompts)
        {
            // On no desk nobody has them open any more.
            if (!prompt.Accepted && !prompt.Ended && prompt.ExpiresMs > nowMs && State.Assignment.Desk != NoDesk)
            {
                openUntil.Add(prompt.ExpiresMs);
            }
        }

        return new(new(State.Outlet, State.Assignment.Advisor ?? ""), State.Events > 0 ? 1 : 0, contracts, signed, []);
    }

    private ClientCounts Counts(LogRecord record, Step step, in ClientGauges before, bool accountOpened)
    {
        var after = Gauges(step.NowMs, step.OpenAfter);
        var same = before.Leaf == after.Leaf && before.Clients == after.Clients && before.Contracts == after.Contracts && before.SignedFen == after.SignedFen
            && CollectionsMarshal.AsSpan(step.OpenBefore).SequenceEqual(CollectionsMarshal.AsSpan(step.OpenAfter));
        var raised = 0;
        foreach (var decision in step.Decisions)
        {
            raised += decision.Outcome == Outcomes.Raised ? 1 : 0;
        }

        return new(
            after.Leaf, Math.Min(record.TimeMs, record.AtMs), record.AtMs, record.Kind == RecordKind.Event ? 1 : 0, accountOpened ? 1 : 0,
            raised, step.Accepted, step.Conversions, step.NetInflowFen,
            same ? null : new(before with { OpenUntilMs = [.. step.OpenBefore] }, after with { OpenUntilMs = [.. step.OpenAfter] }));
    }
}
