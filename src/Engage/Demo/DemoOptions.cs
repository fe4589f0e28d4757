namespace Engagement.Engage.Demo;

/// <param name="BaseAddress">Where the engine listens; the demo comes in by HTTP like any other feed.</param>
/// <param name="DataFolder">Holds <c>demo.json</c>, by which a restart on the same data goes on.</param>
/// <param name="IngestToken">Gives a token of the role <c>ingest</c>; asked before each request.</param>
/// <param name="AdminToken">Gives a token of the role <c>hq-admin</c>.</param>
internal sealed record DemoOptions(Uri BaseAddress, string DataFolder, Func<string> IngestToken, Func<string> AdminToken);

internal static class DemoServices
{
    /// <summary>The demo: its player, which waits for the engine to be ready, and its keys.</summary>
    public static IServiceCollection AddDemo(this IServiceCollection services, DemoOptions options) =>
        services.AddSingleton(options).AddSingleton<DemoControl>().AddHostedService<DemoPlayer>();
}
