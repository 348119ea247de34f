using System.CommandLine;
using System.Text.Json;
using Ringfence.Cli.Orbs;
using Ringfence.Cli.Output;

namespace Ringfence.Cli.Commands;

/// <summary><c>ringfence orb list</c>: prints what the store holds.</summary>
internal static class OrbListCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("list", "Print the orbs in the store of this machine, one exact version a line.")
        {
            Examples = ["ringfence orb list", "ringfence orb list --format json"],
        };
        var format = FormatOption.Of("text", "json");
        command.Add(format);
        command.SetAction(parsed =>
        {
            var versions = OrbStore.Of(surroundings).List();
            if (parsed.GetValue(format) is "json")
            {
                IReadOnlyList<JsonStoredOrb> list = [.. versions.Select(v => new JsonStoredOrb($"{v.Namespace}/{v.Name}", v.Version, v.IsPublished))];
                surroundings.Out.Write(JsonSerializer.Serialize(list, CliJson.Readable.IReadOnlyListJsonStoredOrb) + "\n");
                return (int)ExitCode.Success;
            }

            foreach (var version in versions)
                surroundings.Out.Write($"{version}\n");
            if (versions.Length == 0)
                surroundings.Error.Write("The orb store is empty. Add an orb with 'ringfence orb add'.\n");
            return (int)ExitCode.Success;
        });
        return command;
    }
}
