using System.IO.Compression;

namespace Engagement.Engage.Import;

/// <summary>Takes one file into the engine, from where an earlier run has left it.</summary>
internal sealed class ImportRun(string url, EventSender sender, int eventsMax, ImportScreen screen)
{
    /// <returns>How far it has come; not <c>Done</c> where the engine was away for longer than patience lasts.</returns>
    /// <exception cref="CommandException">The file or its state cannot be read, or the engine takes nothing from us.</exception>
    public async Task<ImportState> Take(string path, string statePath, CancellationToken cancellation)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var state = ImportState.Open(statePath, url, ImportState.Beginning(file));
            var packed = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
            if (state.Done)
            {
                if (state.Length == file.Length)
                {
                    return state;
                }

                // What was written behind the end of a plain file is taken up there; anything else is another file that begins the same.
                state = !packed && file.Length > state.Length
                    ? state with { Done = false }
                    : throw new CommandException($"{statePath} is of a file of {state.Length} bytes, and {path} has {file.Length}: name another with --state, or delete it.");
            }

            await using var events = packed ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
            var lines = new LineReader(events);
            return lines.Skip(state.Offset)
                ? await Take(path, file, new(lines, state.Line, eventsMax), state, statePath, cancellation)
                : throw new CommandException($"{statePath} says that {path} was larger than it is.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new CommandException($"{path}: {e.Message}");
        }
    }

    private async Task<ImportState> Take(string path, FileStream file, EventBatches batches, ImportState state, string statePath, CancellationToken cancellation)
    {
        while (batches.Next() is { } batch)
        {
            screen.Show(path, file.Position, file.Length, state, sender.Waiting);
            var sending = sender.Send(batch.Body, cancellation);
            while (await Task.WhenAny(sending, screen.Beat(cancellation)) != sending)
            {
                screen.Show(path, file.Position, file.Length, state, sender.Waiting);
            }

            if (await sending is not { } taken)
            {
                return state;
            }

            foreach (var refusal in taken.Rejected)
            {
                screen.Refused(path, batch.Lines[refusal.Index], refusal);
            }

            state = state with { Offset = batch.Offset, Line = batch.Line, Accepted = state.Accepted + taken.Accepted, Rejected = state.Rejected + taken.Rejected.Count };
            state.Write(statePath);
        }

        state = state with { Done = true, Length = file.Length };
        state.Write(statePath);
        screen.Show(path, file.Length, file.Length, state, null);
        return state;
    }
}
