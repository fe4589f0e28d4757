using Engagement.Faults.Tests.Model;
using Microsoft.Data.Sqlite;

namespace Engagement.Faults.Tests.Points;

/// <summary>What no answer shows: that nothing is left on its way, nothing stands in the log twice, and places are held by those who have them.</summary>
internal sealed class StoredRows(Engine engine, SequentialModel model)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public async Task<IReadOnlyList<string>> DifferencesAsync()
    {
        // What was delivered is forgotten with the shard's next commit, at latest when it has nothing else to do.
        const string left = "select 'outbox ' || seq from outbox union all select 'handover ' || id from desk_handover union all select 'action ' || id from desk_record";
        using var tooLong = new CancellationTokenSource(Patience);
        while (Read(left).Count > 0 && !tooLong.IsCancellationRequested)
        {
            await Task.Delay(20);
        }

        return
        [
            .. Read(left).Select(row => "left on its way: " + row),
            .. Read("select client || ' ' || id || ': ' || count(*) from log where kind in (3, 4) group by client, id having count(*) > 1").Select(row => "more than once in the log: " + row),
            .. Places(),
        ];
    }

    private IEnumerable<string> Places()
    {
        var held = Read("select client || ' ' || coalesce(advisor, 'waits') from place");
        List<string> expected = [.. model.Clients.Where(client => client.Advisor != "" || client.Waiting).Select(client => $"{client.Id} {(client.Waiting ? "waits" : client.Advisor)}")];
        return [.. expected.Except(held).Select(place => "place missing: " + place), .. held.Except(expected).Select(place => "place too many: " + place)];
    }

    private List<string> Read(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={engine.DatabaseFile};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var rows = command.ExecuteReader();
        List<string> found = [];
        while (rows.Read())
        {
            found.Add(rows.GetString(0));
        }

        return found;
    }
}
