using System.Security.Cryptography;
using System.Text.Json;

namespace Engagement.Engage.Import;

/// <summary>How far a file has come. Lies beside it, is written after each answer, and says the truth or a little less.</summary>
/// <param name="Url">Into which engine.</param>
/// <param name="Begins">A digest of the file's first bytes, so that another file of the same name is not taken for it.</param>
/// <param name="Offset">Bytes, inflated, that are durable or refused.</param>
/// <param name="Line">Lines up to there.</param>
/// <param name="Length">The file's own bytes, packed where they are, when it was done.</param>
internal sealed record ImportState(string Url, string Begins, long Offset, long Line, long Accepted, long Rejected, bool Done, long Length = 0)
{
    private const int BeginningBytes = 4_096;
    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <exception cref="CommandException">The state is another file's or another engine's, or is none.</exception>
    public static ImportState Open(string path, string url, string begins)
    {
        if (!File.Exists(path))
        {
            return new(url, begins, 0, 0, 0, 0, false);
        }

        ImportState? state;
        try
        {
            state = JsonSerializer.Deserialize<ImportState>(File.ReadAllText(path), Written);
        }
        catch (JsonException)
        {
            state = null;
        }

        return state is null ? throw new CommandException($"{path} does not say how far an import has come.")
            : state.Begins != begins ? throw new CommandException($"{path} is of another file: name another with --state, or delete it.")
            : state.Url != url ? throw new CommandException($"{path} is of an import into {state.Url}: name another with --state, or delete it.")
            : state;
    }

    public void Write(string path)
    {
        // Moved into place: a cut leaves the one before.
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(this, Written));
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Of the file's own bytes, packed where they are; the stream is at its beginning again afterwards.</summary>
    public static string Beginning(Stream file)
    {
        Span<byte> first = stackalloc byte[BeginningBytes];
        var read = file.ReadAtLeast(first, BeginningBytes, throwOnEndOfStream: false);
        file.Position = 0;
        return Convert.ToHexStringLower(SHA256.HashData(first[..read]))[..32];
    }
}
