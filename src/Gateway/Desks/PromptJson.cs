using Engagement.Domain;
using Engagement.Domain.Desks;
using Engagement.Domain.Language;
using Engagement.Domain.Segments;

namespace Engagement.Gateway.Desks;

/// <summary>A prompt as the API and the hub show it.</summary>
public sealed record PromptJson(
    string Id, long Seq, string Campaign, Localized CampaignName, string Client, string Desk, int Priority, decimal Value, Localized Message,
    IReadOnlyList<Reason> Because, string RaisedAt, string ExpiresAt, string State, string? By, string? SnoozedUntil, string? Note, string? Licence, OnBehalf? OnBehalf)
{
    public static PromptJson Of(Prompt prompt) => new(
        prompt.Id, prompt.Seq, prompt.Campaign, prompt.CampaignName, prompt.Client, prompt.Desk, prompt.Priority, prompt.Value, prompt.Message,
        prompt.Because, Rfc3339.Format(prompt.RaisedMs), Rfc3339.Format(prompt.ExpiresMs), StateName(prompt.State), prompt.By,
        prompt.SnoozedUntilMs is { } until ? Rfc3339.Format(until) : null, prompt.Note, prompt.Licence, prompt.OnBehalf);

    public static string StateName(PromptState state) => state.ToString().ToLowerInvariant();

    public static bool TryParseState(string? text, out PromptState state) =>
        Enum.TryParse(text, ignoreCase: true, out state) && text is not null && text == StateName(state);
}

/// <summary>An action as the API and the hub take it.</summary>
public sealed record ActionJson(string? ActionId, string? Action, string? Reason, string? Until, string? Outcome)
{
    private const int TextMax = 1_000;

    /// <returns>Null where it is not well made, with the reason.</returns>
    public PromptAction? Read(out ActionRefusal? refusal)
    {
        refusal = null;
        long? until = null;
        if (ActionId is null || !Ids.IsValid(ActionId))
        {
            refusal = new(ActionRefusal.ActionInvalid, "actionId must be 1 to 64 characters of A-Z a-z 0-9 . _ : -");
        }
        else if (Reason?.Length > TextMax || Outcome?.Length > TextMax)
        {
            refusal = new(ActionRefusal.ActionInvalid, $"reason and outcome have at most {TextMax} characters");
        }
        else if (Until is not null)
        {
            if (Rfc3339.TryParse(Until, out var ms))
            {
                until = ms;
            }
            else
            {
                refusal = new(ActionRefusal.SnoozeInvalid, "until must be an RFC 3339 timestamp with a zone");
            }
        }

        return refusal is null ? new(ActionId!, Action ?? "", Reason, until, Outcome) : null;
    }
}
