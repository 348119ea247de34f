using System.CommandLine;
using Ringfence.Cli.Diagnostics;
using Ringfence.Cli.Input;
using Ringfence.Config;
using Ringfence.Config.Packing;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Cli.Commands;

/// <summary><c>ringfence config pack</c> (CL-23.1a).</summary>
internal static class PackCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("pack", "Merge a folder of YAML files into one config: folders and file names become keys.")
        {
            Examples = ["ringfence config pack .circleci/src > .circleci/config.yml"],
            Notes = "Files named @….yml, and the files of the top folder, belong to the folder itself.",
        };
        var folder = new Argument<string>("DIR") { Description = "The folder." };
        command.Add(folder);
        command.SetAction(parsed => (int)Pack(parsed.GetRequiredValue(folder), surroundings));
        return command;
    }

    private static ExitCode Pack(string path, Surroundings surroundings)
    {
        var problems = new DiagnosticBag();
        var files = new FolderReader(surroundings, problems).Read(path, IsYaml);
        var packed = files.Count == 0 ? null : ConfigPacker.Pack(files, problems, Limits.Default);
        DiagnosticReport.Write(problems.ToImmutable(), surroundings);
        if (packed is null || problems.HasErrors)
            return ExitCode.InvalidInput;

        surroundings.Out.Write(YamlWriter.Write(packed));
        return ExitCode.Success;
    }

    private static bool IsYaml(string path) => path.EndsWith(".yml", StringComparison.Ordinal) || path.EndsWith(".yaml", StringComparison.Ordinal);
}
