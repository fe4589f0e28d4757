using Engagement.Contracts.Catalogue;
using Engagement.Contracts.Desks;
using Engagement.Contracts.Faults;
using Engagement.Domain.Clients;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.Grains.Tests;

public sealed class BulkMoveTests
{
    private const int Clients = 300;

    /// <summary>Of each client, so that the desk has more than the snapshot of <c>hq</c> would hold.</summary>
    private const int Prompted = 4;

    private const string Catalogue = """
        campaigns:
        - { id: hello, trigger: {event: x.hello}, offer: {kind: call}, message: {zh: "您好", en: "Hello"}, desks: [advisor], expires: "60d" }
        """;

    [Fact]
    public async Task AdvisorOfThreeHundred_Leaves_OthersServeThemAllWithTheirPrompts()
    {
        var late = new LateMessages();
        await using var cluster = await Cluster.Start(s => s.AddSingleton<IFaultPoints>(late));
        await cluster.Publish(DocumentKind.Organisation, Organisation("active", "leave"));
        await cluster.Publish(DocumentKind.Catalogue, Catalogue);
        await cluster.Append(Enumerable.Range(0, Clients).SelectMany(i => (IncomingEvent[])
        [
            cluster.Event($"c-{i}", "assets.valued", """{"total":600000}"""),
            cluster.Event($"c-{i}", "account.opened", """{"outlet":"o","channel":"online"}"""),
            cluster.Event($"other-{i % 10}", "account.opened", """{"outlet":"o","channel":"online"}"""),
        ]));
        await cluster.Settle();
        await cluster.Append(Enumerable.Range(0, Clients * Prompted).Select(i => cluster.Event($"c-{i % Clients}", "x.hello", "{}")));
        await cluster.Settle();
        var prompts = await Prompts(cluster, "a-1");
        Assert.Equal(Clients * Prompted, prompts.Count);

        // The branch sees them all with him when he leaves, however fast the roll-over is.
        late.Holds = true;
        await cluster.Publish(DocumentKind.Organisation, Organisation("left", "active"));
        late.Holds = false;
        await cluster.Settle();

        Assert.Empty(await Prompts(cluster, "a-1"));
        // None of them waited for the roll-over, which comes to everybody else.
        Assert.Equal(Clients, await Met(cluster, "c-"));
        Assert.Equal(0, await Met(cluster, "other-"));
        var (second, third) = (await Prompts(cluster, "a-2"), await Prompts(cluster, "a-3"));
        Assert.Equal((Clients * Prompted / 2, Clients * Prompted / 2), (second.Count, third.Count));
        Assert.Equal(prompts.Order(), second.Concat(third).Order());
        await Judge.NothingDiffers(cluster, Clients + 10);
    }

    private static string Organisation(string first, string others) => $$"""
        branches:
        - id: hn
          outlets:
          - { id: o, advisors: [ { id: a-1, capacity: 300, status: {{first}} }, { id: a-2, capacity: 150, status: {{others}} }, { id: a-3, capacity: 150, status: {{others}} } ] }
        """;

    private static async Task<IReadOnlyList<string>> Prompts(Cluster cluster, string advisor) =>
        [.. (await cluster.Grain<IDeskGrain>("advisor:" + advisor).Join(0)).Prompts.Select(p => p.Id)];

    /// <summary>Records by which somebody was brought under the organisation first.</summary>
    private static async Task<int> Met(Cluster cluster, string prefix)
    {
        await using var connection = new SqliteConnection($"Data Source={cluster.File};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "select count(distinct client) from log where type = $type and client like $prefix || '%'";
        command.Parameters.AddWithValue("$type", LogRecord.MetType);
        command.Parameters.AddWithValue("$prefix", prefix);
        return (int)(long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>While it holds, nothing that shards tell arrives.</summary>
    private sealed class LateMessages : IFaultPoints
    {
        public bool Holds { get => Volatile.Read(ref field); set => Volatile.Write(ref field, value); }

        public void Reach(string step)
        {
            if (step == FaultPoint.OutboxDelivering && Holds)
            {
                throw new IOException("What shards tell is late.");
            }
        }
    }
}
