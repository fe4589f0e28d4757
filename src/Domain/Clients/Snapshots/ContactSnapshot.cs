using System.Collections.Immutable;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Language;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Clients;

/// <summary>The part of a snapshot that cooldowns, caps, waiting decisions and live prompts need.</summary>
internal static class ContactSnapshot
{
    public static void Write(ref SnapshotWriter writer, ContactHistory contacts, long atMs)
    {
        writer.Count(contacts.LastRaisedMs.Count);
        foreach (var (campaign, last) in contacts.LastRaisedMs.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            writer.Text(campaign);
            writer.Signed(atMs - last);
        }

        writer.Count(contacts.Raised.Count);
        foreach (var day in contacts.Raised)
        {
            writer.Signed(day.Day);
            writer.Count(day.Count);
        }

        writer.Count(contacts.Waiting.Count);
        foreach (var waiting in contacts.Waiting)
        {
            Write(ref writer, waiting);
        }

        writer.Count(contacts.Prompts.Count);
        foreach (var prompt in contacts.Prompts)
        {
            writer.Text(prompt.Id);
            writer.Byte((byte)((prompt.Accepted ? 1 : 0) | (prompt.Channel is null ? 0 : 2) | (prompt.Ended ? 4 : 0)));
            if (prompt.Channel is { } channel)
            {
                writer.Text(channel);
            }

            writer.Count(prompt.Risk);
            writer.Signed(prompt.ExpiresMs - atMs);
        }

        // Came later: snapshots from before end here, and so do those of clients who have none.
        if (contacts.Goals.Count > 0)
        {
            writer.Count(contacts.Goals.Count);
            foreach (var goal in contacts.Goals)
            {
                writer.Text(goal.Prompt);
                writer.Text(goal.Event);
                writer.Signed(atMs - goal.RaisedMs);
                writer.Signed(goal.UntilMs - goal.RaisedMs);
            }
        }
    }

    public static void Read(ref SnapshotReader reader, ContactHistory contacts, long atMs)
    {
        for (var left = reader.Count(); left > 0; left--)
        {
            contacts.LastRaisedMs.Add(reader.Text(), atMs - reader.Signed());
        }

        for (var left = reader.Count(); left > 0; left--)
        {
            contacts.Raised.Add(new((int)reader.Signed(), reader.Count()));
        }

        for (var left = reader.Count(); left > 0; left--)
        {
            contacts.Waiting.Add(ReadWaiting(ref reader));
        }

        for (var left = reader.Count(); left > 0; left--)
        {
            var (id, flags) = (reader.Text(), reader.Byte());
            var channel = (flags & 2) != 0 ? reader.Text() : null;
            contacts.Prompts.Add(new(id, channel, reader.Count(), reader.Signed() + atMs, (flags & 1) != 0) { Ended = (flags & 4) != 0 });
        }

        if (reader.IsAtEnd)
        {
            return;
        }

        var goals = reader.Count();
        for (var left = goals > 0 ? goals : throw new InvalidDataException("A snapshot is longer than its format."); left > 0; left--)
        {
            var (prompt, type, raised) = (reader.Text(), reader.Text(), atMs - reader.Signed());
            contacts.Goals.Add(new(prompt, type, raised, raised + reader.Signed()));
        }
    }

    private static void Write(ref SnapshotWriter writer, WaitingDecision waiting)
    {
        var decision = waiting.Decision;
        writer.Text(decision.Id);
        writer.Text(decision.Client);
        writer.Text(decision.Campaign);
        writer.Text(decision.Trigger);
        writer.Signed(decision.AtMs);
        writer.Text(decision.Outcome);
        writer.Count(decision.Because.Length);
        foreach (var reason in decision.Because)
        {
            writer.Text(reason.Expr);
            writer.Text(reason.Value);
        }

        writer.Signed(waiting.OpensMs);
        writer.Signed(waiting.Priority);
        Span<int> value = stackalloc int[4];
        decimal.GetBits(waiting.Value, value);
        foreach (var part in value)
        {
            writer.Signed(part);
        }

        writer.Text(waiting.Message.Zh);
        writer.Text(waiting.Message.En);
    }

    private static WaitingDecision ReadWaiting(ref SnapshotReader reader)
    {
        var (id, client, campaign, trigger, at, outcome) = (reader.Text(), reader.Text(), reader.Text(), reader.Text(), reader.Signed(), reader.Text());
        var because = ImmutableArray.CreateBuilder<Reason>();
        for (var left = reader.Count(); left > 0; left--)
        {
            because.Add(new(reader.Text(), reader.Text()));
        }

        var (opens, priority) = (reader.Signed(), (int)reader.Signed());
        var value = new decimal([(int)reader.Signed(), (int)reader.Signed(), (int)reader.Signed(), (int)reader.Signed()]);
        // Nothing that waits has a prompt.
        var decision = new Decision(id, client, campaign, trigger, at, outcome, null, because.ToImmutable());
        return new(decision, opens, priority, value, new Localized(reader.Text(), reader.Text()));
    }
}
