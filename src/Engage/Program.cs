using System.CommandLine;
using Engagement.Contracts.Settings;
using Engagement.Engage;
using Engagement.Engage.Import;
using Engagement.Engage.Surge;

var root = new RootCommand("Engagement: the real-time engine for intensive client operation.") { ServeCommand.Make(), TokenCommand.Make(), ReplayCommand.Make(), MigrateCommand.Make(), AuditCommand.Make(), ImportCommand.Make(), SurgeCommand.Make() };
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    await Console.Error.WriteLineAsync($"engage: {CommandLineError.Text(parsed.Errors)}");
    return 2;
}

try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is CommandException or SecretFileException or Microsoft.Extensions.Options.OptionsValidationException
    || (e is IOException && e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException))
{
    await Console.Error.WriteLineAsync($"engage: {e.Message}");
    return 2;
}
catch (OperationCanceledException)
{
    // Stopped before it had started.
    return 130;
}
