namespace Engagement.Faults.Tests.Model;

/// <summary>The steps that a decision goes through (page 3, "The gate").</summary>
internal sealed class Gate(Func<Organisation> organisation, Func<Catalogue> catalogue)
{
    /// <summary>One trigger of one campaign; null where it makes no decision.</summary>
    public Decision? Decide(Campaign campaign, string trigger, Client client, long now, SentEvent? e)
    {
        var sight = new Sight(client, organisation(), now, e);
        var matches = Attempt(() => campaign.Matches(sight), false);
        if (trigger == "every" && !matches)
        {
            return null;
        }

        var decision = new Decision(campaign, trigger, now, Outcome(campaign, client, sight, matches))
        {
            Draft = new Prompt
            {
                Campaign = campaign.Id,
                Client = client.Id,
                Priority = Attempt(() => campaign.Rank(sight), 50),
                Value = Attempt(() => campaign.Worth(sight), 0),
                Message = Attempt(() => campaign.Words(sight), ""),
            },
        };
        client.Decisions.Add(decision);
        Raise(decision, campaign, client, now);
        return decision;
    }

    /// <summary>The window opens: a waiting decision is asked again, in part, and gets its final outcome.</summary>
    public void AskAgain(Decision decision, Client client, long now)
    {
        var campaign = catalogue().Find(decision.Campaign.Id);
        decision.Outcome =
            campaign is null ? "rollout"
            : client.Status != "active" ? "blocked"
            : !Consents(campaign.Channel, client) ? "consent"
            : !Suits(campaign.Risk, client, now) ? "suitability"
            : Capped(client, now) ? "cap"
            : !DeskMay(campaign, client, now) ? "desk"
            : "raised";
        Raise(decision, campaign, client, now);
    }

    /// <summary>Prompts that status, consent, suitability or a client without a desk no longer allow.</summary>
    public static void Withdraw(Client client, long now)
    {
        foreach (var prompt in client.Prompts)
        {
            var allowed = client.Status == "active" && Consents(prompt.Channel, client) && Suits(prompt.Risk, client, now);
            if (!allowed || (client.Desk == "none" && prompt.IsLiveAt(now)))
            {
                prompt.Bar(now);
            }
        }
    }

    public bool Quiet(long now) => catalogue().Policy.ClosedAt(now);

    /// <summary>An expression that fails has the default: not a member, not a match, priority 50, value 0.</summary>
    public static T Attempt<T>(Func<T> expression, T otherwise)
    {
        try
        {
            return expression();
        }
        catch (Exception failure) when (failure is DivideByZeroException or KeyNotFoundException)
        {
            return otherwise;
        }
    }

    private string Outcome(Campaign campaign, Client client, Sight sight, bool matches) =>
        client.Status != "active" ? "blocked"
        : !RolledOut(campaign, client, sight.Branch) ? "rollout"
        : !matches ? "condition"
        : !Consents(campaign.Channel, client) ? "consent"
        : !Suits(campaign.Risk, client, sight.Now) ? "suitability"
        : Campaigns.Bucket(Campaigns.HoldoutSeed, client.Id) < Campaigns.HoldoutPercent * 100 ? "holdout"
        : Controlled(campaign, client) ? "control"
        : Cooling(campaign, client, sight.Now) ? "cooldown"
        : Capped(client, sight.Now) ? "cap"
        : !DeskMay(campaign, client, sight.Now) ? "desk"
        : Quiet(sight.Now) ? "quiet"
        : "raised";

    private static void Raise(Decision decision, Campaign? campaign, Client client, long now)
    {
        if (decision.Outcome == "raised")
        {
            decision.Draft.Desk = client.Desk;
            decision.Draft.RaisedAt = now;
            decision.Draft.ExpiresAt = now + (campaign!.ExpiresHours * ShanghaiTime.Hour);
            (decision.Draft.Channel, decision.Draft.Risk) = (campaign.Channel, campaign.Risk);
            client.Prompts.Add(decision.Draft);
        }
    }

    private static bool RolledOut(Campaign campaign, Client client, string branch) =>
        (campaign.Branches.Length == 0 || campaign.Branches.Contains(branch))
        && Campaigns.Bucket("rollout:" + campaign.Id, client.Id) < campaign.Percent * 100;

    private static bool Controlled(Campaign campaign, Client client) => Campaigns.Experiments
        .Where(experiment => experiment.Id == campaign.Experiment)
        .Any(experiment => Campaigns.Bucket(experiment.Id, experiment.Unit == "outlet" ? client.Outlet : client.Id) < experiment.ControlPercent * 100);

    private static bool Consents(string? asked, Client client) =>
        asked is not { } channel || (client.Allows(channel) && client.Allows("automation"));

    private static bool Suits(int risk, Client client, long now) =>
        risk == 0 || (risk <= client.Risk && client.RiskValidAt(now));

    private static bool Cooling(Campaign campaign, Client client, long now) => client.Decisions
        .Where(made => made.Campaign.Id == campaign.Id && made.Made is ("raised" or "quiet"))
        .Any(made => now < made.At + (campaign.CooldownHours * ShanghaiTime.Hour));

    private bool Capped(Client client, long now) => client.Prompts
        .Count(prompt => ShanghaiTime.DayOf(prompt.RaisedAt) > ShanghaiTime.DayOf(now) - catalogue().Policy.CapDays) >= catalogue().Policy.CapPerClient;

    private bool DeskMay(Campaign campaign, Client client, long now)
    {
        var kind = client.Desk.Split(':')[0];
        if (kind == "hq")
        {
            return campaign.Desks.Contains(kind) && organisation().OpensDesk(client.Outlet, client.HqFor, now);
        }

        var serving = kind switch
        {
            "advisor" => Serving(organisation().FindAdvisor(client.Advisor)!),
            "outlet" => organisation().Find(client.Outlet)!.Advisors.Where(advisor => advisor.Status == "active"),
            _ => [],
        };
        // Managers act on every desk of an outlet, whoever is away.
        var anyone = kind is "outlet" or "advisor";
        return campaign.Desks.Contains(kind) && anyone && (campaign.Licence is null || serving.Any(advisor => advisor.Licences.Contains(campaign.Licence)));
    }

    /// <summary>Who acts on an advisor's desk: he himself, or while he is on leave his stand-in, one level.</summary>
    private IEnumerable<Advisor> Serving(Advisor advisor)
    {
        var serving = advisor is { Status: "leave", StandIn: { } standIn } ? organisation().FindAdvisor(standIn) : advisor;
        return serving is { Status: "active" } ? [serving] : [];
    }
}
