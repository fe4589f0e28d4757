using Engagement.Engage.Surge;

namespace Engagement.Engage.Tests.Surge;

/// <summary>What would be wrong is found.</summary>
public sealed class OpeningsTests
{
    private readonly Openings openings = new();

    public OpeningsTests()
    {
        foreach (var (account, accepted) in new (string, bool?)[] { ("taken", true), ("refused", false), ("unknown", null) })
        {
            openings.Begin(account, 7);
            if (accepted is { } known)
            {
                openings.End(account, known);
            }
        }
    }

    [Fact]
    public void Prompt_OfAnAcceptedAccount_ThatIsNotSeen_IsMissing()
    {
        Assert.Equal(new PromptReport(1, 0, 1, 0, 0), openings.Check());
        Assert.False(openings.Complete());
    }

    [Fact]
    public void Prompt_SeenTwice_CountsOnce()
    {
        Assert.Equal(7, openings.See("p-1", "taken"));
        Assert.Null(openings.See("p-1", "taken"));
        Assert.Equal(new PromptReport(1, 1, 0, 0, 0), openings.Check());
    }

    [Fact]
    public void Prompts_TwoOfOneAccount_AreFound()
    {
        openings.See("p-1", "taken");
        openings.See("p-2", "taken");
        Assert.Equal(new PromptReport(1, 2, 0, 1, 0), openings.Check());
    }

    [Fact]
    public void Prompt_OfARefusedAccount_IsFound_AndOfOneThatNobodyKnowsAboutIsNot()
    {
        openings.See("p-1", "refused");
        openings.See("p-2", "unknown");
        Assert.Null(openings.See("p-3", "of an earlier run"));
        Assert.Equal(new PromptReport(1, 2, 1, 0, 1), openings.Check());
    }
}
