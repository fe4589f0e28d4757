using Engagement.Domain.Campaigns;

namespace Engagement.Domain.Clients;

/// <content>Conversions: a goal event within its time from the raising, whatever became of the prompt but a withdrawal.</content>
public sealed partial class ClientEngine
{
    private const int GoalsMax = 64;

    /// <summary>How long after its time a goal event may still arrive late and count.</summary>
    private const long LateMs = 2 * Shanghai.DayMs;

    private void AwaitGoal(string prompt, Goal? goal, long nowMs)
    {
        var goals = State.Contacts.Goals;
        goals.RemoveAll(g => g.UntilMs + LateMs < nowMs);
        if (goal is not null)
        {
            goals.Add(new(prompt, goal.Event, nowMs, nowMs + goal.WithinMs));
            goals.RemoveRange(0, Math.Max(0, goals.Count - GoalsMax));
        }
    }

    /// <returns>True where the event is a conversion. It credits the latest prompt whose goal it is, and no other.</returns>
    private bool CreditGoal(LogRecord record)
    {
        foreach (var goal in State.Contacts.Goals)
        {
            if (goal.Event == record.Type && record.TimeMs >= goal.RaisedMs && record.TimeMs <= goal.UntilMs)
            {
                return true;
            }
        }

        return false;
    }
}
