namespace Engagement.Storage.Tests;

/// <summary>The statements that Orleans' ADO.NET storage reads from <c>OrleansQuery</c>, run as it runs them, each call on a connection of its own.</summary>
public interface IGrainState
{
    /// <param name="version">The version that is held; null: none yet.</param>
    /// <returns>The version written; null where nothing was.</returns>
    int? Write(int key, int? version, byte[] payload, string? extension = null);

    /// <returns>The version after it; null where nothing was cleared.</returns>
    int? Clear(int key, int version);

    (byte[]? Payload, int Version)? Read(int key);
}
