using System.CommandLine.Parsing;

namespace Engagement.Engage;

/// <summary>What is wrong with a command line, in one line.</summary>
internal static class CommandLineError
{
    public static string Text(IReadOnlyList<ParseError> errors)
    {
        // A word that is no command is told first as the command that is missing, which helps nobody.
        var text = (errors.FirstOrDefault(e => e.Message.StartsWith("Unrecognized", StringComparison.Ordinal)) ?? errors[0]).Message;
        // Types of ours say nothing to who typed it, and lists of what may stand there come one a line.
        return string.Join(' ', text.Split(" as expected type ")[0].Split((char[])[], StringSplitOptions.RemoveEmptyEntries));
    }
}
