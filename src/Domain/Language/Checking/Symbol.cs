namespace Engagement.Domain.Language.Checking;

/// <summary>The fields of <c>client</c>. The texts and the lists stand in the order of <see cref="ClientText"/> and <see cref="ClientList"/>.</summary>
internal enum ClientField { Id, Outlet, Branch, Advisor, Channel, Tier, Status, Assets, Age, Risk, RiskValid, Opened, Tags, Consents, Contracts, Holdings }

/// <summary>What a name means.</summary>
internal abstract record Symbol
{
    /// <summary>The variable of a macro.</summary>
    public sealed record Local(int Slot) : Symbol;

    /// <summary>A free variable, bound by the caller.</summary>
    public sealed record Free(string Name) : Symbol;

    public sealed record Now : Symbol;

    public sealed record Client(ClientField Field) : Symbol;

    public sealed record EventType : Symbol;

    public sealed record EventTime : Symbol;

    public sealed record EventData : Symbol;

    /// <summary><c>event.data.NAME</c>, of a kind that the event's type fixes, or null.</summary>
    public sealed record EventField(string Name, CelKind? Kind) : Symbol;

    public sealed record Segment(int Index) : Symbol;

    public sealed record Metric(int Index, MetricFunction Function, Window Window) : Symbol;
}
