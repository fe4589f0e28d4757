using Engagement.Domain.Desks;
using Engagement.Domain.Organisation;
using Engagement.Gateway.Desks;
using Microsoft.AspNetCore.SignalR;

namespace Engagement.Gateway.Tests;

/// <summary>What one screen is sent of its desk, whatever is lost or overtaken on the way from the desk to the gateway.</summary>
public sealed class DeskConnectionTests
{
    [Fact]
    public void Changes_OfWhichSomeAreMissing_WaitUntilTheyAreRead()
    {
        using var connection = Connection();
        connection.Begin(5);
        Assert.True(connection.Changed(5, 6, []));
        // 7 was lost; what follows it must not stand for it.
        Assert.False(connection.Changed(7, 8, []));
        Assert.False(connection.Changed(8, 9, []));
        Assert.Equal(6, connection.PendingSeq);
        // As read from the desk.
        Assert.True(connection.Changed(6, 9, []));
        Assert.True(connection.Changed(9, 10, []));
        Assert.Equal(10, connection.PendingSeq);
    }

    [Fact]
    public void Changes_BeforeTheAnswerToJoin_FollowIt()
    {
        using var connection = Connection();
        Assert.True(connection.Changed(6, 7, []));
        Assert.True(connection.Changed(7, 8, []));
        connection.Begin(7);
        Assert.Equal(8, connection.PendingSeq);
        // A repeat, and one that was overtaken.
        Assert.True(connection.Changed(6, 7, []));
        Assert.Equal(8, connection.PendingSeq);
    }

    [Fact]
    public async Task Messages_OfAScreen_HaveNoHoleBetweenThem()
    {
        using var connection = Connection();
        var client = new Received();
        connection.Begin(5);
        connection.Changed(5, 6, []);
        var sending = connection.Send(client);
        connection.Changed(7, 8, []);
        connection.Beat(null);
        connection.Changed(6, 8, []);
        await client.UpTo(8);
        await connection.Ended.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.Equal(5, client.Messages[0].From);
        Assert.All(client.Messages.Zip(client.Messages.Skip(1)), pair => Assert.Equal(pair.First.Seq, pair.Second.From));
    }

    [Fact]
    public void Changes_ThatCameBeforeWhatIsMissing_FollowIt()
    {
        using var connection = Connection();
        connection.Begin(5);
        Assert.False(connection.Changed(6, 7, []));
        Assert.False(connection.Changed(8, 9, []));
        Assert.False(connection.Changed(7, 8, []));
        Assert.True(connection.Changed(5, 6, []));
        Assert.Equal(9, connection.PendingSeq);
    }

    [Fact]
    public async Task Changes_MoreThanAreKept_AreNotSaidToBeOnTheScreen()
    {
        using var connection = Connection();
        var client = new Received();
        connection.Begin(5);
        connection.Changed(5, 6 + DeskConnection.PendingMax, [.. Enumerable.Range(0, DeskConnection.PendingMax + 1).Select(i => Prompt($"p-{i}", 6 + i))]);
        Assert.True(connection.Overflowed);
        var sending = connection.Send(client);
        connection.Beat(null);
        // As the relay does when it finds it so: the next beat is not what the screen has, and so it joins again.
        connection.Begin(10 + DeskConnection.PendingMax);
        connection.Beat(null);
        await client.UpTo(10 + DeskConnection.PendingMax);
        await connection.Ended.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.All(client.Messages, m => Assert.Equal((10L + DeskConnection.PendingMax, 10L + DeskConnection.PendingMax), m));
    }

    [Fact]
    public async Task Prompt_ThatIsInTheAnswer_IsNotSentAgain()
    {
        using var connection = Connection();
        var client = new Received();
        connection.Changed(5, 6, [Prompt("p-1", 6)]);
        connection.Begin(6);
        connection.Changed(5, 6, [Prompt("p-1", 6)]);
        connection.Changed(6, 7, [Prompt("p-2", 7)]);
        var sending = connection.Send(client);
        await client.UpTo(7);
        await connection.Ended.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.Equal(["p-2"], client.Prompts);
    }

    private static Prompt Prompt(string id, long seq) => new(
        id, seq, "", new("", ""), "c-1", "outlet:o-1", 0, 0, new("", ""), [], 0, 0, PromptState.Open, null, null, null, null);

    private static DeskConnection Connection()
    {
        var who = new Principal("a-1", Role.Auditor, null);
        return new("c", who, new(who, DeskId.Outlet("o-1"), OrganisationTree.Empty, 0), "outlet:o-1");
    }

    /// <summary>A screen that keeps what it is sent.</summary>
    private sealed class Received : IClientProxy
    {
        private readonly TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private long wanted = long.MaxValue;

        public List<(long From, long Seq)> Messages { get; } = [];

        public List<string> Prompts { get; } = [];

        public Task UpTo(long seq)
        {
            lock (Messages)
            {
                wanted = seq;
                Look();
            }

            return all.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }

        public Task SendCoreAsync(string method, object?[] args, CancellationToken cancellationToken = default)
        {
            lock (Messages)
            {
                var message = System.Text.Json.JsonSerializer.SerializeToElement(args[0]);
                Prompts.AddRange(message.GetProperty("prompts").EnumerateArray().Select(p => p.GetProperty("Id").GetString()!));
                Messages.Add((message.GetProperty("from").GetInt64(), message.GetProperty("seq").GetInt64()));
                Look();
            }

            return Task.CompletedTask;
        }

        private void Look()
        {
            if (Messages.Exists(m => m.Seq >= wanted))
            {
                all.TrySetResult();
            }
        }
    }
}
