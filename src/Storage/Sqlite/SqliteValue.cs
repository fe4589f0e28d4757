namespace Engagement.Storage.Sqlite;

/// <summary>A value bound to a statement, without a box around a number.</summary>
internal readonly struct SqliteValue
{
    private SqliteValue(long number) => (Number, IsNumber) = (number, true);

    private SqliteValue(object? other) => Other = other;

    public bool IsNumber { get; }

    public long Number { get; }

    /// <summary>A <see cref="string"/>, a <see cref="byte"/> array, or null.</summary>
    public object? Other { get; }

    public static implicit operator SqliteValue(long value) => new(value);

    public static implicit operator SqliteValue(int value) => new((long)value);

    public static implicit operator SqliteValue(long? value) => value is { } number ? new(number) : default;

    public static implicit operator SqliteValue(string? value) => new((object?)value);

    public static implicit operator SqliteValue(byte[]? value) => new((object?)value);
}
