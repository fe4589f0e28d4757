using Engagement.Contracts.Settings;
using Engagement.Gateway;
using Engagement.Storage.Postgres;
using Microsoft.Extensions.Options;

// A gateway of a cluster: HTTP, hubs and screens before any number of silos.
try
{
    var builder = WebApplication.CreateBuilder(args);
    // As if they stood in the environment: the command line counts before them.
    builder.Configuration.AddInMemoryCollection(SecretFiles.Read()).AddCommandLine(args);
    builder.Logging.ClearProviders().AddSimpleConsole(o => (o.SingleLine, o.UseUtcTimestamp, o.TimestampFormat) = (true, true, "HH:mm:ss.fff "));
    builder.Logging.AddFilter("Orleans", LogLevel.Warning).AddFilter("Polly", LogLevel.Warning);
    await builder.AddClusterGateway();
    await using var app = builder.Build();
    app.MapGateway();
    await app.RunAsync();
    return 0;
}
catch (Exception e) when (e is OptionsValidationException or ClusterDatabaseException or SecretFileException)
{
    await Console.Error.WriteLineAsync($"gateway: {e.Message}");
    return 2;
}
