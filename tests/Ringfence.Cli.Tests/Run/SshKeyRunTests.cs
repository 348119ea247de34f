using System.Globalization;
using Ringfence.Keep.Ledgers;
using Ringfence.Keep.Vaults;
using Ringfence.Protocol.Keeps;

namespace Ringfence.Cli.Tests.Run;

/// <summary><c>add_ssh_keys</c> in real runs: real keep, real ssh, real sshd.</summary>
[Collection(TestEngine.Alone)]
public sealed class SshKeyRunTests
{
    [Fact]
    [Rule("EX-7.61")]
    public async Task Open_a_server_by_their_host_or_by_the_agent()
    {
        await using var server = await SshServer.StartAsync();
        var login = string.Create(CultureInfo.InvariantCulture, $"-p {server.Port} {Environment.UserName}@127.0.0.1");
        using var trial = (await PipelineTrial.With(
            $$$"""
            version: 2.1
            jobs:
              deploy:
                machine: true
                steps:
                  - add_ssh_keys
                  - run: {name: look, command: 'stat -c "%a %n" ~/.ssh ~/.ssh/id_rsa_*; cat ~/.ssh/config'}
                  - run: {name: trust, command: 'echo "{{{server.KnownHost}}}" >> ~/.ssh/known_hosts'}
                  - run: {name: by file, command: 'env -u SSH_AUTH_SOCK ssh -o BatchMode=yes {{{login}}} by the file'}
                  - run: {name: by agent, command: 'ssh-add -l; ssh -F none -o BatchMode=yes {{{login}}} by the agent'}
            workflows: {main: {jobs: [deploy]}}
            """)).Committed();
        var project = await trial.ProjectAsync();
        await using var keep = await TrialKeep.OpenAsync(trial);
        var key = await AddAsync(trial, keep, project, "127.0.0.1");
        await server.LetInAsync(key.PublicKey);

        // The server is at this machine's loopback address, which is closed to a job with a network of its own.
        var result = await trial.Run("--host-network");

        Assert.True(result.Exit == (int)ExitCode.Success, $"{result.Transcript}\n{server.Said}");
        Assert.Contains("deploy: step 3 \"Installing additional ssh keys\"", result.Out, StringComparison.Ordinal);
        Assert.Contains("| 700 /home/circleci/.ssh\n", result.Out, StringComparison.Ordinal);
        Assert.Contains($"| 600 /home/circleci/.ssh/id_rsa_{key.Md5.Replace(":", "", StringComparison.Ordinal)}\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("| Host 127.0.0.1\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("| let in for [by the file]\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("| let in for [by the agent]\n", result.Out, StringComparison.Ordinal);
        var grant = keep.Entries().Single(e => e.Kind == LedgerKind.Grant);
        Assert.Equal([("ssh-key:" + key.Sha256, project)], grant.Variables.Select(v => (v.Name, v.OwnerName)));
        Assert.Equal([0, 1, 2, 3, 4], grant.Variables[0].Steps!.Value);
        Assert.Empty(trial.Leftovers());
        var radius = (await trial.Commands.Run("ledger", "blast-radius", "--secret", "ssh-key:" + key.Sha256)).Out;
        Assert.Contains("by agent", radius, StringComparison.Ordinal);
        Assert.Contains("ago to deploy #", (await trial.Commands.Run("ssh-key", "list", "--project", project)).Out, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-7.61", "MSK-6", "MSK-7")]
    public async Task Are_masked_in_the_log_line_by_line_and_refused_among_artifacts()
    {
        await TestSsh.RequireAsync();
        using var trial = (await PipelineTrial.With(
            """
            version: 2.1
            jobs:
              leak:
                machine: true
                steps:
                  - add_ssh_keys
                  - run: {name: careless, command: 'cat ~/.ssh/id_rsa_*; sed -n 5p ~/.ssh/id_rsa_*; base64 -w0 ~/.ssh/id_rsa_*'}
                  - store_artifacts: {path: ~/.ssh}
            workflows: {main: {jobs: [leak]}}
            """)).Committed();
        await using var keep = await TrialKeep.OpenAsync(trial);
        var key = await AddAsync(trial, keep, await trial.ProjectAsync(), "example.com");

        var result = await trial.Run();

        Assert.Equal((int)ExitCode.PipelineFailed, result.Exit);
        Assert.Contains($"the value of SSH key {key.Sha256}", result.Out, StringComparison.Ordinal);
        Assert.Contains($"SSH key {key.Sha256} in the log of careless", result.Out, StringComparison.Ordinal);
        var lines = result.Out.Split('\n').SkipWhile(line => !line.Contains("step 4", StringComparison.Ordinal)).TakeWhile(line => !line.Contains("step 5", StringComparison.Ordinal)).Skip(1).ToList();
        Assert.DoesNotContain(lines, line => line.Split("| ")[^1] is { Length: > 40 } text && !text.Contains(' ', StringComparison.Ordinal) && !text.StartsWith("b3BlbnNzaC1rZXk", StringComparison.Ordinal));
        Assert.Contains(keep.Entries(), e => e.Kind == LedgerKind.Caught);
    }

    [Fact]
    [Rule("EX-7.61", "FORK-2")]
    public async Task Are_only_those_that_a_step_names_and_absent_where_secrets_are()
    {
        await TestSsh.RequireAsync();
        using var trial = await PipelineTrial.With("version: 2.1\n");
        trial.Commands.WithFile(".circleci/config.yml", "version: 2.1\njobs: {a: {machine: true, steps: [run: echo]}}\nworkflows: {main: {jobs: [a]}}\n");
        trial.Committed();
        await using var keep = await TrialKeep.OpenAsync(trial);
        var project = await trial.ProjectAsync();
        var (first, second) = (await AddAsync(trial, keep, project, "one.example.com"), await AddAsync(trial, keep, project, "two.example.com"));
        trial.Commands.WithFile(".circleci/config.yml",
            $$$"""
            version: 2.1
            jobs:
              named: {machine: true, steps: [add_ssh_keys: {fingerprints: ["{{{second.Md5}}}"]}, run: 'ls ~/.ssh']}
              unknown: {machine: true, steps: [add_ssh_keys: {fingerprints: ["SHA256:{{{new string('A', 43)}}}"]}]}
              other: {machine: true, steps: [run: 'echo "${SSH_AUTH_SOCK:-no agent}"; ls -d ~/.ssh || true']}
            workflows: {main: {jobs: [named, unknown, other]}}
            """);
        trial.Committed("Second");

        var result = await trial.Run("--job", "named");
        var grants = keep.Entries().Where(e => e.Kind == LedgerKind.Grant).ToList();
        var unknown = await trial.Run("--job", "unknown");
        var other = await trial.Run("--job", "other");
        var fork = await trial.Run("--job", "named", "--pr", "7", "--as-fork");
        var none = await trial.Run("--job", "named", "--no-secrets");

        Assert.True(result.Exit == (int)ExitCode.Success, result.Transcript);
        Assert.Contains($"| id_rsa_{second.Md5.Replace(":", "", StringComparison.Ordinal)}\n", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(first.Md5.Replace(":", "", StringComparison.Ordinal), result.Out, StringComparison.Ordinal);
        Assert.Equal("ssh-key:" + second.Sha256, Assert.Single(Assert.Single(grants).Variables).Name);
        Assert.Equal((int)ExitCode.PipelineFailed, unknown.Exit);
        Assert.Contains("The project has no SSH key with the fingerprint SHA256:AAAA", unknown.Out, StringComparison.Ordinal);
        Assert.Contains("| no agent\n", other.Out, StringComparison.Ordinal);
        Assert.Single(keep.Entries(), e => e.Kind == LedgerKind.Grant && !e.Variables.IsEmpty);
        Assert.Contains("forks get no secrets", fork.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("id_rsa_", fork.Out, StringComparison.Ordinal);
        Assert.Contains("no SSH key was installed", none.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("id_rsa_", none.Out, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-7.61", "EX-9.5")]
    public async Task Lie_in_files_where_the_image_has_no_agent()
    {
        await TestEngine.RequireAsync();
        using var trial = (await PipelineTrial.With(
            """
            version: 2.1
            jobs:
              deploy:
                docker: [image: ringfence-test/busybox]
                steps:
                  - add_ssh_keys
                  - add_ssh_keys
                  - run: 'stat -c "%a %U" ~/.ssh/id_rsa_*; cat ~/.ssh/config; echo "[${SSH_AUTH_SOCK:-}]"'
            workflows: {main: {jobs: [deploy]}}
            """)).Committed();
        await using var keep = await TrialKeep.OpenAsync(trial);
        var project = await trial.ProjectAsync();
        await AddAsync(trial, keep, project, "");
        await AddAsync(trial, keep, project, "one.example.com");

        var result = await trial.Run();

        Assert.True(result.Exit == (int)ExitCode.Success, result.Transcript);
        Assert.Contains("There is no ssh-agent here", result.Out, StringComparison.Ordinal);
        Assert.Equal(2, result.Out.Split("| 600 root\n").Length - 1);
        Assert.Single(result.Out.Split("| Host one.example.com\n")[1..]);
        Assert.Contains("| Host *\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("| []\n", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-7.61")]
    public async Task Are_no_condition_for_a_step_that_names_none()
    {
        using var trial = (await PipelineTrial.With("version: 2.1\njobs: {a: {machine: true, steps: [add_ssh_keys]}}\nworkflows: {main: {jobs: [a]}}\n")).Committed();

        var result = await trial.Run();

        Assert.Equal((int)ExitCode.Success, result.Exit);
        Assert.Contains("The project has no additional SSH keys; nothing was installed. 'ringfence ssh-key add' stores one.", result.Out, StringComparison.Ordinal);
    }

    /// <summary>Has the keep make a key.</summary>
    private static async Task<VaultSshKey> AddAsync(PipelineTrial trial, TrialKeep keep, string project, string host)
    {
        var owner = await keep.ProjectAsync(project);
        var done = await keep.DoAsync(new KeepRequest { AddSshKey = new AddSshKey { Owner = owner, Host = host, IsForEveryHost = host.Length == 0 } });
        return new Vault(Path.Combine(trial.Home, "vault")).Find(VaultOwner.KeyOfProject(project))!.SshKeys.Single(k => k.Sha256 == done.Id);
    }
}
