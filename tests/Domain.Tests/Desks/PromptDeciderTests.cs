using Engagement.Domain.Desks;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Tests.Desks;

public sealed class PromptDeciderTests
{
    private const long Now = 1_000_000;

    /// <summary>State to what each action makes of it; a code where it is refused.</summary>
    [Theory]
    [InlineData(PromptState.Open, "Seen Accepted Dismissed Snoozed prompt.state")]
    [InlineData(PromptState.Seen, "Seen Accepted Dismissed Snoozed prompt.state")]
    [InlineData(PromptState.Snoozed, "prompt.state Accepted Dismissed Snoozed prompt.state")]
    [InlineData(PromptState.Accepted, "prompt.state prompt.state Dismissed prompt.state Done")]
    [InlineData(PromptState.Done, "prompt.state prompt.state prompt.state prompt.state prompt.state")]
    [InlineData(PromptState.Dismissed, "prompt.state prompt.state prompt.state prompt.state prompt.state")]
    [InlineData(PromptState.Expired, "prompt.state prompt.state prompt.state prompt.state prompt.state")]
    [InlineData(PromptState.Withdrawn, "prompt.state prompt.state prompt.state prompt.state prompt.state")]
    public void Prompt_InAState_TakesTheseActions(PromptState state, string expected) => Assert.Equal(
        expected,
        string.Join(' ', ((string[])["seen", "accept", "dismiss", "snooze", "done"]).Select(a => Outcome(PromptDecider.Act(Made(state), Do(a), "a", Now)))));

    [Fact]
    public void Accept_OfAnothersPrompt_IsTaken() => Assert.Equal("prompt.taken", Outcome(PromptDecider.Act(Made(PromptState.Accepted), Do("accept"), "b", Now)));

    [Theory]
    [InlineData("a", 10_000, "Open")]
    [InlineData("a", 10_001, "prompt.state")]
    [InlineData("b", 0, "prompt.state")]
    public void Undo_ByWhoAndWhen_IsForTheActorWithinTenSeconds(string by, long laterMs, string expected)
    {
        var accepted = PromptDecider.Act(Made(PromptState.Open), Do("accept"), "a", Now).Prompt!;
        Assert.Equal(expected, Outcome(PromptDecider.Act(accepted, Do("undo"), by, Now + laterMs)));
    }

    [Fact]
    public void Undo_AfterTheExpiry_GivesExpired()
    {
        var accepted = PromptDecider.Act(Made(PromptState.Open) with { ExpiresMs = Now + 1 }, Do("accept"), "a", Now).Prompt!;
        Assert.Equal("Expired", Outcome(PromptDecider.Act(accepted, Do("undo"), "a", Now + 1)));
    }

    [Fact]
    public void Undo_OfWhatHasExpiredItself_GivesExpired()
    {
        var seen = PromptDecider.Act(Made(PromptState.Open) with { ExpiresMs = Now + 1 }, Do("seen"), "a", Now).Prompt!;
        Assert.Equal("Expired", Outcome(PromptDecider.Act(PromptDecider.OnTime(seen, Now + 1), Do("undo"), "a", Now + 2)));
    }

    [Theory]
    [InlineData(true, "Open")]
    [InlineData(false, "Withdrawn")]
    public void Undo_WhenThePermissionHasEnded_BringsNothingBackToLife(bool permitted, string expected)
    {
        var dismissed = PromptDecider.Act(Made(PromptState.Open), Do("dismiss"), "a", Now).Prompt!;
        Assert.Equal(expected, Outcome(PromptDecider.Act(dismissed, Do("undo"), "a", Now + 1, permitted)));
    }

    [Theory]
    [InlineData(Now, "prompt.snooze.invalid")]
    [InlineData(Now + 60_000, "Snoozed")]
    [InlineData(Now + 60_001, "prompt.snooze.invalid")]
    public void Snooze_BeyondTheExpiry_IsInvalid(long until, string expected) =>
        Assert.Equal(expected, Outcome(PromptDecider.Act(Made(PromptState.Open), Do("snooze") with { UntilMs = until }, "a", Now)));

    [Fact]
    public void Time_Passing_OpensWhatWasSnoozedAndExpiresAllButAccepted()
    {
        var snoozed = Made(PromptState.Snoozed);
        Assert.Equal(PromptState.Snoozed, PromptDecider.OnTime(snoozed, Now + 99).State);
        Assert.Equal(PromptState.Open, PromptDecider.OnTime(snoozed, Now + 100).State);
        Assert.Equal(PromptState.Expired, PromptDecider.OnTime(snoozed, Now + 60_000).State);
        Assert.Equal(PromptState.Accepted, PromptDecider.OnTime(Made(PromptState.Accepted), long.MaxValue).State);
    }

    private static Prompt Made(PromptState state) => new(
        "d-1", 1, "wake", new Localized("", ""), "c-1", "hq", 50, 0, new Localized("", ""), [], Now - 1, Now + 60_000, state,
        state == PromptState.Open ? null : "a", state == PromptState.Snoozed ? Now + 100 : null, null, null);

    private static PromptAction Do(string action) => new("act", action, null, Now + 1, null);

    private static string Outcome((Prompt? Prompt, ActionRefusal? Refusal) answer) => answer.Prompt?.State.ToString() ?? answer.Refusal!.Code;
}
