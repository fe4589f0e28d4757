namespace Engagement.Gateway;

/// <summary>The <c>limit</c> of a list, 1 to 1,000, and its pages.</summary>
internal static class Paging
{
    public const int LimitDefault = 100;
    public const int LimitMax = 1_000;

    public static IResult? Refuse(int? limit) => limit is < 1 or > LimitMax ? Problems.Invalid("limit", $"must be 1 to {LimitMax}") : null;

    /// <summary>A page of what was read with one more than its limit: whether that came says whether another page follows.</summary>
    public static PageOf<T> Cut<T>(IReadOnlyList<T> read, int limit, Func<T, string> cursor) =>
        read.Count > limit ? new([.. read.Take(limit)], cursor(read[limit - 1])) : new(read, null);

    /// <summary>A page of a list that is whole in memory and short; its cursor is the place in it.</summary>
    public static IResult Page<T>(IReadOnlyList<T> all, string? after, int? limit, int limitDefault = LimitMax)
    {
        var from = 0;
        if (Refuse(limit) is { } refusal)
        {
            return refusal;
        }

        if (after is not null && (!int.TryParse(after, out from) || from < 0))
        {
            return Problems.Invalid("after", "is not a cursor of this list");
        }

        var most = limit ?? limitDefault;
        return Results.Json(new PageOf<T>([.. all.Skip(from).Take(most)], all.Count - from > most ? (from + most).ToString() : null), Json.Options);
    }
}
