using Engagement.Contracts.Settings;
using Engagement.Contracts.Storage;
using Engagement.Silo;
using Engagement.Storage.Postgres;
using Microsoft.Extensions.Options;

// A silo of a cluster. Any number of them find each other through one PostgreSQL database.
try
{
    var builder = WebApplication.CreateBuilder(args);
    // As if they stood in the environment: the command line counts before them.
    builder.Configuration.AddInMemoryCollection(SecretFiles.Read()).AddCommandLine(args);
    builder.Logging.ClearProviders().AddSimpleConsole(o => (o.SingleLine, o.UseUtcTimestamp, o.TimestampFormat) = (true, true, "HH:mm:ss.fff "));
    builder.Logging.AddFilter("Orleans", LogLevel.Warning).AddFilter("Polly", LogLevel.Warning).AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
    await builder.AddClusterSilo();
    await using var app = builder.Build();
    // Alive is who answers, whatever becomes of the database; ready is who can also read it.
    app.MapGet("/health/live", () => Results.Text("live"));
    app.MapGet("/health/ready", async (IDeskStore desks) =>
    {
        try
        {
            await desks.ReadPending();
            return Results.Text("ready");
        }
        catch (StoreUnavailableException)
        {
            return Results.Text("The database does not answer.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    });
    await app.RunAsync();
    return 0;
}
catch (Exception e) when (e is OptionsValidationException or ClusterDatabaseException or SecretFileException)
{
    await Console.Error.WriteLineAsync($"silo: {e.Message}");
    return 2;
}
