namespace Engagement.Contracts.Streams;

/// <summary>One event on its way to a shard.</summary>
/// <param name="Json">A CloudEvent in JSON, as in a request.</param>
[GenerateSerializer, Immutable, Alias("streamed-event")]
public sealed record StreamedEvent([property: Id(0)] byte[] Json);
