namespace Engagement.Engage.Import;

/// <summary>Some lines of a file, as one request.</summary>
/// <param name="Lines">Number in the file of each line that is sent, from 1.</param>
/// <param name="Offset">Bytes of the file, inflated, up to the end of the last of them.</param>
/// <param name="Line">Lines up to there, empty ones too.</param>
internal sealed record EventBatch(ReadOnlyMemory<byte> Body, IReadOnlyList<long> Lines, long Offset, long Line);
