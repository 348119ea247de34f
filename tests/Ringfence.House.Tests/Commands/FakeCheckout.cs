namespace Ringfence.House.Tests.Commands;

/// <summary>A copy of the scripts with a make-believe <c>dotnet</c>, so that they can be tried in milliseconds and without a network.</summary>
internal sealed class FakeCheckout : IDisposable
{
    // All that the scripts use besides bash itself; nothing else is on the PATH of a bare machine.
    private static readonly string[] Tools =
        ["bash", "sh", "env", "find", "readlink", "flock", "mkdir", "touch", "rm", "ln", "mv", "sed", "sort", "grep", "cat", "mktemp", "head", "tail", "dirname", "basename", "xargs", "chmod", "cp"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ringfence-checkout-");
    private readonly Dictionary<string, string> _environment;

    public FakeCheckout()
    {
        Directory.CreateDirectory(At("bin"));
        Directory.CreateDirectory(At("home"));
        foreach (var tool in Tools)
            File.CreateSymbolicLink(At($"bin/{tool}"), FindOnPath(tool));
        foreach (var path in new[] { "ringfence", "test", "build/sdk.sh", "build/publish.sh", "build/is-current.sh" })
            Copy(path);
        foreach (var path in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", "Ringfence.slnx" })
            Write($"repo/{path}", "");
        Write("repo/src/Ringfence.Cli/Program.cs", "first");
        foreach (var project in new[] { "Agent", "Protocol", "Primitives" })
            Write($"repo/src/Ringfence.{project}/Source.cs", "");
        WriteScript("bin/gcc", "exit 0");
        _environment = new() { ["PATH"] = At("bin"), ["HOME"] = At("home"), ["FAKE"] = _folder.FullName };
    }

    public string At(string path) => Path.Combine(_folder.FullName, path);

    /// <summary>The arguments of each build, the oldest first.</summary>
    public string[] Builds => File.Exists(At("published")) ? File.ReadAllLines(At("published")) : [];

    /// <summary>How often the program was published.</summary>
    public int Published => Builds.Length;

    public FakeCheckout WithSdk(string path = "bin/dotnet")
    {
        WriteScript(path, Dotnet);
        return this;
    }

    public FakeCheckout With(string name, string value)
    {
        _environment[name] = value;
        return this;
    }

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    public void WriteScript(string path, string body) => Executables.Write(At(path), "#!/usr/bin/env bash\n" + body);

    /// <summary>Writes a source as if some time had passed since the last build.</summary>
    public void ChangeSource(string text, string path = "repo/src/Ringfence.Cli/Program.cs")
    {
        Write(path, text);
        File.SetLastWriteTimeUtc(At(path), File.GetLastWriteTimeUtc(At("repo/artifacts/ringfence/stamp")).AddSeconds(1));
    }

    public Task<Command> Run(string script, params string[] arguments) =>
        Command.Run(At("repo/" + script), arguments, At("home"), _environment, TestContext.Current.CancellationToken);

    public void Dispose() => _folder.Delete(recursive: true);

    private void Copy(string path) => Executables.Install(RepositoryRoot.At(path), At("repo/" + path));

    private static string FindOnPath(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, tool)).First(File.Exists);

    private const string Dotnet = """
        case $1 in
            --list-sdks) echo '10.0.100 [/fake]' ;;
            build) cat "$FAKE/build-output" 2>/dev/null; [[ ! -f $FAKE/build-output ]] ;;
            publish)
                echo "$*" >>"$FAKE/published"
                source=$(<src/Ringfence.Cli/Program.cs)
                if [[ $source == broken ]]; then echo 'Program.cs(1,1): error CS1002: ; expected [/x/Ringfence.Cli.csproj]'; exit 1; fi
                [[ $source == without-* && $* == *"As=${source#without-}"* ]] && { echo 'error : no compiler package'; exit 1; }
                all="$* " work=${all#*ArtifactsPath=} work=${work%% *} agent=${all#*AgentAs=} agent=${agent%% *}
                mkdir -p "$work/publish/Ringfence.Cli/release" "$work/publish/Ringfence.Agent/release"
                printf '#!/usr/bin/env bash\necho "built from %s:" "$@" "${DOTNET_ROOT:-}"\nexit 5\n' "$source" >"$work/publish/Ringfence.Cli/release/ringfence"
                printf '#!/usr/bin/env bash\necho %s\n' "$agent" >"$work/publish/Ringfence.Agent/release/ringfence-agent"
                [[ -f $work/half-linked ]] && echo 'kill -SEGV $$' >"$work/publish/Ringfence.Agent/release/ringfence-agent"
                chmod +x "$work"/publish/*/release/* ;;
        esac
        """;
}
