using Engagement.Domain.Campaigns;

namespace Engagement.Domain.Clients;

/// <summary>What follows from the record that is being applied. One a thread is used again and again: nothing of it outlives the record.</summary>
internal sealed class Step
{
    [ThreadStatic]
    private static Step? mine;

    private Step()
    {
    }

    public long NowMs { get; private set; }

    public MessageList Messages { get; } = new();

    public List<MembershipChange> Memberships { get; } = [];

    public List<Decision> Decisions { get; } = [];

    /// <summary>Campaigns that the record triggers.</summary>
    public List<Campaign> Triggered { get; } = [];

    /// <summary>Indices of the segments that changed in the evaluation under way.</summary>
    public List<int> Changes { get; } = [];

    public int Evaluated { get; set; }

    public int Failed { get; set; }

    public long NetInflowFen { get; set; }

    public int Accepted { get; set; }

    public int Conversions { get; set; }

    /// <summary>When the prompts expire that were open before the record.</summary>
    public List<long> OpenBefore { get; } = [];

    public List<long> OpenAfter { get; } = [];

    public static Step Begin(long position, long nowMs)
    {
        var step = mine ??= new();
        step.NowMs = nowMs;
        step.Messages.Begin(position, nowMs);
        step.Memberships.Clear();
        step.Decisions.Clear();
        step.Triggered.Clear();
        step.Changes.Clear();
        (step.Evaluated, step.Failed, step.NetInflowFen, step.Accepted, step.Conversions) = (0, 0, 0, 0, 0);
        step.OpenBefore.Clear();
        step.OpenAfter.Clear();
        return step;
    }
}
