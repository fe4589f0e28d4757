using Engagement.Faults.Tests.Model;

namespace Engagement.Faults.Tests;

/// <summary>What happens to an organisation in a month: one change at a time, some with one of a mandate, and only such as have one right answer.</summary>
internal sealed class OrganisationChanges(SeededRandom random, SequentialModel model)
{
    private const int Tries = 80;

    private int _hired;
    private int _agreed;

    /// <returns>Null where no change was found that has one right answer.</returns>
    public Organisation? Next()
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            if (Changed() is { } changed && (random.Chance(60) ? changed : OfMandates(changed)) is var next && model.IsUnambiguous(next))
            {
                return next;
            }
        }

        return null;
    }

    private Organisation? Changed()
    {
        var now = model.Organisation;
        var outlet = random.Pick([.. now.Outlets]);
        if (outlet.Advisors.Length == 0)
        {
            return random.Chance(50) ? now.Without(outlet) : null;
        }

        var advisor = random.Pick(outlet.Advisors);
        Organisation With(Advisor changed) => now.With(outlet with { Advisors = [.. outlet.Advisors.Select(each => each.Id == changed.Id ? changed : each)] });
        return random.Next(10) switch
        {
            0 => With(advisor with { Status = "leave", StandIn = Others(advisor) }),
            1 => With(advisor with { Status = "leave", StandIn = null }),
            2 or 3 => With(advisor with { Status = "left", StandIn = null }),
            4 => With(advisor with { Status = "active", StandIn = null }),
            5 => With(advisor with { Capacity = Math.Max(0, advisor.Capacity - random.Between(1, 3)) }),
            6 => With(advisor with { Capacity = advisor.Capacity + random.Between(1, 3) }),
            7 => now.With(outlet with { Advisors = [.. outlet.Advisors, new($"a-{20 + ++_hired}", random.Between(1, 3), "active", random.Some(2, "advice", "fund"))] }),
            8 => now.With(outlet with { Branch = outlet.Branch == "north" ? "south" : "north" }),
            _ => now.Find("elsewhere") is null ? now.With(new Outlet("elsewhere", random.Pick("north", "south"), 500_000, 50_000, [])) : null,
        };
    }

    /// <summary>One is agreed on, ended, prolonged or given another channel; it may begin on the day, or later.</summary>
    private Organisation OfMandates(Organisation now)
    {
        var today = ShanghaiTime.DateOf(model.Now);
        if (now.Mandates.Count == 0 || random.Chance(40))
        {
            var from = today.AddDays(random.Between(-2, 3));
            return now.With(new Mandate($"m-{20 + ++_agreed}", random.Pick("north", "south"), random.Pick("tail", "tail", "overflow"), from, from.AddDays(random.Between(0, 6)), random.Chance(80)));
        }

        var mandate = random.Pick([.. now.Mandates]);
        return random.Next(4) switch
        {
            0 => now.Without(mandate),
            1 => now.With(mandate with { Until = mandate.Until.AddDays(random.Between(1, 4)) }),
            2 => now.With(mandate with { From = mandate.From.AddDays(-60), Until = today.AddDays(-1) }),
            _ => now.With(mandate with { Desk = !mandate.Desk }),
        };
    }

    private string Others(Advisor advisor) =>
        random.Pick([.. model.Organisation.Outlets.SelectMany(outlet => outlet.Advisors).Where(other => other.Id != advisor.Id)]).Id;
}
