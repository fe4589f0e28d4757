namespace Engagement.Grains.Tests.Branches;

/// <summary>Askings, releases, grants and publishes that hand advisors over, in every order in which they can arrive.</summary>
public sealed class PlaceOrderTests
{
    private const int FirstSeed = 2_000;
    private const int Runs = 400;
    private const int Acts = 40;

    private static readonly string[] Branches = ["b-1", "b-2", "b-3"];
    private static readonly string[] Clients = ["c-1", "c-2", "c-3"];
    private static readonly string[] Advisors = ["a-1", "a-2", "a-3"];

    [Fact]
    public void Places_WhateverOvertakesWhat_AreNeverTooManyAndAreTheClients()
    {
        for (var seed = FirstSeed; seed < FirstSeed + Runs; seed++)
        {
            Run(seed);
        }
    }

    private static void Run(int seed)
    {
        var random = new Random(seed);
        var model = new PlaceModel(seed, Branches, Clients);
        model.Publish(Organisation(random));
        for (var act = 0; act < Acts; act++)
        {
            // Long or short before the next: much or little is on its way then.
            for (var left = random.Next(random.Next(2) == 0 ? 3 : 30); left > 0 && model.Step(); left--)
            {
                HoldsCapacity(model, seed);
            }

            var client = random.Next(Clients.Length);
            switch (random.Next(4))
            {
                case 0 when !model.Publishes:
                    model.Publish(Organisation(random));
                    break;
                case 1:
                    model.Send(client, "profile.changed", $$"""{"outlet":"o-{{random.Next(3) + 1}}"}""");
                    break;
                default:
                    model.Send(client, "assets.valued", $$"""{"total":{{(random.Next(3) == 0 ? 1 : 500_000 + random.Next(9))}}}""");
                    break;
            }

            HoldsCapacity(model, seed);
        }

        while (model.Step(late: true))
        {
            HoldsCapacity(model, seed);
        }

        Agree(model, seed);
    }

    private static void HoldsCapacity(PlaceModel model, int seed) =>
        Assert.All(model.Assignments.GroupBy(a => a.Advisor).Where(g => g.Key is not null), g => Assert.True(g.Count() == 1, $"Seed {seed}: {g.Key} serves {g.Count()}."));

    /// <summary>When nothing is on its way any more, branches and clients say the same, and nobody waits beside a free place.</summary>
    private static void Agree(PlaceModel model, int seed)
    {
        var tree = model.InForce;
        var held = Branches.SelectMany(b => model.Held(b).Where(p => p.Advisor is not null && tree.Advisors[p.Advisor].Branch == b).Select(p => $"{p.Client} with {p.Advisor} in {b}"));
        var waiting = Branches.SelectMany(b => model.Held(b).Where(p => p.Advisor is null).Select(p => $"{p.Client} in {b} since {p.Asked}"));
        var clients = Clients.Zip(model.Assignments).ToList();

        Assert.True(
            clients.Where(c => c.Second.Advisor is not null).Select(c => $"{c.First} with {c.Second.Advisor} in {c.Second.Branch}").Order().SequenceEqual(held.Order()),
            $"Seed {seed}: {string.Join(", ", held)}");
        Assert.True(
            clients.Where(c => c.Second.AskedPosition > 0).Select(c => $"{c.First} in {c.Second.Branch} since {c.Second.AskedPosition}").Order().SequenceEqual(waiting.Order()),
            $"Seed {seed}: {string.Join(", ", waiting)}");
        var free = tree.Advisors.Values.Where(a => a.Status == Domain.Organisation.AdvisorStatus.Active && clients.TrueForAll(c => c.Second.Advisor != a.Id)).Select(a => a.Branch);
        Assert.DoesNotContain(clients, c => c.Second.AskedPosition > 0 && free.Contains(c.Second.Branch));
    }

    /// <summary>Outlets anywhere, advisors anywhere, one place each.</summary>
    private static string Organisation(Random random)
    {
        var outlets = Enumerable.Range(1, 3).Select(o => (Id: $"o-{o}", Branch: Branches[random.Next(3)])).ToList();
        var advisors = Advisors.Select(a => (Id: a, Outlet: random.Next(3), Left: random.Next(6) == 0)).ToList();
        return "branches:\n" + string.Join('\n', Branches.Select(b => $$"""
            - id: {{b}}
              mandates: [{{(random.Next(2) == 0 ? " { id: m, scope: overflow, channels: [desk], until: 9999-12-31 } " : "")}}]
              outlets: [ {{string.Join(", ", outlets.Index().Where(o => o.Item.Branch == b).Select(o =>
                $"{{ id: {o.Item.Id}, advisors: [ {string.Join(", ", advisors.Where(a => a.Outlet == o.Index).Select(a => $"{{ id: {a.Id}, capacity: 1, status: {(a.Left ? "left" : "active")} }}"))} ] }}"))}} ]
            """));
    }
}
