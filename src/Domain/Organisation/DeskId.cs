using System.Diagnostics.CodeAnalysis;

namespace Engagement.Domain.Organisation;

public enum DeskKind : byte { None, Advisor, Outlet, Hq }

/// <summary>A desk: <c>advisor:ID</c>, <c>outlet:ID</c>, <c>hq</c>, or <c>none</c>, where nobody may act. The default is <c>none</c>.</summary>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("desk-id")]
public readonly record struct DeskId
{
    private const string AdvisorPrefix = "advisor:";
    private const string OutletPrefix = "outlet:";

    [Orleans.Id(0)]
    private readonly string? owner;

    private DeskId(DeskKind kind, string? owner) => (Kind, this.owner) = (kind, owner);

    public static DeskId None => default;

    public static DeskId Hq { get; } = new(DeskKind.Hq, null);

    [Orleans.Id(1)]
    public DeskKind Kind { get; }

    /// <summary>The id of the advisor or the outlet; <c>""</c> for the other two.</summary>
    public string Owner => owner ?? "";

    public static DeskId Advisor(string id) => new(DeskKind.Advisor, Checked(id));

    public static DeskId Outlet(string id) => new(DeskKind.Outlet, Checked(id));

    public static bool TryParse([NotNullWhen(true)] string? text, out DeskId desk)
    {
        desk = None;
        switch (text)
        {
            case "none":
                return true;
            case "hq":
                desk = Hq;
                return true;
            case not null when text.StartsWith(AdvisorPrefix, StringComparison.Ordinal) && Ids.IsValid(text.AsSpan(AdvisorPrefix.Length)):
                desk = new(DeskKind.Advisor, text[AdvisorPrefix.Length..]);
                return true;
            case not null when text.StartsWith(OutletPrefix, StringComparison.Ordinal) && Ids.IsValid(text.AsSpan(OutletPrefix.Length)):
                desk = new(DeskKind.Outlet, text[OutletPrefix.Length..]);
                return true;
            default:
                return false;
        }
    }

    /// <exception cref="FormatException">The text names no desk.</exception>
    public static DeskId Parse(string text) => TryParse(text, out var desk) ? desk : throw new FormatException($"'{text}' names no desk.");

    public override string ToString() => Kind switch
    {
        DeskKind.Advisor => AdvisorPrefix + owner,
        DeskKind.Outlet => OutletPrefix + owner,
        DeskKind.Hq => "hq",
        _ => "none",
    };

    private static string Checked(string id) => Ids.IsValid(id) ? id : throw new ArgumentException($"'{id}' is no id.", nameof(id));
}
