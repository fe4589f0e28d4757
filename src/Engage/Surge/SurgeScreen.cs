namespace Engagement.Engage.Surge;

/// <summary>A line a second on a terminal: of the second before the last, whose answers are mostly there.</summary>
internal sealed class SurgeScreen(TextWriter? terminal, int seconds, SurgeTally tally, Openings openings)
{
    public void Show(int second)
    {
        if (terminal is null || second < 2)
        {
            return;
        }

        var past = tally.Second(second - 2);
        var bad = $"{past.Busy} busy, {past.Refused + past.Lost + past.Unsent} failed";
        terminal.WriteLine($"{past.Second,5}/{seconds} s  {past.Intended,7} sent  {past.Accepted,7} accepted  {bad}  p50 {past.P50Ms:0.0} ms  p99 {past.P99Ms:0.0} ms  {openings.Shown} prompts");
    }
}
