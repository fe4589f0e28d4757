namespace Engagement.Gateway;

/// <summary>The <c>limit</c> of a list: 1 to 1,000.</summary>
internal static class Paging
{
    public const int LimitDefault = 100;
    public const int LimitMax = 1_000;

    public static IResult? Refuse(int? limit) => limit is < 1 or > LimitMax ? Problems.Invalid("limit", $"must be 1 to {LimitMax}") : null;
}
