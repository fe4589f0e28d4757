using System.CommandLine;

namespace Engagement.Engage.Import;

/// <summary>
/// <c>engage import</c>: events from files. Exit code 0: everything was accepted, 1: some events were refused, 2: it cannot be done as asked,
/// 3: the engine was away for too long, 130: interrupted. After 3 and 130 the same command goes on.
/// </summary>
internal static class ImportCommand
{
    private const int SomeRefused = 1;
    private const int EngineAway = 3;
    private const int Interrupted = 130;

    private sealed record Options(string[] Files, Uri Url, string Token, string? State, int Batch, TimeSpan Patience);

    public static Command Make()
    {
        var files = new Argument<string[]>("FILE") { Description = ".ndjson or .ndjson.gz, one event a line.", Arity = ArgumentArity.OneOrMore };
        var (url, token, tokenFile) = (EngineAccess.Url(), EngineAccess.Token(), EngineAccess.TokenFile());
        var data = new Option<string>("--data") { Description = "The folder of an embedded engine on this machine, whose key makes the token where none is given.", DefaultValueFactory = _ => "data" };
        var state = new Option<string?>("--state") { Description = "Where to keep how far it has come. Default: FILE.import." };
        var batch = new Option<int>("--batch") { Description = "Events in one request, 1 to 10,000.", DefaultValueFactory = _ => 1_000 };
        var patience = new Option<int>("--patience") { Description = "Seconds to try again while the engine is away.", DefaultValueFactory = _ => 300 };
        var command = new Command("import", "Sends events from files, and goes on where it was.") { files, url, token, tokenFile, data, state, batch, patience };
        command.SetAction((parsed, cancellation) => Import(
            new(
                parsed.GetRequiredValue(files),
                EngineAccess.Address(parsed.GetRequiredValue(url)),
                EngineAccess.TokenOf(parsed.GetValue(token), parsed.GetValue(tokenFile), EngineAccess.Address(parsed.GetRequiredValue(url)), parsed.GetRequiredValue(data)),
                parsed.GetValue(state),
                Between("--batch", parsed.GetValue(batch), 1, EventBatches.EventsMax),
                TimeSpan.FromSeconds(Between("--patience", parsed.GetValue(patience), 0, 86_400))),
            cancellation));
        return command;
    }

    private static async Task<int> Import(Options options, CancellationToken cancellation)
    {
        if (options.State is not null && options.Files.Length > 1)
        {
            throw new CommandException("--state is for one file.");
        }

        using var http = new HttpClient { BaseAddress = options.Url, Timeout = TimeSpan.FromSeconds(60) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", options.Token);
        var screen = new ImportScreen(Console.Out, Console.IsErrorRedirected ? null : Console.Error, TimeProvider.System);
        var run = new ImportRun(options.Url.GetLeftPart(UriPartial.Authority), new(http, options.Patience, TimeProvider.System), options.Batch, screen);
        var refused = false;
        foreach (var file in options.Files)
        {
            try
            {
                var state = await run.Take(file, options.State ?? file + ".import", cancellation);
                var said = $"{state.Accepted} accepted, {state.Rejected} refused";
                if (!state.Done)
                {
                    await Console.Error.WriteLineAsync($"engage: the engine is away; {file} is at line {state.Line} ({said}).");
                    return EngineAway;
                }

                await Console.Out.WriteLineAsync($"{file}: {state.Line} lines, {said}.");
                refused |= state.Rejected > 0;
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return Interrupted;
            }
        }

        return refused ? SomeRefused : 0;
    }

    private static int Between(string option, int value, int least, int most) =>
        value >= least && value <= most ? value : throw new CommandException($"{option} must be {least} to {most}.");
}
