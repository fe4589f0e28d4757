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
    public bool OnPublish { get; init; }
}
