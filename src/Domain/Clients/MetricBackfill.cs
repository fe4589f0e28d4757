using Engagement.Domain.Campaigns;
using Engagement.Domain.Language;
using Engagement.Domain.Organisation;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Clients;

/// <summary>
/// Metrics of one client computed over the records of his log, in any order: as if the metrics had always been there. Where personal
/// fields were erased his log begins anew, for a replay and so for a backfill.
/// </summary>
public sealed class MetricBackfill
{
    private readonly IReadOnlyList<Metric> metrics;
    private readonly List<MetricState> states;
    private readonly ClientInput input = new(new(), null, Catalogue.Empty, OrganisationTree.Empty, 0, []);

    public MetricBackfill(IReadOnlyList<Metric> metrics)
    {
        this.metrics = metrics;
        states = [.. metrics.Select(m => new MetricState { Id = m.Id, Fingerprint = m.Fingerprint })];
    }

    public void Add(LogRecord record)
    {
        if (record.Kind != RecordKind.Event)
        {
            return;
        }

        var @event = RecordEvent.Of(record);
        var data = @event.Fields;
        for (var i = 0; i < metrics.Count; i++)
        {
            if (metrics[i].On != record.Type)
            {
                continue;
            }

            input.Event = @event;
            if (TryValue(metrics[i], record, data, input, out var value))
            {
                states[i].Add(record.TimeMs, record.AtMs, value);
            }
        }
    }

    /// <summary>As of what was added so far, for the record of the publish.</summary>
    /// <param name="atMs">The engine's instant of that record.</param>
    public byte[] Result(long atMs)
    {
        var writer = new SnapshotWriter();
        MetricSnapshot.Write(ref writer, states, atMs);
        return writer.ToArray();
    }

    /// <summary>Of what was computed, by id, that which a catalogue wants. One that counted nothing is left out.</summary>
    internal static Dictionary<string, MetricState> Taken(IReadOnlyCollection<Metric> wanted, byte[] computed, long atMs)
    {
        var reader = new SnapshotReader(computed);
        return MetricSnapshot.Read(ref reader, atMs).Where(c => wanted.Any(w => w.Id == c.Id && w.Fingerprint == c.Fingerprint)).ToDictionary(c => c.Id);
    }

    /// <summary>What an event adds to a metric of the catalogue, in ten-thousandths; false where it does not count.</summary>
    /// <param name="input">With the event; nothing else of it is read.</param>
    internal static bool TryValue(Metric metric, LogRecord record, scoped in EventFields data, ClientInput input, out long value)
    {
        value = Money.Scale4;
        if (record.Type == EventTypes.CashMoved && ClientFold.IsInternal(data))
        {
            return false;
        }

        var never = long.MaxValue;
        return !(metric.Where is { } where && !(where.TryEvaluate(input, ref never, out var counts) && counts))
            && (metric.Value is not { } expression
                || (expression.TryEvaluate(input, out var number) && Money.TryRound4(number.Kind == CelKind.Int ? number.AsInt : number.AsDouble, out value)));
    }
}
