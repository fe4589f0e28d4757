namespace Engagement.Faults.Tests.Model;

/// <summary>A campaign: what the document holds, and its expressions by hand.</summary>
internal sealed record Campaign(string Id, string Trigger, string[] Desks)
{
    public string? When { get; init; }
    public Func<Sight, bool> Matches { get; init; } = _ => true;
    public string? Value { get; init; }
    public Func<Sight, double> Worth { get; init; } = _ => 0;

    /// <summary>A JSON number or a CEL string.</summary>
    public string Priority { get; init; } = "50";
    public Func<Sight, int> Rank { get; init; } = _ => 50;
    public string Message { get; init; } = "{client.id}";
    public Func<Sight, string> Words { get; init; } = s => s.Id;
    public int Risk { get; init; }
    public string? Licence { get; init; }
    public string? Channel { get; init; }
    public int CooldownHours { get; init; }
    public int ExpiresHours { get; init; } = 48;
    public string[] Branches { get; init; } = [];
    public int Percent { get; init; } = 100;
    public string? Experiment { get; init; }
}

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
    public bool Withdrawn { get; set; }

    public string StateAt(long now) => Withdrawn ? "withdrawn" : ExpiresAt <= now ? "expired" : "open";
}
