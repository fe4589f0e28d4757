using System.Text.Json;
using Engagement.Domain.Audit;

namespace Engagement.Engage;

/// <summary>Signed heads of chains as they were once, in a file that somebody else keeps.</summary>
internal static class HeadsFile
{
    /// <returns>Empty where there is no file yet.</returns>
    public static IReadOnlyList<AuditHead> Read(string path, AuditKey key)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            var heads = JsonSerializer.Deserialize<List<AuditHead>>(File.ReadAllText(path), JsonSerializerOptions.Web) ?? [];
            return heads.TrueForAll(h => AuditChain.IsSigned(h, key)) ? heads : throw new CommandException($"--heads: {path}: another key signed them, or they were changed.");
        }
        catch (JsonException e)
        {
            throw new CommandException($"--heads: {path}: {e.Message}");
        }
    }

    public static void Write(string path, IReadOnlyList<AuditHead> heads)
    {
        // Moved into place: a crash in between leaves the old ones.
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(heads, JsonSerializerOptions.Web));
        File.Move(path + ".new", path, overwrite: true);
    }
}
