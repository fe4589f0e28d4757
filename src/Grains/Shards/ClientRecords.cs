using Engagement.Domain.Clients;

namespace Engagement.Grains.Shards;

/// <summary>Records of a turn by client, the clients in the order in which they came, each one's records in theirs.</summary>
internal sealed class ClientRecords
{
    private readonly Dictionary<ClientEntry, int> places = [];
    private readonly List<(ClientEntry Entry, List<LogRecord> Own)> clients = [];

    public int Count => clients.Count;

    public (ClientEntry Entry, List<LogRecord> Own) this[int index] => clients[index];

    public void Add(ClientEntry entry, LogRecord record)
    {
        if (places.TryAdd(entry, clients.Count))
        {
            clients.Add((entry, [record]));
        }
        else
        {
            clients[places[entry]].Own.Add(record);
        }
    }
}
