using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace Engagement.Silo;

/// <summary>A silo's place in its cluster. Bound to <c>Engagement</c>, validated at start.</summary>
public sealed class ClusterSiloOptions : IValidatableObject
{
    private const int LogDaysMin = 30;

    /// <summary>Silos and gateways of one name find each other in one database. Default: <c>engagement</c>.</summary>
    [Required, StringLength(64)]
    public string Cluster { get; set; } = "engagement";

    /// <summary>What this silo is called in the table of members, for whoever looks into it; a pod's name, say. Default: one is made up.</summary>
    [StringLength(253, MinimumLength = 1)]
    public string? Name { get; set; }

    /// <summary>The address under which the others reach this silo. Default: the host's own.</summary>
    public string? Address { get; set; }

    /// <summary>Port for other silos; 0: a free one. Default: 0.</summary>
    [Range(0, 65_535)]
    public int SiloPort { get; set; }

    /// <summary>Port for gateways; 0: a free one. Default: 0.</summary>
    [Range(0, 65_535)]
    public int GatewayPort { get; set; }

    /// <summary>Seconds between two looks at another silo, and for its answer. Fewer find a dead one sooner, and take one that only pauses for dead. Default: 1.</summary>
    [Range(1, 60)]
    public int ProbeSeconds { get; set; } = 1;

    /// <summary>Looks without an answer after which a silo is taken for dead; one from which something came a moment ago is given four times as long. Default: 2.</summary>
    [Range(2, 20)]
    public int ProbesMissed { get; set; } = 2;

    /// <summary>
    /// Silos that must have looked in vain before one is taken for dead. More keep one silo whose own network is at fault from ending
    /// the others, and find a dead one later where few are left. Default: 2.
    /// </summary>
    [Range(1, 3)]
    public int DeathVotes { get; set; } = 2;

    /// <summary>
    /// Days after which the log's records may be dropped, in whole parts; 0: none are. Fewer take less room, and a client's events, a
    /// replay and what a catalogue computes over the log reach back less far. Default: 0.
    /// </summary>
    [Range(0, 36_500)]
    public int LogDays { get; set; }

    /// <summary>Bring the tables up to date at the start? Default: yes.</summary>
    public bool Migrate { get; set; } = true;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Address is not null && !IPAddress.TryParse(Address, out _))
        {
            yield return new($"{nameof(Address)} must be an IP address.");
        }

        // What a late event or a repeated hand-over looks for in the log is at most days old.
        if (LogDays is > 0 and < LogDaysMin)
        {
            yield return new($"{nameof(LogDays)} must be 0, or at least {LogDaysMin}.");
        }
    }
}

[OptionsValidator]
internal sealed partial class ClusterSiloOptionsValidator : IValidateOptions<ClusterSiloOptions>;
