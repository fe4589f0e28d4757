using System.Text.Json.Nodes;
using Engagement.Tests.Ports;
using static Engagement.Engage.Tests.EngageProcess;

namespace Engagement.Engage.Tests.Import;

/// <summary>The command as it is typed, against a real engine.</summary>
public sealed class ImportCommandTests(EngageProcess engine) : IClassFixture<EngageProcess>
{
    private string Url => engine.Address.ToString();

    [Theory]
    [InlineData("good-and-bad.ndjson")]
    [InlineData("good-and-bad.ndjson.gz")]
    public async Task Import_OfGoodAndBad_TakesTheGoodNamesTheBadAndIsDoneOnce(string name)
    {
        var file = ImportFiles.Write(engine.Folder, name, [
            ImportFiles.Event($"{name}-1", 1), "", ImportFiles.Event($"{name}-2", 2, "no.such"), "{\"id\":", ImportFiles.Event($"{name}-1", 3, "cash.moved", """{"amount":"x"}"""), ImportFiles.Event($"{name}-2", 4)]);
        var before = await engine.Appended();
        var token = Path.Combine(engine.Folder.FullName, "token");
        await File.WriteAllTextAsync(token, await engine.Token("ingest") + "\n");
        var (code, output, error) = await Run("import", file, "--url", Url, "--token-file", token);
        Assert.Equal((1, ""), (code, error));
        Assert.Contains($"{file}:3: event.type.unknown i-2: ", output, StringComparison.Ordinal);
        Assert.Contains($"{file}:4: event.json.invalid -: ", output, StringComparison.Ordinal);
        Assert.Contains($"{file}:5: event.data.invalid i-3: ", output, StringComparison.Ordinal);
        Assert.EndsWith($"{file}: 6 lines, 2 accepted, 3 refused.\n", output, StringComparison.Ordinal);
        Assert.Equal(before + 2, await engine.Appended());

        Assert.Equal(1, (await Run("import", file, "--url", Url, "--token-file", token)).Code);
        Assert.Equal(before + 2, await engine.Appended());
    }

    [Fact]
    public async Task Import_ThatIsKilled_GoesOnAndDoublesNothing()
    {
        const int events = 6_000;
        // Of few clients: what is sent again must be known again.
        var lines = Enumerable.Range(0, events).Select(i => ImportFiles.Event($"killed-{i % 7}", i)).ToList();
        var file = ImportFiles.Write(engine.Folder, "killed.ndjson.gz", lines);
        var before = await engine.Appended();
        string[] command = ["import", file, "--url", Url, "--token", await engine.Token("ingest"), "--batch", "20"];
        using (var killed = Start(command))
        {
            try
            {
                while (!killed.HasExited && !File.Exists(file + ".import"))
                {
                    await Task.Delay(5);
                }
            }
            finally
            {
                await End(killed);
            }
        }

        // As if it had died once more, between an answer and the state: the last request is sent again.
        var state = JsonNode.Parse(await File.ReadAllTextAsync(file + ".import"))!;
        var line = (long)state["line"]!;
        Assert.InRange(line, 20, events - 1);
        state["line"] = line - 20;
        state["accepted"] = line - 20;
        state["offset"] = lines.Take((int)line - 20).Sum(l => (long)l.Length + 1);
        await File.WriteAllTextAsync(file + ".import", state.ToJsonString());
        var (code, output, error) = await Run(command);
        Assert.True(code == 0, error);
        Assert.EndsWith($": {events} lines, {events} accepted, 0 refused.\n", output, StringComparison.Ordinal);
        Assert.Equal(before + events, await engine.Appended());
    }

    [Fact]
    public async Task Import_IntoNobody_EndsWith3AndGoesOnLater()
    {
        var file = ImportFiles.Write(engine.Folder, "away.ndjson", [ImportFiles.Event("away-1", 1)]);
        var state = Path.Combine(engine.Folder.FullName, "away.state");
        var (code, _, error) = await Run("import", file, "--url", $"http://127.0.0.1:{FreePort.Next()}", "--token", "t", "--patience", "0", "--state", state);
        Assert.Equal((3, $"engage: the engine is away; {file} is at line 0 (0 accepted, 0 refused).\n"), (code, error));
        Assert.Equal(0, (await Run("import", file, "--url", Url, "--token", await engine.Token("ingest"), "--state", state)).Code);
    }

    [Fact]
    public async Task Import_OfAnotherFileOfThatName_IsRefused()
    {
        var file = ImportFiles.Write(engine.Folder, "changed.ndjson", [ImportFiles.Event("changed-1", 1)]);
        string[] command = ["import", file, "--url", Url, "--token", await engine.Token("ingest")];
        Assert.Equal(0, (await Run(command)).Code);
        ImportFiles.Write(engine.Folder, "changed.ndjson", [ImportFiles.Event("changed-2", 2)]);
        var (code, _, error) = await Run(command);
        Assert.Equal((2, $"engage: {file}.import is of another file: name another with --state, or delete it.\n"), (code, error));
    }

    [Fact]
    public async Task Import_OfAFileThatGrewAfterItWasDone_TakesWhatIsNewAndNoPackedOne()
    {
        // Longer than what the state knows a file by.
        var lines = Enumerable.Range(0, 40).Select(i => ImportFiles.Event("grown", i)).ToList();
        // Where no token is given, the key in the engine's folder makes one.
        var data = Path.Combine(engine.Folder.FullName, "data");
        foreach (var name in (string[])["grown.ndjson", "grown.ndjson.gz"])
        {
            Assert.Equal(0, (await Run("import", ImportFiles.Write(engine.Folder, name, lines), "--url", Url, "--data", data)).Code);
        }

        var before = await engine.Appended();
        var grown = Path.Combine(engine.Folder.FullName, "grown.ndjson");
        await File.AppendAllTextAsync(grown, ImportFiles.Event("grown", 40) + "\n");
        Assert.Equal(0, (await Run("import", grown, "--url", Url, "--data", data)).Code);
        Assert.Equal(before + 1, await engine.Appended());

        var packed = ImportFiles.Write(engine.Folder, "grown.ndjson.gz", [.. lines, ImportFiles.Event("grown", 41)]);
        var (code, _, error) = await Run("import", packed, "--url", Url, "--data", data);
        Assert.Equal(2, code);
        Assert.StartsWith($"engage: {packed}.import is of ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("engage: No token: --token-file, --token or ENGAGEMENT_TOKEN in the environment.\n", "import", "x.ndjson", "--url", "http://localhost:1")]
    [InlineData("engage: --batch must be 1 to 10000.\n", "import", "x.ndjson", "--url", "http://localhost:1", "--token", "t", "--batch", "0")]
    [InlineData("engage: --url: 'there' is no http address.\n", "import", "x.ndjson", "--url", "there", "--token", "t")]
    [InlineData("engage: --state is for one file.\n", "import", "x.ndjson", "y.ndjson", "--url", "http://localhost:1", "--token", "t", "--state", "s")]
    public async Task Import_AskedForWhatCannotBe_SaysSoInOneLine(string said, params string[] command) =>
        Assert.Equal((2, "", said), await Run(command));

    [Fact]
    public async Task Token_ThatIsRefused_IsNotSaid()
    {
        var file = ImportFiles.Write(engine.Folder, "refused.ndjson", [ImportFiles.Event("refused-1", 1)]);
        var (code, output, error) = await Run("import", file, "--url", Url, "--token", "s3cret");
        Assert.Equal((2, ""), (code, output));
        Assert.Equal("engage: --url: the engine answers 401 request.unauthenticated.\n", error);
    }
}
