using System.Collections.Frozen;

namespace Engagement.Domain.Desks;

/// <summary>The life of a prompt: <c>(prompt, action) → prompt or refusal</c>. Pure; the engine's instant is an argument.</summary>
public static class PromptDecider
{
    public const long UndoMsMax = 10_000;

    /// <summary>Names of the actions.</summary>
    public static readonly FrozenSet<string> Actions = new[] { "seen", "accept", "dismiss", "snooze", "done", "undo" }.ToFrozenSet();

    /// <summary>Decides an action. Exactly one of the results is set.</summary>
    /// <param name="permitted">False: consent, suitability or status ended while the prompt was not live; undo brings back no such prompt.</param>
    public static (Prompt? Prompt, ActionRefusal? Refusal) Act(Prompt prompt, PromptAction action, string by, long nowMs, bool permitted = true)
    {
        switch (action.Action)
        {
            case "seen":
                return prompt.State switch
                {
                    PromptState.Open => Next(PromptState.Seen),
                    // Seeing again what was seen is no mistake of anybody.
                    PromptState.Seen => (prompt, null),
                    _ => Refuse(),
                };
            case "accept":
                return prompt.State switch
                {
                    PromptState.Open or PromptState.Seen or PromptState.Snoozed => Next(PromptState.Accepted),
                    PromptState.Accepted when prompt.By != by => (null, new(ActionRefusal.Taken, $"the prompt was taken by {prompt.By}")),
                    _ => Refuse(),
                };
            case "dismiss":
                return prompt.IsLive ? Next(PromptState.Dismissed, note: action.Reason) : Refuse();
            case "snooze":
                if (action.UntilMs is not { } until || until <= nowMs || until > prompt.ExpiresMs)
                {
                    return (null, new(ActionRefusal.SnoozeInvalid, "until must lie after now and not beyond expiresAt"));
                }

                return prompt.State is PromptState.Open or PromptState.Seen or PromptState.Snoozed ? Next(PromptState.Snoozed, until: until) : Refuse();
            case "done":
                return prompt.State == PromptState.Accepted ? Next(PromptState.Done, note: action.Outcome) : Refuse();
            case "undo":
                if (prompt.Undo is not { } back || prompt.By != by || nowMs - back.ActedMs > UndoMsMax
                    || prompt.State == PromptState.Withdrawn)
                {
                    return Refuse();
                }

                var undone = prompt with { State = back.State, By = back.By, SnoozedUntilMs = back.SnoozedUntilMs, Note = back.Note, Undo = null };
                undone = OnTime(undone, nowMs);
                return (undone.IsLive && !permitted ? undone with { State = PromptState.Withdrawn } : undone, null);
            default:
                return (null, new(ActionRefusal.ActionInvalid, "action must be one of seen, accept, dismiss, snooze, done, undo"));
        }

        (Prompt?, ActionRefusal?) Next(PromptState state, long? until = null, string? note = null) =>
            (prompt with
            {
                State = state,
                By = by,
                SnoozedUntilMs = until,
                Note = note,
                Undo = new(prompt.State, prompt.By, prompt.SnoozedUntilMs, prompt.Note, nowMs),
            }, null);

        (Prompt?, ActionRefusal?) Refuse() =>
            (null, new(ActionRefusal.State, $"{action.Action} is not possible while the prompt is {prompt.State.ToString().ToLowerInvariant()}"));
    }

    /// <summary>What time has made of a prompt: expired, or open again after a snooze.</summary>
    public static Prompt OnTime(Prompt prompt, long nowMs)
    {
        if (prompt.DueMs is not { } due || due > nowMs)
        {
            return prompt;
        }

        return prompt.ExpiresMs <= nowMs
            ? prompt with { State = PromptState.Expired, SnoozedUntilMs = null }
            : prompt with { State = PromptState.Open, SnoozedUntilMs = null, Undo = null };
    }
}
