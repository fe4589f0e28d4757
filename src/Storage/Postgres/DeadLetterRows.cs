using Engagement.Contracts.Storage;

namespace Engagement.Storage.Postgres;

internal static class DeadLetterRows
{
    /// <summary>One writer at a time, over all processes: numbers become visible in their order, so that nobody who pages through passes one over.</summary>
    private const string Alone = "select pg_advisory_xact_lock(6201, 2)";

    public static void Add(PostgresBatch batch, List<PendingWrite<IReadOnlyList<DeadLetter>>> added)
    {
        var letters = added.SelectMany(a => a.Request).ToArray();
        if (letters.Length > 0)
        {
            batch.Each(Alone, _ => { });
            batch.Add(
                "insert into dead_letter (at_ms, event_index, id, code, detail, raw, subject) select r.at_ms, r.event_index, r.id, r.code, r.detail, r.raw, r.subject "
                + "from unnest($1::bigint[], $2::integer[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) with ordinality r (at_ms, event_index, id, code, detail, raw, subject, n) order by r.n",
                Array.ConvertAll(letters, l => l.AtMs), Array.ConvertAll(letters, l => l.Index), Array.ConvertAll(letters, l => l.Id),
                Array.ConvertAll(letters, l => l.Code), Array.ConvertAll(letters, l => l.Detail), Array.ConvertAll(letters, l => l.Raw), Array.ConvertAll(letters, l => l.Subject));
        }
    }
}
