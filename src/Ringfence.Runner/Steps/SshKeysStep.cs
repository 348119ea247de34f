using System.Collections.Immutable;
using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Ringfence.Protocol.Agents;
using Ringfence.Runner.Agents;
using Ringfence.Runner.Jobs;
using Ringfence.Runner.Secrets;

namespace Ringfence.Runner.Steps;

/// <summary><c>add_ssh_keys</c>: puts additional SSH keys of the project where ssh finds them, and into an ssh-agent (EX-7.61).</summary>
internal sealed class SshKeysStep(StepContext context, JobStep step, int index)
{
    private const string Socket = "SSH_AUTH_SOCK";
    private const int NoAgent = 3;
    private const int LongestSocket = 100;  // the kernel takes 107 bytes, and ssh-agent adds some while it binds
    private const int LargestConfig = 1024 * 1024;
    private const int RoomForOneFile = 3 * 512;  // its header, and the rest of its last block

    private string Folder => Path.Join(context.Agent.Hello.Home, ".ssh");

    public async Task<StepVerdict> RunAsync(CancellationToken cancel)
    {
        if (context.Assignment.IsWithoutSecrets)
            return await SayAsync("This run has no secrets, as was asked for; no SSH key was installed.", StepVerdict.Success).ConfigureAwait(false);
        var granted = context.Assignment.SshKeys;
        var wanted = step.Texts("fingerprints");
        if (wanted.FirstOrDefault(text => !granted.Any(key => key.Fingerprints.AreNamedBy(text))) is { } unknown)
            return await SayAsync($"The project has no SSH key with the fingerprint {unknown}. 'ringfence ssh-key list' prints those it has, 'ringfence ssh-key add' stores one, and --no-secrets runs without any.", StepVerdict.Failed).ConfigureAwait(false);
        ImmutableArray<JobSshKey> keys = [.. granted.Where(key => wanted.IsEmpty || wanted.Any(key.Fingerprints.AreNamedBy))];
        if (keys.IsEmpty)
            return await SayAsync("The project has no additional SSH keys; nothing was installed. 'ringfence ssh-key add' stores one.", StepVerdict.Success).ConfigureAwait(false);

        await PutAsync(keys, cancel).ConfigureAwait(false);
        await ConfigureAsync(keys, cancel).ConfigureAwait(false);
        foreach (var key in keys)
            await context.SayAsync(index, $"Installed {key.Fingerprints.Md5} ({key.Fingerprints.Sha256}) as {FileOf(key)} for {(key.Host.Length > 0 ? key.Host : "every host")}").ConfigureAwait(false);
        return await LoadAsync(keys, cancel).ConfigureAwait(false);
    }

    private string FileOf(JobSshKey key) => $"{Folder}/id_rsa_{key.Fingerprints.Digits}";

    /// <summary>As an archive, so that folder and files never have another mode than theirs.</summary>
    private async Task PutAsync(ImmutableArray<JobSshKey> keys, CancellationToken cancel)
    {
        var room = GC.AllocateUninitializedArray<byte>((4 * RoomForOneFile) + keys.Sum(key => key.Value.Reveal().Length + RoomForOneFile), pinned: true);
        try
        {
            using var archive = new MemoryStream(room);
            using (var tar = new TarWriter(archive, TarEntryFormat.Ustar, leaveOpen: true))
            {
                if (!(await context.Files.LookAsync(Folder, makeFolder: false, cancel).ConfigureAwait(false)).Exists)
                    await tar.WriteEntryAsync(new UstarTarEntry(TarEntryType.Directory, ".ssh/") { Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute }, cancel).ConfigureAwait(false);
                foreach (var key in keys)
                {
                    var text = GC.AllocateUninitializedArray<byte>(key.Value.Reveal().Length, pinned: true);
                    key.Value.Reveal().CopyTo(text);
                    try
                    {
                        var entry = new UstarTarEntry(TarEntryType.RegularFile, $".ssh/{Path.GetFileName(FileOf(key))}") { Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite, DataStream = new MemoryStream(text, writable: false), ModificationTime = context.Surroundings.Clock.GetUtcNow() };
                        await tar.WriteEntryAsync(entry, cancel).ConfigureAwait(false);
                    }
                    finally
                    {
                        CryptographicOperations.ZeroMemory(text);
                    }
                }
            }

            using var whole = new MemoryStream(room, 0, (int)archive.Position, writable: false);
            await context.Files.PutAsync(new PutTar { Directory = context.Agent.Hello.Home }, whole, cancel).ConfigureAwait(false);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(room);
        }
    }

    /// <summary>Tells ssh which key is for which host. Where a host has keys of its own, no others are offered to it.</summary>
    private async Task ConfigureAsync(ImmutableArray<JobSshKey> keys, CancellationToken cancel)
    {
        var path = Path.Join(Folder, "config");
        var before = "";
        try
        {
            before = Encoding.UTF8.GetString(await context.Files.ReadAsync(path, LargestConfig, cancel).ConfigureAwait(false));
        }
        catch (AgentRefusedException e) when (e.Kind == FailureKind.NotFound)
        {
            // The first key of this home.
        }

        var text = new StringBuilder();
        foreach (var key in keys.OrderBy(key => key.Host.Length == 0))
        {
            var block = key.Host.Length > 0 ? $"Host {key.Host}\n  IdentitiesOnly yes\n  IdentityFile \"{FileOf(key)}\"\n" : $"Host *\n  IdentityFile \"{FileOf(key)}\"\n";
            if (!before.Contains(block, StringComparison.Ordinal))
                text.Append('\n').Append(block);
        }

        if (text.Length > 0)
            await context.Files.WriteAsync(new WriteFile { Path = path, Mode = 0x180, Append = true, Data = ByteString.CopyFromUtf8((before.Length > 0 && !before.EndsWith('\n') ? "\n" : "") + text) }, cancel).ConfigureAwait(false);
    }

    /// <summary>One agent for the job, which later steps find by its socket. It ends with the job, as every process of it does.</summary>
    private async Task<StepVerdict> LoadAsync(ImmutableArray<JobSshKey> keys, CancellationToken cancel)
    {
        var socket = Path.Join(context.Agent.Hello.TaskFolder, "ssh-agent.sock");
        if (Encoding.UTF8.GetByteCount(socket) > LongestSocket)
            return await SayAsync("The folder of this job has too long a name for the socket of an ssh-agent, so that no key was loaded into one.", StepVerdict.Success).ConfigureAwait(false);
        var script = new StringBuilder(
            $"command -v ssh-agent >/dev/null 2>&1 && command -v ssh-add >/dev/null 2>&1 || exit {NoAgent}\n[ -S \"${Socket}\" ] || ssh-agent -a \"${Socket}\" >/dev/null || exit 1\n");
        foreach (var key in keys)
            script.Append("ssh-add -q \"$HOME/.ssh/").Append(Path.GetFileName(FileOf(key))).Append("\" || exit 1\n");
        var start = new StartProcess { Directory = context.Agent.Hello.Home, Script = ByteString.CopyFromUtf8(script.ToString()), Argv = { "/bin/sh" } };
        start.Environment["HOME"] = context.Agent.Hello.Home;
        start.Environment["PATH"] = context.Environment["PATH"];
        start.Environment[Socket] = socket;
        using var process = await AgentProcess.StartAsync(context.Agent, start, cancel).ConfigureAwait(false);
        while (await process.ReadAsync(cancel).ConfigureAwait(false) is { } output)
            await context.Report(new JobEvent.Printed(index, output.Data.Memory)).ConfigureAwait(false);

        switch (process.Exit!.Code)
        {
            case 0:
                context.Environment[Socket] = socket;
                context.Stronger.Add(Socket);
                return await SayAsync("Loaded into ssh-agent.", StepVerdict.Success).ConfigureAwait(false);
            case NoAgent:
                return await SayAsync("There is no ssh-agent here, so that no key was loaded into one; ssh finds them by ~/.ssh/config.", StepVerdict.Success).ConfigureAwait(false);
            default:
                return await SayAsync("The keys could not be loaded into ssh-agent.", StepVerdict.Failed).ConfigureAwait(false);
        }
    }

    private async Task<StepVerdict> SayAsync(string text, StepVerdict verdict)
    {
        await context.SayAsync(index, text).ConfigureAwait(false);
        return verdict;
    }
}
