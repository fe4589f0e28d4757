using Engagement.Domain.Documents;

namespace Engagement.Domain.Campaigns;

internal static class PolicyReader
{
    public static Policy Read(DocumentNode node, ProblemList problems)
    {
        if (Fields.Of(node, problems) is not { } fields)
        {
            return Policy.None;
        }

        var (perClient, days) = fields.Optional("cap", Cap, (0, 0));
        var (from, to) = fields.Optional("quiet", Quiet, (-1, -1));
        var policy = new Policy(
            perClient,
            days,
            from,
            to,
            fields.Optional("tradingDaysOnly", Values.Flag, false),
            fields.Optional("fourEyes", Values.Flag, false));
        fields.Close();
        return policy;
    }

    private static (int PerClient, int Days) Cap(DocumentNode node, ProblemList problems)
    {
        if (Fields.Of(node, problems) is not { } fields)
        {
            return (0, 0);
        }

        var cap = (fields.Required("perClient", Numbers.Whole(0, int.MaxValue), 0), fields.Required("per", Times.CalendarDays, 1));
        fields.Close();
        return cap;
    }

    private static (int From, int To) Quiet(DocumentNode node, ProblemList problems)
    {
        if (Fields.Of(node, problems) is not { } fields)
        {
            return (-1, -1);
        }

        var quiet = (fields.Required("from", Times.MinuteOfDay, 0), fields.Required("to", Times.MinuteOfDay, 0));
        fields.Close();
        return quiet;
    }
}
