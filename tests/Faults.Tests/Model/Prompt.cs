namespace Engagement.Faults.Tests.Model;

internal sealed class Decision(Campaign campaign, string trigger, long at, string outcome)
{
    public Campaign Campaign { get; } = campaign;
    public string Trigger { get; } = trigger;
    public long At { get; } = at;
    public string Outcome { get; set; } = outcome;

    /// <summary>The first outcome, by which the cooldown goes.</summary>
    public string Made { get; } = outcome;

    /// <summary>Fixed when the decision is made; raised as it stands, at once or when the window opens.</summary>
    public required Prompt Draft { get; init; }
}

/// <summary>A prompt and its life (page 3, "Prompts").</summary>
internal sealed class Prompt
{
    public required string Campaign { get; init; }
    public required string Client { get; init; }
    public required int Priority { get; init; }
    public required double Value { get; init; }
    public required string Message { get; init; }
    public string Desk { get; set; } = "";
    public long RaisedAt { get; set; }
    public long ExpiresAt { get; set; }

    /// <summary>What the campaign asked for when it was raised: by this it may be withdrawn.</summary>
    public string? Channel { get; set; }
    public int Risk { get; set; }

    /// <summary>As it stood when something last happened to it; what time makes of it is <see cref="StateAt"/>.</summary>
    public string State { get; private set; } = "open";
    public string By { get; private set; } = "";
    public long SnoozedUntil { get; private set; }

    /// <summary>The permission ended at some time after it was raised: never live again.</summary>
    public bool Barred { get; private set; }

    /// <summary>What <c>undo</c> goes back to.</summary>
    private (string State, string By, long SnoozedUntil, long ActedAt)? _before;

    public bool IsLiveAt(long now) => StateAt(now) is "open" or "seen" or "snoozed" or "accepted";

    public string StateAt(long now) => State switch
    {
        "open" or "seen" or "snoozed" when ExpiresAt <= now => "expired",
        "snoozed" when SnoozedUntil <= now => "open",
        _ => State,
    };

    public void Bar(long now)
    {
        State = IsLiveAt(now) ? "withdrawn" : StateAt(now);
        Barred = true;
    }

    public void MoveTo(string desk)
    {
        // Who acted there may not be one who acts here: what he did stands.
        _before = desk == Desk ? _before : null;
        Desk = desk;
    }

    /// <summary>The stable code of a refusal; null: done.</summary>
    public string? Act(string action, string by, long now, long until)
    {
        var state = StateAt(now);
        if (state == "open" && State == "snoozed")
        {
            // The snooze has run out: there is nothing left to undo.
            (State, _before) = ("open", null);
        }

        switch (action)
        {
            case "seen" when state == "seen":
                return null;
            case "seen" when state == "open":
                return Become("seen", by, now);
            case "accept" when state is "open" or "seen" or "snoozed":
                return Become("accepted", by, now);
            case "accept" when state == "accepted" && By != by:
                return "prompt.taken";
            case "dismiss" when IsLiveAt(now):
                return Become("dismissed", by, now);
            case "snooze" when until <= now || until > ExpiresAt:
                return "prompt.snooze.invalid";
            case "snooze" when state is "open" or "seen" or "snoozed":
                return Become("snoozed", by, now, until);
            case "done" when state == "accepted":
                return Become("done", by, now);
            case "undo" when _before is { } before && By == by && now - before.ActedAt <= 10 * ShanghaiTime.Second && state != "withdrawn":
                (State, By, SnoozedUntil, _) = before;
                _before = null;
                if (Barred && IsLiveAt(now))
                {
                    State = "withdrawn";
                }

                return null;
            default:
                return "prompt.state";
        }
    }

    private string? Become(string state, string by, long now, long until = 0)
    {
        _before = (StateAt(now), By, SnoozedUntil, now);
        (State, By, SnoozedUntil) = (state, by, until);
        return null;
    }
}
