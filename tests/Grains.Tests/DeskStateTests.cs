using Engagement.Contracts.Storage;
using Engagement.Domain.Clients;
using Engagement.Domain.Desks;
using Engagement.Grains.Desks;

namespace Engagement.Grains.Tests;

/// <summary>A desk's changes, however many messages are one of them.</summary>
public sealed class DeskStateTests
{
    private const string Here = "advisor:a-1";
    private const string Client = "c-1";

    [Fact]
    public void Prompt_WithdrawnWhileItIsOnItsWayBack_IsRememberedWhetherOrNotItLeftInTheSameChange()
    {
        var prompt = new Prompt("d-1", 1, "", new("", ""), Client, Here, 0, 0, new("", ""), [], 0, long.MaxValue, PromptState.Open, null, null, null, null);
        DeskMessage[] messages = [new ClientLeft(2, 0, Client, Here, "advisor:a-2"), new ClientCame(3, 0, Client, Here), new PromptWithdrawn(4, 0, Client, Here, prompt.Id)];
        foreach (var changes in (DeskMessage[][][])[[messages], [.. messages.Select(m => (DeskMessage[])[m])]])
        {
            var desk = new DeskState(Here, new(1, 1, 1, [prompt], new Dictionary<string, long>(), [], [], new Dictionary<string, ClientOnDesk> { [Client] = new(1, null) }));
            List<string> remembered = [];
            foreach (var change in changes)
            {
                var next = desk.Begin();
                Array.ForEach(change, next.On);
                remembered.AddRange(next.ToCommit().Actions.Select(a => a.ActionId));
                desk.Take(next);
            }

            Assert.Equal([DeskState.WithdrawnId(prompt.Id)], remembered);
            Assert.Empty(desk.Live.All);
        }
    }
}
