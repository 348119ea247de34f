using Ringfence.Gate.Policies;
using Ringfence.Protocol.Agents;
using Ringfence.Runner.Artifacts;
using Ringfence.Runner.TestResults;

namespace Ringfence.Runner.Steps;

/// <summary><c>store_artifacts</c> and <c>store_test_results</c> (EX-7.45 to EX-7.53). What is missing fails neither.</summary>
internal sealed class UploadSteps(StepContext context, JobStep step, int index)
{
    public async Task<StepVerdict> ArtifactsAsync(CancellationToken cancel)
    {
        var written = step.Text("path") ?? ".";
        var path = context.FullPath(written);
        var what = await context.Files.LookAsync(path, makeFolder: false, cancel).ConfigureAwait(false);
        if (!what.Exists || what.IsEmpty)
        {
            await context.SayAsync(index, ArtifactMessages.NoFiles(path)).ConfigureAwait(false);
            return StepVerdict.Success;
        }

        var request = new ArtifactRequest(context.Assignment.Job.Name, context.Assignment.NodeIndex, ArtifactPath.Resolved(written, path, context.WorkingDirectory), step.Text("destination"), !what.IsFolder);
        await context.SayAsync(index, ArtifactMessages.Uploading(path, ArtifactPath.Destination(request))).ConfigureAwait(false);
        var (result, done) = await context.Files.GetAsync(Tar(path, what.IsFolder), (tar, stop) => context.Gate.PassAsync(GateExit.Artifact, written, tar, (passed, end) => context.Surroundings.Artifacts.StoreAsync(request, passed, names => context.Gate.CheckNames(GateExit.Artifact, names), end), stop), cancel).ConfigureAwait(false);
        await context.SayLeftOutAsync(index, done).ConfigureAwait(false);
        context.Tally.Artifacts.AddRange(result.Stored.Select(artifact => artifact.Path));
        foreach (var left in result.LeftOut)
            await context.SayAsync(index, ArtifactMessages.LeftOut(left)).ConfigureAwait(false);
        return StepVerdict.Success;
    }

    public async Task<StepVerdict> TestResultsAsync(CancellationToken cancel)
    {
        var path = context.FullPath(step.Text("path") ?? ".");
        var what = await context.Files.LookAsync(path, makeFolder: false, cancel).ConfigureAwait(false);
        if (!what.Exists || !TestUploadReader.IsAllowed(path))
        {
            await context.SayAsync(index, what.Exists ? TestResultMessages.Hidden(path) : TestResultMessages.NoPath(path)).ConfigureAwait(false);
            await context.SayAsync(index, TestResultMessages.None).ConfigureAwait(false);
            return StepVerdict.Success;
        }

        var get = Tar(path, what.IsFolder);
        (get.OnlyEnding, get.SkipUnreadable) = (TestUploadReader.Ending, true);
        var (upload, done) = await context.Files.GetAsync(get, (tar, stop) => context.Gate.PassAsync(GateExit.TestResults, path, tar, (passed, end) => TestUploadReader.ReadAsync(passed, !what.IsFolder, TestResultLimits.Default, end), stop), cancel).ConfigureAwait(false);
        context.Gate.CheckTexts(GateExit.TestResults, TextsOf(upload).Select(text => (text, $"{path}, as it is read")));
        foreach (var unreadable in done.Unreadable)
            await context.SayAsync(index, TestResultMessages.Unreadable(unreadable)).ConfigureAwait(false);
        await context.SayLeftOutAsync(index, done).ConfigureAwait(false);
        await context.SayAsync(index, upload.Files.IsEmpty ? TestResultMessages.None : TestResultMessages.Archiving(upload.Files)).ConfigureAwait(false);
        if (!upload.Problems.IsEmpty)
            await context.SayAsync(index, TestResultMessages.Problems(upload)).ConfigureAwait(false);
        context.Tally.Tests.AddRange(upload.Results);
        return StepVerdict.Success;
    }

    /// <summary>All that is kept of tests: with escapes resolved, comments and control characters left out, it may say what the file did not.</summary>
    private static IEnumerable<string> TextsOf(TestUpload upload) =>
        upload.Results.SelectMany(test => (string[])[test.Name, test.Classname, test.File ?? "", test.Source, test.Message]).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal);

    private static GetTar Tar(string path, bool isFolder)
    {
        var get = new GetTar { Directory = isFolder ? path : Path.GetDirectoryName(path) ?? "/", FollowLinks = true };
        get.Paths.Add(isFolder ? "." : Path.GetFileName(path));
        return get;
    }
}
