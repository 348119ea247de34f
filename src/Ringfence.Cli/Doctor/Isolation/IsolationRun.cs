using Ringfence.Cli.Diagnostics;
using Ringfence.Cli.Local;
using Ringfence.Cli.Output;
using Ringfence.Cli.Secrets;
using Ringfence.Cli.Settings;
using Ringfence.Keep.Asking;
using Ringfence.Primitives;
using Ringfence.Protocol.Keeps;
using Ringfence.Runner.Sandboxes;
using Ringfence.Runner.Sandboxes.Docker;
using Ringfence.Runner.Sandboxes.Process;

namespace Ringfence.Cli.Doctor.Isolation;

/// <summary>Checks every kind of sandbox of this machine, keeps the result and has the keep record it.</summary>
internal static class IsolationRun
{
    /// <summary>Checks, and shows what was found.</summary>
    /// <param name="surroundings">The machine.</param>
    /// <param name="image">The image of the container.</param>
    /// <param name="isJson">Whether JSON is shown.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<ExitCode> RunAsync(Surroundings surroundings, string image, bool isJson, CancellationToken cancel)
    {
        if (LocalState.Of(surroundings) is not { } state)
        {
            surroundings.Error.Write($"neither HOME nor RINGFENCE_HOME is set. {StoreAccess.NoFolderHint}\n");
            return ExitCode.InvalidInput;
        }

        if (ToolFindings.Agent(surroundings) is { State: FindingState.Missing } missing)
        {
            surroundings.Error.Write($"The thief needs the agent: {missing.Found}. {missing.Fix}\n");
            return ExitCode.Unavailable;
        }

        try
        {
            var problems = new DiagnosticBag();
            var check = new IsolationCheck(surroundings, state) { Settings = SettingsFile.OfHome(surroundings, problems) };
            if (problems.HasErrors)
            {
                DiagnosticReport.Write(problems.ToImmutable(), surroundings);
                return ExitCode.InvalidInput;
            }

            var path = surroundings.Variable("PATH") ?? "";
            var report = new IsolationReport(surroundings.Clock.GetUtcNow(), IsolationReport.OwnVersion, IsolationReport.OwnKernel, Environment.UserName,
            [
                await check.RunAsync("docker", new DockerSandboxProvider(new DockerOptions { Host = surroundings.Variable("DOCKER_HOST") }), [new ContainerRequest { Image = image }], cancel),
                await check.RunAsync("bubblewrap", new ProcessSandboxProvider(fenced: true, path), [], cancel),
                await check.RunAsync(IsolationCheck.Plain, new ProcessSandboxProvider(fenced: false, path), [], cancel),
            ]);
            report.Write(state);
            await RecordAsync(surroundings, state, report, cancel);
            if (isJson)
                surroundings.Out.Write(report.ToJson());
            else
                StyledTextWriter.Write(IsolationText.Draw(report, surroundings.OutTraits), surroundings.Out, surroundings.OutTraits);
            return report.IsGood ? ExitCode.Success : ExitCode.Unavailable;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            surroundings.Error.Write($"The folder {state.Root} cannot be used: {e.Message.ReplaceLineEndings(" ")}\n");
            return ExitCode.CannotWrite;
        }
    }

    private static async Task RecordAsync(Surroundings surroundings, LocalState state, IsolationReport report, CancellationToken cancel)
    {
        if (!state.Keep.Exists)
            return;
        try
        {
            await using var keep = await new KeepAccess(surroundings, state).OpenAsync(cancel);
            var text = string.Join("; ", report.Sandboxes.Select(s => $"{s.Sandbox} {s.Verdict}{string.Concat(s.Found.Select(f => $", {f.Probe}"))}"));
            await keep.Client.AskAsync(new KeepRequest { Note = new Note { Kind = "isolation-checked", Text = text } }, cancel);
        }
        catch (KeepException e)
        {
            surroundings.Error.Write($"The result is not in the ledger: {e.Message}\n");
        }
    }
}
