using System.CommandLine;
using Engagement.Domain;
using Engagement.Domain.Organisation;
using Engagement.Gateway.Security;

namespace Engagement.Engage;

/// <summary><c>engage token</c>: a signed token for the embedded engine on standard output, and nothing else.</summary>
internal static class TokenCommand
{
    public static Command Make()
    {
        var role = new Option<string>("--role") { Description = $"One of {string.Join(", ", RoleNames.All)}.", Required = true };
        var sub = new Option<string?>("--sub") { Description = "Who it is for; an advisor's is his advisor id. Default: the role." };
        var node = new Option<string?>("--node") { Description = "Where a manager's subtree begins: branch:ID or outlet:ID." };
        var data = ServeCommand.DataOption();
        var command = new Command("token", "Makes a signed token for the embedded engine, valid for 12 hours.") { role, sub, node, data };
        command.SetAction(async (parsed, cancellation) =>
        {
            var name = parsed.GetRequiredValue(role);
            if (!RoleNames.TryParse(name, out _))
            {
                throw new CommandException($"--role: '{name}' is none of {string.Join(", ", RoleNames.All)}.");
            }

            var who = parsed.GetValue(sub) ?? name;
            if (!Ids.IsValid(who))
            {
                throw new CommandException("--sub must be 1 to 64 characters of A-Z a-z 0-9 . _ : -");
            }

            var at = parsed.GetValue(node);
            if (at is not null && !at.StartsWith("branch:", StringComparison.Ordinal) && !at.StartsWith("outlet:", StringComparison.Ordinal) && at != "hq")
            {
                throw new CommandException("--node must be branch:ID, outlet:ID or hq.");
            }

            await Console.Out.WriteLineAsync(DataFolder.Key(parsed.GetRequiredValue(data)).Sign(name, who, at, null, TimeProvider.System));
            return 0;
        });
        return command;
    }
}
