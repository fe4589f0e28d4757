using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Storage;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Clients;
using Engagement.Domain.Segments;
using Engagement.Grains.Catalogue;

namespace Engagement.Grains.Shards;

/// <summary>
/// What published catalogues compute over the log, client by client: each gets it with the record of the publish, whenever that is
/// applied to him, so the state stays a function of his log and the documents.
/// </summary>
internal sealed class ShardHistory(int shard, IShardStore store, IPublishedDocuments documents)
{
    /// <summary>Records read at a time: a client may have very many.</summary>
    private const int Piece = 500;

    private readonly Dictionary<long, IReadOnlyList<Metric>> backfills = [];
    private int newest;

    /// <summary>Does no record need anything computed?</summary>
    public bool IsEmpty => backfills.Count == 0;

    /// <summary>Takes note of a record that concerns every client; its document is there.</summary>
    public void Add(LogRecord control)
    {
        if (ClientSeeds.Kind(control) == DocumentKind.Catalogue)
        {
            var metrics = documents.Catalogue(ClientSeeds.Version(control)).BackfilledOver(documents.Catalogue(newest));
            newest = ClientSeeds.Version(control);
            if (!metrics.IsEmpty)
            {
                backfills.Add(control.Position, metrics);
            }
        }
    }

    /// <summary>The records, each with what it computes of the client.</summary>
    /// <param name="records">In order; his own among them.</param>
    /// <param name="last">Position of his own last record before them; 0: none.</param>
    public async ValueTask<List<LogRecord>> Complete(IEnumerable<LogRecord> records, long last)
    {
        List<LogRecord> complete = [.. records];
        for (var i = 0; i < complete.Count && !IsEmpty; i++)
        {
            if (complete[i].Client.Length > 0)
            {
                last = complete[i].Position;
            }
            else if (backfills.TryGetValue(complete[i].Position, out var metrics))
            {
                complete[i] = complete[i] with { Backfilled = await Compute(metrics, last, complete[i].AtMs) };
            }
        }

        return complete;
    }

    private async Task<byte[]> Compute(IReadOnlyList<Metric> metrics, long last, long atMs)
    {
        var backfill = new MetricBackfill(metrics);
        while (last > 0)
        {
            var read = await store.ReadBack(shard, last, Piece);
            if (read.Count == 0)
            {
                // Dropped by age: a replay begins here, too.
                break;
            }

            foreach (var record in read)
            {
                backfill.Add(record);
                // From an erasure on the log is what a replay reads.
                last = record.Kind == RecordKind.Erased ? 0 : record.Previous;
                if (last == 0)
                {
                    break;
                }
            }
        }

        return backfill.Result(atMs);
    }
}
