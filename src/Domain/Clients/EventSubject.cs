using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Engagement.Domain.Clients;

/// <summary>Whose event it is that was refused, for erasing him: as far as it can be read, for what is refused may be anything.</summary>
public static partial class EventSubject
{
    private const int CharactersMax = 64;

    /// <returns>Empty: it does not say, or nothing that could be a client.</returns>
    public static string Of(ReadOnlySpan<byte> raw)
    {
        var subject = Parsed(raw) ?? Named().Match(Encoding.UTF8.GetString(raw)).Groups["client"].Value;
        return Ids.IsValid(subject) ? subject : "";
    }

    /// <summary>The event's own <c>subject</c>, and none that stands deeper in it; null: it is broken before there is one.</summary>
    private static string? Parsed(ReadOnlySpan<byte> raw)
    {
        var reader = new Utf8JsonReader(raw, new JsonReaderOptions { MaxDepth = CharactersMax });
        string? found = null;
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("subject"u8) && reader.Read())
                {
                    found = reader.TokenType == JsonTokenType.String ? reader.GetString() : found;
                }
            }

            return found ?? "";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return found;
        }
    }

    [GeneratedRegex("\"subject\"\\s*:\\s*\"(?<client>[A-Za-z0-9._:-]{1,64})\"", RegexOptions.CultureInvariant)]
    private static partial Regex Named();
}
