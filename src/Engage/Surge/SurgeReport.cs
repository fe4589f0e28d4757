namespace Engagement.Engage.Surge;

/// <summary>What a run came to, as it is written.</summary>
/// <param name="Logged">Records that the engine's log has more than before, its own among them; null: it did not settle in time.</param>
/// <param name="Verified">The log has grown by no less than was accepted, and each accepted opening's prompt arrived once.</param>
internal sealed record SurgeReport(
    string Profile, long Intended, long Accepted, long Busy, long Refused, long Lost, long Unsent, long? Logged, Latency EventToAnswer, Latency EventToScreen,
    PromptReport Prompts, bool Verified, IReadOnlyList<SecondReport> Seconds)
{
    public static SurgeReport Of(string profile, SurgeTally tally, int seconds, long? logged, PromptReport prompts)
    {
        var all = Enumerable.Range(0, seconds).Select(tally.Second).ToList();
        var accepted = all.Sum(s => s.Accepted);
        return new(
            profile, all.Sum(s => s.Intended), accepted, all.Sum(s => s.Busy), all.Sum(s => s.Refused), all.Sum(s => s.Lost), all.Sum(s => s.Unsent), logged,
            tally.EventToAnswer(), tally.EventToScreen(), prompts, logged >= accepted && prompts is { Missing: 0, Twice: 0, Unexpected: 0 }, all);
    }
}
