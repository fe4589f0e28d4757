using System.Collections.Immutable;
using Engagement.Domain.Language;
using Engagement.Domain.Organisation;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Desks;

public enum PromptState : byte { Open, Seen, Accepted, Snoozed, Done, Dismissed, Expired, Withdrawn }

/// <summary>
/// A decision that was raised, on a desk. Immutable: a change makes a new value. Its id is the decision's.
/// </summary>
/// <param name="Seq">The desk's sequence number of the prompt's last change there.</param>
/// <param name="By">Who acted last.</param>
/// <param name="Undo">What <c>undo</c> goes back to; null: nothing to undo.</param>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("prompt")]
public sealed record Prompt(
    [property: Orleans.Id(0)] string Id,
    [property: Orleans.Id(1)] long Seq,
    [property: Orleans.Id(2)] string Campaign,
    [property: Orleans.Id(3)] Localized CampaignName,
    [property: Orleans.Id(4)] string Client,
    [property: Orleans.Id(5)] string Desk,
    [property: Orleans.Id(6)] int Priority,
    [property: Orleans.Id(7)] decimal Value,
    [property: Orleans.Id(8)] Localized Message,
    [property: Orleans.Id(9)] ImmutableArray<Reason> Because,
    [property: Orleans.Id(10)] long RaisedMs,
    [property: Orleans.Id(11)] long ExpiresMs,
    [property: Orleans.Id(12)] PromptState State,
    [property: Orleans.Id(13)] string? By,
    [property: Orleans.Id(14)] long? SnoozedUntilMs,
    [property: Orleans.Id(15)] string? Note,
    [property: Orleans.Id(16)] UndoPoint? Undo)
{
    /// <summary>The client's outlet, as far as rights need it: it is kept up to date on <c>hq</c> only.</summary>
    [Orleans.Id(17)]
    public string? Outlet { get; init; }

    /// <summary>For what a mandate has the client on <c>hq</c>; null on other desks, and where a desk did not know.</summary>
    [Orleans.Id(18)]
    public MandateScope? HqFor { get; init; }

    /// <summary>What the offer asks for of whoever acts on it.</summary>
    [Orleans.Id(19)]
    public string? Licence { get; init; }

    /// <summary>On whose behalf, and under which mandate, headquarters acted last; null where it did not.</summary>
    [Orleans.Id(20)]
    public OnBehalf? OnBehalf { get; init; }

    public bool IsLive => State is PromptState.Open or PromptState.Seen or PromptState.Snoozed or PromptState.Accepted;

    /// <summary>When time alone changes the prompt next; null: never.</summary>
    public long? DueMs => State switch
    {
        PromptState.Snoozed => Math.Min(SnoozedUntilMs ?? ExpiresMs, ExpiresMs),
        PromptState.Open or PromptState.Seen => ExpiresMs,
        _ => null,
    };

    /// <summary>The order of a desk's list: priority, expected value, age, id.</summary>
    public static readonly IComparer<Prompt> ByRank = Comparer<Prompt>.Create((a, b) =>
    {
        var order = b.Priority.CompareTo(a.Priority);
        order = order != 0 ? order : b.Value.CompareTo(a.Value);
        order = order != 0 ? order : a.RaisedMs.CompareTo(b.RaisedMs);
        return order != 0 ? order : string.CompareOrdinal(a.Id, b.Id);
    });
}

/// <summary>Headquarters acts for a branch, under a mandate of the branch.</summary>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("on-behalf")]
public sealed record OnBehalf([property: Orleans.Id(0)] string Branch, [property: Orleans.Id(1)] string Mandate);

/// <summary>What a prompt was before the last action.</summary>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("undo-point")]
public sealed record UndoPoint(
    [property: Orleans.Id(0)] PromptState State,
    [property: Orleans.Id(1)] string? By,
    [property: Orleans.Id(2)] long? SnoozedUntilMs,
    [property: Orleans.Id(3)] string? Note,
    [property: Orleans.Id(4)] long ActedMs);

/// <summary>What somebody does to a prompt.</summary>
/// <param name="ActionId">Made by whoever acts: sent twice it happens once.</param>
/// <param name="Action"><c>seen</c>, <c>accept</c>, <c>dismiss</c>, <c>snooze</c>, <c>done</c> or <c>undo</c>.</param>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("prompt-action")]
public sealed record PromptAction(
    [property: Orleans.Id(0)] string ActionId,
    [property: Orleans.Id(1)] string Action,
    [property: Orleans.Id(2)] string? Reason,
    [property: Orleans.Id(3)] long? UntilMs,
    [property: Orleans.Id(4)] string? Outcome);

/// <summary>Why an action was refused.</summary>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("action-refusal")]
public sealed record ActionRefusal([property: Orleans.Id(0)] string Code, [property: Orleans.Id(1)] string Detail)
{
    public const string Taken = "prompt.taken";
    public const string State = "prompt.state";
    public const string Unknown = "prompt.unknown";
    public const string ActionInvalid = "prompt.action.invalid";
    public const string SnoozeInvalid = "prompt.snooze.invalid";
}
