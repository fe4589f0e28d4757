using System.Text;
using CsCheck;
using Engagement.Domain.Clients;

namespace Engagement.Domain.Tests.Clients;

/// <summary>What the reader takes, the fold takes: one event that it could not apply would stop its shard for ever.</summary>
public sealed class AcceptedEventTests
{
    private const long Now = 1_772_416_800_000;

    /// <summary>Events with a value left open, each in a field that the fold reads.</summary>
    private static readonly string[] Shapes =
    [
        """risk.assessed {"level":#,"validUntil":"2027-01-01"}""",
        """profile.changed {"risk":#,"riskValidUntil":"2027-01-01"}""",
        """assets.valued {"total":#}""",
        """cash.moved {"amount":#}""",
        """trade.executed {"symbol":"6","side":"buy","quantity":#,"price":1,"product":"stock","commission":0}""",
        """trade.executed {"symbol":"6","side":"sell","quantity":1,"price":#,"product":"stock","commission":#}""",
        """holdings.valued {"positions":{"6":#}}""",
        """contract.signed {"contract":"k","product":"p","assets":#}""",
        """fee.charged {"amount":#}""",
        """x.own {"a":#}""",
    ];

    private static readonly string[] Awkward =
    [
        "4.99999999999999999999", "5.0", "5e0", "50e-1", "0.5e1", "-0", "-0.0", "0.00001", "1e15", "1e16", "1e400", "1e-400", "9007199254740993",
        "999999999999999.99", "0.1234", "0.12345", "123456789012345678901234567890", "3.0000000000000000000000000000000000001",
    ];

    private static readonly Gen<string> Numbers = Gen.OneOf(
        Gen.Int[0, Awkward.Length - 1].Select(i => Awkward[i]),
        Gen.Select(Gen.Int[-9, 9], Gen.Int[0, 9_999], Gen.Int[-6, 6]).Select((whole, part, power) => $"{whole}.{part}e{power}"),
        Gen.Int[0, 6].Select(i => $"{i}"));

    [Fact]
    public void Fold_OfAnyEventThatWasTaken_TakesIt()
    {
        var taken = 0;
        Gen.Select(Gen.Int[0, Shapes.Length - 1].Select(i => Shapes[i]), Numbers).Sample((shape, number) =>
        {
            var (type, data) = (shape[..shape.IndexOf(' ')], shape[(shape.IndexOf(' ') + 1)..].Replace("#", number, StringComparison.Ordinal));
            var raw = Encoding.UTF8.GetBytes($$"""{"specversion":"1.0","id":"e","source":"s","type":"{{type}}","subject":"c-1","time":"2026-03-02T02:00:00Z","data":{{data}}}""");
            if (EventReader.TryRead(raw, Now, out _, out var read) is null)
            {
                Interlocked.Increment(ref taken);
                var client = new OneClient();
                client.On("2026-03-02T02:00:00Z", "account.opened", """{"outlet":"o","channel":"online"}""");
                client.On("2026-03-02T02:00:01Z", read!.Type, Encoding.UTF8.GetString(read.Data));
            }
        }, iter: 20_000);
        Assert.True(taken > 1_000, $"{taken} were taken: too few to prove anything.");
    }

    [Theory]
    [InlineData("4.99999999999999999999", false)]
    [InlineData("5.0", true)]
    [InlineData("50e-1", true)]
    [InlineData("6", false)]
    [InlineData("0", false)]
    public void Level_OfAnAssessment_IsAWholeNumberAsItIsWritten(string level, bool taken)
    {
        var raw = Encoding.UTF8.GetBytes($$"""{"specversion":"1.0","id":"e","source":"s","type":"risk.assessed","subject":"c-1","time":"2026-03-02T02:00:00Z","data":{"level":{{level}},"validUntil":"2027-01-01"} }""");
        Assert.Equal(taken, EventReader.TryRead(raw, Now, out _, out _) is null);
    }
}
