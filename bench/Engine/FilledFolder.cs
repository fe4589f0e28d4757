using System.Globalization;

namespace Engagement.Bench.Engine;

/// <summary>A folder with an engine's file in which many clients sleep. One of its own goes at the end; one that is kept serves other runs.</summary>
internal sealed class FilledFolder : IDisposable
{
    private readonly bool temporary;

    private FilledFolder(string path, bool temporary) => (Path, this.temporary) = (path, temporary);

    public string Path { get; }

    /// <summary>Bytes of an average snapshot in the file, the hashes of the last events included.</summary>
    public double SnapshotBytes { get; private init; }

    /// <param name="keep">Where it is kept, filled if it is not yet; null: a folder of its own.</param>
    public static async Task<FilledFolder> Open(string? keep, int clients, TimeProvider time)
    {
        var path = keep is null ? Directory.CreateTempSubdirectory("engage-bench-").FullName : Directory.CreateDirectory(keep).FullName;
        var filled = System.IO.Path.Combine(path, "filled");
        if (!File.Exists(filled))
        {
            string database;
            await using (var engine = await EngineProcess.StartAsync(path))
            {
                database = engine.Database;
                await EngineRun.Publish(engine);
            }

            var bytes = await new ResidentFile(database, time).Fill(clients);
            await File.WriteAllTextAsync(filled, bytes.ToString(CultureInfo.InvariantCulture));
        }

        return new(path, temporary: keep is null) { SnapshotBytes = double.Parse(await File.ReadAllTextAsync(filled), CultureInfo.InvariantCulture) };
    }

    /// <summary>For a run that changes what is in it: one of its own, or a copy of the one that is kept.</summary>
    public static async Task<FilledFolder> OpenCopy(string? keep, int clients, TimeProvider time)
    {
        var folder = await Open(keep, clients, time);
        if (folder.temporary)
        {
            return folder;
        }

        var copy = Directory.CreateTempSubdirectory("engage-bench-").FullName;
        foreach (var file in Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories))
        {
            var to = System.IO.Path.Combine(copy, System.IO.Path.GetRelativePath(folder.Path, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        return new(copy, temporary: true) { SnapshotBytes = folder.SnapshotBytes };
    }

    public void Dispose()
    {
        if (temporary)
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
