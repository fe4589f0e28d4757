using Engagement.Faults.Tests.Model;

namespace Engagement.Faults.Tests;

/// <summary>What the managers of two branches do to prompts: mostly what is possible, some of it too late, twice, or on a desk that the prompt has left.</summary>
internal sealed class PromptActions(SeededRandom random, SequentialModel model)
{
    private const int Tries = 40;
    private const int Remembered = 6;

    private readonly List<(string Client, int Decision, string By)> _recent = [];
    private int _made;

    /// <returns>Null where there is nothing to act on.</returns>
    public PromptAction? Next()
    {
        var again = _recent.Count > 0 && random.Chance(50);
        if ((again ? random.Chance(60) ? _recent[^1] : random.Pick([.. _recent]) : Find()) is not (string client, int decision, var before))
        {
            return null;
        }

        var prompt = model.Find(client).Decisions[decision].Draft;
        var desk = random.Chance(5) ? random.Pick([.. model.Organisation.Desks.Where(desk => desk != "hq")]) : prompt.Desk;
        if (model.Organisation.BranchOfDesk(desk) is not { } branch)
        {
            // Nobody reaches the desk of an outlet that is gone.
            return null;
        }

        var by = before is not null && random.Chance(70) && before.StartsWith(branch, StringComparison.Ordinal) ? before : $"{branch}-{random.Between(1, 2)}";
        _recent.Add((client, decision, by));
        if (_recent.Count > Remembered)
        {
            _recent.RemoveAt(0);
        }

        var action = prompt.StateAt(model.Now) switch
        {
            _ when again && random.Chance(45) => "undo",
            "accepted" => random.Pick("done", "done", "accept", "dismiss", "seen"),
            "done" or "dismissed" or "expired" or "withdrawn" => random.Pick("undo", "accept", "done", "snooze", "dismiss", "seen"),
            _ => random.Pick("seen", "accept", "accept", "accept", "dismiss", "snooze", "done"),
        };
        return new($"act-{++_made}", desk, client, decision, action, by, action == "snooze" ? Until(prompt) : 0);
    }

    /// <summary>Seldom by chance: somebody snoozes what has ended and would still live.</summary>
    /// <returns>Null where there is none.</returns>
    public PromptAction? SnoozeOfTheEnded() => model.Clients
        .SelectMany(client => client.Decisions.Select((decision, number) => (client.Id, Number: number, Prompt: decision.Draft)))
        .Where(each => each.Prompt.StateAt(model.Now) is "done" or "dismissed" && each.Prompt.ExpiresAt > model.Now)
        .Select(each => (each, Branch: model.Organisation.BranchOfDesk(each.Prompt.Desk)))
        .Where(found => found.Branch is not null)
        .Select(found => new PromptAction($"act-{++_made}", found.each.Prompt.Desk, found.each.Id, found.each.Number, "snooze", $"{found.Branch}-1", found.each.Prompt.ExpiresAt))
        .FirstOrDefault();

    /// <summary>The same person takes it back, wherever he did it.</summary>
    public PromptAction Undo(PromptAction done) => done with { ActionId = $"act-{++_made}", Action = "undo", Until = 0 };

    private (string Client, int Decision, string? By)? Find()
    {
        if (model.Clients.Count == 0)
        {
            return null;
        }

        string[] ids = [.. model.Clients.Select(client => client.Id)];
        for (var tries = 0; tries < Tries; tries++)
        {
            var client = model.Find(random.Pick(ids));
            // Managers reach no prompt at headquarters.
            var decision = client.Decisions.FindLastIndex(made => made.Outcome == "raised" && made.Draft.Desk != "hq" && (made.Draft.IsLiveAt(model.Now) || random.Chance(3)));
            if (decision >= 0)
            {
                return (client.Id, decision, null);
            }
        }

        return null;
    }

    private long Until(Prompt prompt) => random.Next(10) switch
    {
        0 => model.Now,
        1 => prompt.ExpiresAt + 1,
        2 => prompt.ExpiresAt,
        < 6 => model.Now + random.Between(1, 10_000),
        _ => model.Now + random.Between(1, (int)(8 * ShanghaiTime.Hour)),
    };
}
