using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Engagement.Gateway;

/// <summary>A gateway's cluster. Bound to <c>Engagement</c>, validated at start.</summary>
public sealed class ClusterGatewayOptions
{
    /// <summary>The silos' own setting. Default: <c>engagement</c>.</summary>
    [Required, StringLength(64)]
    public string Cluster { get; set; } = "engagement";

    /// <summary>Bring the tables up to date at the start? Default: yes.</summary>
    public bool Migrate { get; set; } = true;
}

[OptionsValidator]
internal sealed partial class ClusterGatewayOptionsValidator : IValidateOptions<ClusterGatewayOptions>;
