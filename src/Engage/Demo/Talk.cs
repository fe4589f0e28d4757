namespace Engagement.Engage.Demo;

/// <summary>The few words that appear in the events.</summary>
internal static class Talk
{
    public static readonly string[] Channels = ["phone", "wecom", "app"];

    public static readonly string[] Outcomes = ["reached", "call-back", "not-reached", "interested"];

    public static readonly string[] Products = ["advisory-basic", "advisory-plus", "fund-portfolio"];

    public static readonly string[] Pages = ["home", "quote", "trade", "news", "wealth", "transfer"];
}
