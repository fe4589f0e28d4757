namespace Engagement.Engage.Demo;

/// <summary>What everything made for the demo starts from: the same people, holdings and days in every run.</summary>
internal static class DemoSeed
{
    public const ulong Value = 20240924;
}
