namespace Engagement.Engage;

/// <summary>A value on the command line that cannot be: one clear line, exit code 2.</summary>
internal sealed class CommandException(string message) : Exception(message);
