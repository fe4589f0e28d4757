using System.Text.Json;

namespace Engagement.Engage.Demo;

/// <summary>What the demo remembers between starts on the same data.</summary>
/// <param name="Run">Counts the starts; part of every played event's id, so that none repeats an earlier one's.</param>
/// <param name="StartDay">Day of the first start (Shanghai day number): histories stay dated from it.</param>
/// <param name="Loaded">How many clients' histories the engine has confirmed.</param>
internal sealed record DemoProgress(int Run, int StartDay, int Loaded)
{
    /// <returns>What <see cref="Save"/> left; null where there is nothing, or nothing readable.</returns>
    public static DemoProgress? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), DemoJson.Default.DemoProgress);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Written beside and moved into place: a crash leaves the old or the new, never half of one.</summary>
    public void Save(string path)
    {
        var beside = path + ".new";
        File.WriteAllBytes(beside, JsonSerializer.SerializeToUtf8Bytes(this, DemoJson.Default.DemoProgress));
        File.Move(beside, path, overwrite: true);
    }
}
