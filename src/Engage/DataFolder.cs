using System.Text.Json;
using Engagement.Gateway.Security;

namespace Engagement.Engage;

/// <summary>The embedded engine's folder: its database, its key, and what was fixed when it was made. One engine at a time.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream held;

    private DataFolder(string path, FileStream held, int shards) => (Path, this.held, Shards) = (path, held, shards);

    public string Path { get; }

    /// <summary>Fixed when the folder was made.</summary>
    public int Shards { get; }

    public string Database => System.IO.Path.Combine(Path, "engine.db");

    /// <summary>The folder's database and number of shards, for a command that only reads: an engine may hold the folder meanwhile.</summary>
    public static (string Database, int Shards) Look(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        var (file, database) = (System.IO.Path.Combine(full, "engine.json"), System.IO.Path.Combine(full, "engine.db"));
        return File.Exists(file) && File.Exists(database)
            ? (database, JsonSerializer.Deserialize<Made>(File.ReadAllText(file))!.Shards)
            : throw new CommandException($"--data: {path} holds no engine's data.");
    }

    /// <summary>The public key of the audit trail.</summary>
    public static string AuditKey(string path) => System.IO.Path.Combine(System.IO.Path.GetFullPath(path), "audit.pub");

    /// <summary>The key of its tokens; it is made where there is none.</summary>
    public static EmbeddedKey Key(string path)
    {
        Make(path);
        try
        {
            return EmbeddedKey.Open(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new CommandException($"--data: {e.Message}");
        }
    }

    /// <summary>Is there a key that somebody made?</summary>
    public static bool HasKey(string path) => File.Exists(System.IO.Path.Combine(path, EmbeddedKey.FileName));

    public static DataFolder Open(string path, int? shards)
    {
        var full = System.IO.Path.GetFullPath(path);
        Make(full);
        FileStream held;
        try
        {
            held = new(System.IO.Path.Combine(full, "engine.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new CommandException($"--data: another engine runs on {path}.");
        }

        var file = System.IO.Path.Combine(full, "engine.json");
        var made = File.Exists(file) ? JsonSerializer.Deserialize<Made>(File.ReadAllText(file)) : null;
        if (made is not null && shards is { } other && other != made.Shards)
        {
            held.Dispose();
            throw new CommandException($"--shards: {path} was made with {made.Shards} shards, which does not change.");
        }

        if (made is null)
        {
            made = new(shards ?? 16);
            // Moved into place: a crash in between leaves no half of it, which no later start could read.
            File.WriteAllText(file + ".new", JsonSerializer.Serialize(made));
            File.Move(file + ".new", file, overwrite: true);
        }

        return new(full, held, made.Shards);
    }

    private static void Make(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"--data: {path} is no folder and cannot be made one.");
        }
    }

    public void Dispose() => held.Dispose();

    private sealed record Made(int Shards);
}
