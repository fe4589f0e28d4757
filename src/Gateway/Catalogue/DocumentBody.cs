using System.Text;
using System.Text.Unicode;
using Engagement.Domain;
using Engagement.Domain.Documents;

namespace Engagement.Gateway.Catalogue;

/// <summary>A document as it is sent: YAML or JSON by its content type, at most 4 MiB.</summary>
internal sealed record DocumentBody(string Text, bool Json)
{
    private const int BytesMax = 4 * 1024 * 1024;

    /// <returns>The document, or why it is refused.</returns>
    public static async Task<(DocumentBody? Body, IResult? Refusal)> Read(HttpRequest request, CancellationToken cancellation)
    {
        var type = request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();
        var json = type == "application/json";
        if (!json && type is not ("application/yaml" or "application/x-yaml" or "text/yaml" or "text/x-yaml"))
        {
            return (null, Problems.Of(415, "request.content.type", "A document comes as application/yaml or application/json."));
        }

        return await ReadAll(request, cancellation) is not { } utf8 ? (null, Problems.Of(413, "request.too.large", "A document is at most 4 MiB."))
            : !Utf8.IsValid(utf8.Span) ? (null, DocumentErrors.Invalid(request, [NoText(utf8.Span)]))
            : (new(Encoding.UTF8.GetString(utf8.Span), json), null);
    }

    private static DocumentProblem NoText(ReadOnlySpan<byte> utf8)
    {
        var good = 0;
        while (Rune.DecodeFromUtf8(utf8[good..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            good += length;
        }

        var line = utf8[..good].Count((byte)'\n') + 1;
        var column = Encoding.UTF8.GetCharCount(utf8[(utf8[..good].LastIndexOf((byte)'\n') + 1)..good]) + 1;
        return new("", line, column, ProblemCode.Syntax, "From here on the document is not valid UTF-8.", "从这里开始，文档不是有效的 UTF-8。");
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadAll(HttpRequest request, CancellationToken cancellation)
    {
        using var buffer = new MemoryStream();
        var piece = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(piece, cancellation)) > 0)
        {
            if (buffer.Length + read > BytesMax)
            {
                return null;
            }

            buffer.Write(piece, 0, read);
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }
}
