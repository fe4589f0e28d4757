using System.IO.Compression;
using System.Text;
using Engagement.Domain;

namespace Engagement.Engage.Tests.Import;

internal static class ImportFiles
{
    public static string Event(string client, int number, string type = "app.active", string data = "{}") =>
        $$"""{"specversion":"1.0","id":"i-{{number}}","source":"/files","type":"{{type}}","subject":"{{client}}","time":"{{Rfc3339.Format(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - 60_000)}}","data":{{data}}}""";

    public static string Write(DirectoryInfo folder, string name, IEnumerable<string> lines)
    {
        var path = Path.Combine(folder.FullName, name);
        using var file = File.Create(path);
        using var packed = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : (Stream)file;
        packed.Write(Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\n"))));
        return path;
    }
}
