using System.Text.Json;
using Engagement.Domain.Campaigns;
using Engagement.Domain.Experiments;

namespace Engagement.Domain.Tests.Experiments;

public sealed class GrowthBookHashTests
{
    private const string Cases = "experiments/assignment.json";

    [SharedDataFact(Cases)]
    public void Bucket_CasesByOthers_AllPass()
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(SharedData.Find(Cases)!));
        var checkedCases = 0;
        foreach (var item in cases.RootElement.GetProperty("hash").EnumerateArray().Where(c => c[2].GetInt32() == 2))
        {
            Assert.Equal(item[3].GetDouble(), GrowthBookHash.Bucket(item[0].GetString()!, item[1].GetString()!));
            checkedCases++;
        }

        Assert.True(checkedCases >= 3);
    }

    [SharedDataFact(Cases)]
    public void ArmOf_RangesInOrder_MatchesGetBucketRange()
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(SharedData.Find(Cases)!));
        var uneven = cases.RootElement.GetProperty("getBucketRange").EnumerateArray().Single(c => c[0].GetString() == "uneven weights");
        var bound = uneven[2][0][1].GetDouble();
        var experiment = new Experiment("e", ExperimentUnit.Client, [new("control", 0.4m), new("treated", 0.6m)], "seed", 10_000, []);
        foreach (var unit in Enumerable.Range(0, 5_000).Select(i => $"c-{i}"))
        {
            Assert.Equal(GrowthBookHash.Bucket("seed", unit) < bound ? "control" : "treated", experiment.ArmOf(unit));
        }
    }

    [Theory]
    [InlineData("seed", "b", 2696)]
    [InlineData("foo", "def", 2019)]
    [InlineData("90850943850283058242805", "123", 7516)]
    public void TenThousandth_PublishedCases_AreMet(string seed, string id, int expected) =>
        Assert.Equal(expected, GrowthBookHash.TenThousandth(seed, id));

    [Fact]
    public void Rollout_HalfOfTheClients_IsAboutHalfAndOnlyInItsBranches()
    {
        var rollout = new Rollout(["hn"], 50);
        var clients = Enumerable.Range(0, 10_000).Select(i => $"c-{i}").ToList();

        Assert.InRange(clients.Count(c => rollout.Includes(c, "wake", "hn")), 4_800, 5_200);
        Assert.DoesNotContain(clients, c => rollout.Includes(c, "wake", "bj"));
        Assert.All(clients, c => Assert.True(Rollout.Everywhere.Includes(c, "wake", "bj")));
        Assert.All(clients, c => Assert.Equal(
            GrowthBookHash.Bucket("rollout:wake", c) < 0.5,
            rollout.Includes(c, "wake", "hn")));
        Assert.All(clients, c => Assert.Equal(GrowthBookHash.TenThousandth("rollout:wake", c) < 1_250, (rollout with { Percent = 12.5m }).Includes(c, "wake", "hn")));
    }

    [Fact]
    public void Holdout_ItsPercent_IsExact()
    {
        var holdout = new Holdout(5, "holdout-2026");
        Assert.All(Enumerable.Range(0, 2_000).Select(i => $"c-{i}"), c =>
            Assert.Equal(GrowthBookHash.TenThousandth("holdout-2026", c) < 500, holdout.Includes(c)));
    }
}
