using Engagement.Domain.Clients;
using Engagement.Domain.Documents;

namespace Engagement.Domain.Campaigns;

/// <summary>The channels that documents may name.</summary>
internal static class Channels
{
    /// <summary>Those that a client consents to.</summary>
    public static readonly ReadValue<string> Consent = Values.Word([.. EventTypes.Channels]);

    /// <summary>Those that a mandate opens for headquarters.</summary>
    public static readonly ReadValue<string> Mandate = Values.Word("assistant", "wecom", "desk", "phone", "sms", "app");
}
