using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Engagement.Gateway.Security;

/// <summary>Whose tokens count. Bound to <c>Engagement:Auth</c>, validated at start.</summary>
public sealed class AuthOptions
{
    public const string Section = "Engagement:Auth";

    /// <summary>Address of the OpenID Connect authority, under which its keys are found. Needed in Production.</summary>
    [Required, Url]
    public string? Authority { get; set; }

    /// <summary>For whom a token must be made. Default: <c>engagement</c>.</summary>
    [Required]
    public string Audience { get; set; } = "engagement";

    /// <summary>Must the authority's keys be read over https? Default: yes.</summary>
    public bool RequireHttps { get; set; } = true;

    /// <summary>Outside Production, in place of an authority: a folder whose <c>token.key</c> signs, shared by all gateways; it is made if it is not there.</summary>
    public string? KeyFolder { get; set; }
}

[OptionsValidator]
internal sealed partial class AuthOptionsValidator : IValidateOptions<AuthOptions>;
