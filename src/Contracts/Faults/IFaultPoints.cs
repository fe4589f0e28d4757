namespace Engagement.Contracts.Faults;

/// <summary>
/// Told of each step between which a crash must lose and double nothing. A test has the process die there; otherwise
/// nothing happens.
/// </summary>
public interface IFaultPoints
{
    /// <param name="step">One of <see cref="FaultPoint"/>.</param>
    void Reach(string step);
}

/// <summary>No faults: what every engine runs with but those of the tests.</summary>
public sealed class NoFaults : IFaultPoints
{
    public static readonly NoFaults Instance = new();

    public void Reach(string step)
    {
    }
}
