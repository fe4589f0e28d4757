using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Engagement.Domain.Clients;

/// <summary>The version of the document that a <c>….published</c> record names. A million clients meet one record, and it is read once.</summary>
public static class PublishedVersion
{
    private static readonly ConditionalWeakTable<byte[], StrongBox<int>> Known = [];

    /// <param name="data">The record's own array.</param>
    public static int Of(byte[] data) => Known.GetValue(data, Read).Value;

    private static StrongBox<int> Read(byte[] data)
    {
        using var document = JsonDocument.Parse(data);
        return new(document.RootElement.GetProperty("version").GetInt32());
    }
}
