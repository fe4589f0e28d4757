namespace Engagement.Faults.Tests.Model;

/// <content>What is published while the stream runs, and what people do to prompts.</content>
internal sealed partial class SequentialModel
{
    private readonly Dictionary<string, Answer> _answers = [];

    /// <summary>Every client meets the version at once; only campaigns with <c>onPublish</c> speak of what it changes.</summary>
    public void Publish(Catalogue next)
    {
        var before = Catalogue;
        Catalogue = next;
        foreach (var client in _clients.Values)
        {
            Forget(client, before, next);
            AskWaiting(client, Now);
            var triggers = Recompute(client, Now, e: null);
            Decide(client, Now, e: null, next.Campaigns.Where(campaign => campaign.OnPublish && triggers.Contains(campaign.Trigger)));
            SetEdge(client, Now);
        }
    }

    /// <summary>Is there one right answer to this organisation, whoever of its clients is moved first?</summary>
    public bool IsUnambiguous(Organisation next) => _places.IsUnambiguous(next);

    /// <summary>Every client is placed anew, and then free places are given away; no campaign is triggered but by a grant.</summary>
    public void Publish(Organisation next)
    {
        Organisation = next;
        Desks.UnionWith(next.Desks);
        var asking = new List<Client>();
        foreach (var client in _clients.Values)
        {
            var (_, asks) = _places.Settle(client, Now, client.Outlet);
            client.Waiting = client.Waiting && asks;
            if (asks && !client.Waiting)
            {
                asking.Add(client);
            }

            FollowDesk(client, Now);
            Recompute(client, Now, e: null);
            SetEdge(client, Now);
        }

        foreach (var advisor in next.Outlets.SelectMany(outlet => outlet.Advisors))
        {
            GiveAway(advisor, Now);
        }

        asking.ForEach(client => Ask(client, Now));
        foreach (var client in _clients.Values.Where(client => client.Waiting).ToList())
        {
            Tell(client, Now);
        }
    }

    /// <summary>What somebody does to a prompt, and what he is answered: by its action id once and for all, but for a refusal.</summary>
    public Answer Act(PromptAction action)
    {
        if (_answers.TryGetValue(action.Desk + "\n" + action.ActionId, out var given))
        {
            return given;
        }

        var (client, prompt) = (Find(action.Client), Find(action.Client).Decisions[action.Decision].Draft);
        if (prompt.Desk != action.Desk)
        {
            return new(404, "prompt.unknown");
        }

        if (prompt.Act(action.Action, action.By, Now, action.Until) is { } refusal)
        {
            return new(refusal == "prompt.snooze.invalid" ? 422 : 409, refusal);
        }

        // One that lives again goes where its client is by now.
        FollowDesk(client, Now);
        return _answers[action.Desk + "\n" + action.ActionId] = new(200, prompt.StateAt(Now), prompt.By);
    }

    private static void Forget(Client client, Catalogue before, Catalogue next)
    {
        foreach (var metric in before.Metrics.Where(metric => !next.Metrics.Any(metric.IsDefinedAs)))
        {
            client.Metrics.Remove(metric.Id);
        }

        foreach (var metric in next.Metrics.Where(metric => metric.Backfill && !before.Metrics.Any(known => known.Backfill && known.IsDefinedAs(metric))))
        {
            Metrics.CountFromTheFirst(client, metric);
        }

        foreach (var gone in client.Segments.Keys.Except(next.Segments.Select(segment => segment.Id)).ToList())
        {
            client.Segments.Remove(gone);
        }
    }
}

/// <summary>What somebody does, on one desk, to the prompt that a decision of the client raised (counted from his first).</summary>
internal sealed record PromptAction(string ActionId, string Desk, string Client, int Decision, string Action, string By, long Until = 0);

/// <param name="What">The state of the prompt, or the code of the refusal.</param>
internal sealed record Answer(int Status, string What, string By = "");
