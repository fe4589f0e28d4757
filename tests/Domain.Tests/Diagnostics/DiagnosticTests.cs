using System.Reflection;
using Engagement.Domain.Diagnostics;
using Engagement.Domain.Language.Syntax;
using Engagement.Domain.Segments;

namespace Engagement.Domain.Tests.Diagnostics;

/// <summary>Every message of the table, whatever it is about, stands in both languages and says the same things.</summary>
public sealed class DiagnosticTests
{
    private static readonly string[] SameInBoth = [nameof(Diagnostic.Verbatim), nameof(Diagnostic.OrComma)];

    public static TheoryData<string> Names() =>
        [.. typeof(Diagnostic).GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Select(m => m.Name).Except(SameInBoth).Distinct()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Message_OfTheTable_IsInBothLanguagesWithAllThatItWasGiven(string name)
    {
        var (message, given) = Made(name);

        Assert.Contains(message.Zh, c => c is >= '\u4E00' and <= '\u9FFF');
        Assert.DoesNotContain(message.En, c => c is >= '\u4E00' and <= '\u9FFF');
        Assert.Contains(message.En, char.IsAsciiLetter);
        Assert.All(given, part => Assert.Contains(part, message.Zh, StringComparison.Ordinal));
        Assert.All(given, part => Assert.Contains(part, message.En, StringComparison.Ordinal));
    }

    [Fact]
    public void Message_WithNothingToSuggest_SuggestsNothing()
    {
        var message = Diagnostic.UnknownName("x", null);

        Assert.DoesNotContain("?", message.En, StringComparison.Ordinal);
        Assert.DoesNotContain("？", message.Zh, StringComparison.Ordinal);
    }

    private static (Localized Message, List<string> Given) Made(string name)
    {
        var member = typeof(Diagnostic).GetMember(name, BindingFlags.Public | BindingFlags.Static).Single();
        if (member is FieldInfo field)
        {
            return ((Localized)field.GetValue(null)!, []);
        }

        var method = (MethodInfo)member;
        var given = new List<string>();
        var arguments = method.GetParameters().Select((p, i) => Argument(p.ParameterType, i, given)).ToArray();
        return ((Localized)method.Invoke(null, arguments)!, given);
    }

    private static object Argument(Type type, int at, List<string> given)
    {
        if (type == typeof(bool))
        {
            return true;
        }

        if (type == typeof(BinaryOperator))
        {
            return BinaryOperator.Add;
        }

        if (type == typeof(Localized))
        {
            return Diagnostic.IntType;
        }

        if (type == typeof(IReadOnlyList<Localized>))
        {
            return new[] { Diagnostic.IntType };
        }

        if (type == typeof(IEnumerable<IEnumerable<Localized>>))
        {
            return new[] { new[] { Diagnostic.IntType }, [Diagnostic.DoubleType] };
        }

        if (type == typeof(IReadOnlyList<string>) || type == typeof(IEnumerable<string>))
        {
            return new[] { "one", "two" };
        }

        object value = type == typeof(string) ? "word" + (char)('A' + at)
            : type == typeof(char) ? (object)(char)('P' + at)
            : type == typeof(int) ? (object)(4_321 + at)
            : type == typeof(decimal) ? 0.75m
            : throw new InvalidOperationException($"A parameter of an unknown type: {type}");
        given.Add(Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!);
        return value;
    }
}
