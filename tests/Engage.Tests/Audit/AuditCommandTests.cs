using Microsoft.Data.Sqlite;

namespace Engagement.Engage.Tests.Audit;

/// <summary><c>engage audit verify</c> beside a real engine, that is killed, and after somebody was at its file.</summary>
public sealed class AuditCommandTests
{
    [Fact]
    public async Task Verify_OverAKillAndAfterTampering_TellsWhatIsWrong()
    {
        await using var engine = new AuditedEngine();
        await engine.Start();
        await engine.Read(20);
        // Killed while it answers: what was answered is in the chain, which goes on.
        var answered = await engine.KillWhileReading();
        var (code, output, error) = await engine.Verify();
        Assert.True(code == 0, output + error);
        Assert.True(engine.Rows() >= 20 + answered, $"{engine.Rows()} rows, {answered} answers");
        (code, output, _) = await engine.Verify("--heads", engine.Heads);
        Assert.True(code == 0, output);
        // From here on another key signs, each chain with its first entry; the heads that were kept are the former one's.
        var before = engine.ChangeKey();
        await engine.Start();
        await engine.Read(5);
        // Beside the running engine.
        (code, output, _) = await engine.Verify("--heads", engine.Heads);
        Assert.True(code == 0, output);
        Assert.Matches("^No fault: [0-9]+ rows in 16 chains, each up to its signed end.\n$", output);
        (code, output, _) = await engine.Verify("--key", before);
        Assert.Equal(1, code);
        Assert.Contains("head forged", output, StringComparison.Ordinal);
        await engine.Read(5);
        await engine.Kill();

        engine.Run("create table kept as select * from audit_head");
        (code, output, _) = await engine.Verify("--heads", engine.Heads);
        Assert.True(code == 0, output);
        engine.Run("drop trigger audit_no_update; drop trigger audit_no_delete; update audit set who = 'somebody-else' where (shard, seq) in (select shard, seq from audit where action = 'dead-letters.read' and seq = 3)");
        (code, output, _) = await engine.Verify();
        Assert.Equal(1, code);
        Assert.Matches("shard [0-9]+, row 3: changed: .*\n1 faults.", output);
        engine.Run("delete from audit; delete from audit_head");
        (code, output, _) = await engine.Verify("--heads", engine.Heads);
        Assert.Equal(1, code);
        Assert.Contains("head missing", output, StringComparison.Ordinal);
        Assert.Contains("rolled back", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--key", "no-such-file")]
    [InlineData("--data", "no-such-folder")]
    [InlineData("--nonsense", "x")]
    public async Task Verify_WithABadOption_SaysSoInALine(string option, string value)
    {
        await using var engine = new AuditedEngine();
        if (option == "--key")
        {
            await engine.Start();
        }

        var (code, output, error) = option == "--key" ? await engine.Verify(option, value) : await EngageProcess.Run("audit", "verify", option, value);
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("engage: ", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
    }
}
