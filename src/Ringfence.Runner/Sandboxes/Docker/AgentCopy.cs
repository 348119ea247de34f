using System.Formats.Tar;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace Ringfence.Runner.Sandboxes.Docker;

/// <summary>Copies the agent into a container whose engine has other files than this process: it is on another machine, or this process is in a container itself.</summary>
internal static class AgentCopy
{
    private const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Whether the engine said that it does not have the agent's folder.</summary>
    public static bool IsNeededAfter(DockerApiException e) => EngineFailures.Has(EngineFailures.MessageOf(e), "bind source path does not exist");

    /// <summary>Copies the files of a folder of this machine to where the agent belongs.</summary>
    public static async Task RunAsync(DockerClient client, string container, string folder, CancellationToken cancel)
    {
        using var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, leaveOpen: true))
        {
            foreach (var path in Directory.EnumerateFiles(folder))
            {
                using var content = File.OpenRead(path);
                writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"{ContainerPlan.AgentFolder[1..]}/{Path.GetFileName(path)}") { Mode = ForAll, DataStream = content });
            }
        }

        archive.Position = 0;
        await client.Containers.ExtractArchiveToContainerAsync(container, new CopyToContainerParameters { Path = "/" }, archive, cancel).ConfigureAwait(false);
    }
}
