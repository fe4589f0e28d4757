using Engagement.Domain.Campaigns;
using Engagement.Domain.Language;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Clients;

/// <content>Metrics, the segments that depend on what changed, and when time alone changes something next.</content>
public sealed partial class ClientEngine
{
    /// <summary>Metrics stand parallel to the catalogue's; one that is new, or defined anew, counts from here on.</summary>
    private void TakeMetrics(LogRecord? published = null, Catalogue? before = null)
    {
        var (known, next) = (State.Metrics, 0);
        var backfilled = published?.Backfilled is { } computed && before is not null ? MetricBackfill.Taken(catalogue.BackfilledOver(before), computed, published.AtMs) : [];
        List<MetricState> taken = new(catalogue.Metrics.Length);
        foreach (var metric in catalogue.Metrics)
        {
            taken.Add(backfilled.GetValueOrDefault(metric.Id) ?? Find(known, metric, ref next) ?? new() { Id = metric.Id, Fingerprint = metric.Fingerprint });
        }

        State.Metrics = taken;
    }

    /// <param name="next">Where it is probably found: after the one that was found last, for both are in one order.</param>
    private static MetricState? Find(List<MetricState> known, Metric metric, ref int next)
    {
        for (var i = 0; i < known.Count; i++)
        {
            var found = known[(next + i) % known.Count];
            if (found.Id == metric.Id && found.Fingerprint == metric.Fingerprint)
            {
                next = (next + i + 1) % known.Count;
                return found;
            }
        }

        return null;
    }

    private ulong CountMetrics(LogRecord record, in EventFields data, RecordEvent @event)
    {
        var changed = Inputs.None;
        foreach (var index in catalogue.Index.MetricsOn(record.Type))
        {
            var metric = catalogue.Metrics[index];
            if (metric.BuiltIn ? ClientFold.TryBuiltIn(index, record.Type, data, out var value) : MetricBackfill.TryValue(metric, record, data, Input(record.AtMs, @event), out value))
            {
                State.Metrics[index].Add(record.TimeMs, record.AtMs, value);
                changed |= Inputs.Metric(index);
            }
        }

        return changed;
    }

    private void Evaluate(Step step, ulong changed)
    {
        step.Changes.Clear();
        var (evaluated, failed) = segments.Evaluate(catalogue, Input(step.NowMs), changed, step.Changes);
        step.Evaluated += evaluated;
        step.Failed += failed;
        foreach (var index in step.Changes)
        {
            var (id, entered) = (catalogue.Segments[index].Id, segments.Members[index]);
            if (entered)
            {
                State.Memberships.Add(new(id, step.NowMs));
            }
            else
            {
                State.Memberships.RemoveAll(m => m.Segment == id);
            }

            step.Memberships.Add(new(id, entered, step.NowMs));
            step.Triggered.AddRange(catalogue.Index.OnSegment(index, entered));
        }
    }

    /// <summary>The earliest instant after the last record at which time alone can matter; <see cref="long.MaxValue"/>: never.</summary>
    public long DueMs
    {
        get
        {
            Complete();
            return DueAfter(State.AtMs);
        }
    }

    /// <summary>When time alone can make the client ask for a place on a desk, or give one back.</summary>
    public long AsksMs => Math.Min(
        State.Assignment.RetryMs > 0 ? State.Assignment.RetryMs : long.MaxValue,
        // When a mandate begins, one who could not take a place any more gives up asking.
        State.Assignment.AskedPosition != 0 ? ClientPlacement.MandateMs(State, organisation, State.AtMs) : long.MaxValue);

    private long DueAfter(long nowMs)
    {
        var due = Math.Min(Math.Min(segments.DueMs, AsksMs), ClientPlacement.MandateMs(State, organisation, nowMs));
        foreach (var waiting in State.Contacts.Waiting)
        {
            due = Math.Min(due, waiting.OpensMs);
        }

        foreach (var prompt in State.Contacts.Prompts)
        {
            if (prompt.Risk > 0 && (prompt.Accepted || prompt.ExpiresMs > nowMs))
            {
                due = Math.Min(due, Input(nowMs).RiskValidChangesAtMs);
                break;
            }
        }

        foreach (var campaign in catalogue.Index.Every)
        {
            due = Math.Min(due, NextMs(campaign.Trigger.AtMinute, nowMs));
        }

        return due;
    }

    private static long NextMs(int minute, long nowMs)
    {
        var today = Shanghai.StartMs(Shanghai.Day(nowMs)) + (minute * Shanghai.MinuteMs);
        return today > nowMs ? today : today + Shanghai.DayMs;
    }
}
