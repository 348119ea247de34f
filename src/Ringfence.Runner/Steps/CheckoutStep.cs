using System.IO.Pipelines;
using Ringfence.Protocol.Agents;
using Ringfence.Runner.Checkout;

namespace Ringfence.Runner.Steps;

/// <summary><c>checkout</c>: puts the code of the run into the sandbox (EX-7.10, EX-7.11). The image needs no git for it.</summary>
internal sealed class CheckoutStep(StepContext context, JobStep step, int index)
{
    private const int MostBuffered = 1024 * 1024;

    public async Task<StepVerdict> RunAsync(CancellationToken cancel)
    {
        var path = context.FullPath(step.Text("path") ?? ".");
        var there = await context.Files.LookAsync(path, makeFolder: true, cancel).ConfigureAwait(false);
        var isRepository = (await context.Files.LookAsync(Path.Join(path, ".git"), makeFolder: false, cancel).ConfigureAwait(false)).Exists;
        if (there is { Exists: true, IsFolder: true, IsEmpty: false } && !isRepository && !await HoldsOnlyTheWorkingDirectoryAsync(path, cancel).ConfigureAwait(false))
        {
            await context.SayAsync(index, $"error checking out code: {path} is not empty and is no git repository").ConfigureAwait(false);
            return StepVerdict.Failed;
        }

        var source = context.Surroundings.Source;
        await context.SayAsync(index, $"Checking out {source.Description} into {path}").ConfigureAwait(false);
        if (isRepository)
            await new EarlierCheckout(context.Agent, path).RemoveAsync(source, cancel).ConfigureAwait(false);
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: MostBuffered, resumeWriterThreshold: MostBuffered / 2));
        var writing = WriteAsync(pipe.Writer, cancel);
        var reading = pipe.Reader.AsStream();
        await using (reading.ConfigureAwait(false))
        {
            var done = await context.Files.PutAsync(new PutTar { Directory = path }, reading, cancel).ConfigureAwait(false);
            await writing.ConfigureAwait(false);
            await context.SayAsync(index, $"{done.Files} files and folders").ConfigureAwait(false);
            await context.SayLeftOutAsync(index, source.LeftOut).ConfigureAwait(false);
        }

        return StepVerdict.Success;
    }

    /// <summary>The working directory is made before the first step (EX-6.4), so that it is already there when the code goes above it: <c>checkout: {path: ~/project}</c> in <c>~/project/part</c>.</summary>
    private async Task<bool> HoldsOnlyTheWorkingDirectoryAsync(string path, CancellationToken cancel)
    {
        var below = Path.GetRelativePath(path, context.WorkingDirectory);
        if (below is "." || below.StartsWith("..", StringComparison.Ordinal))
            return false;
        var folder = path;
        foreach (var name in below.Split('/'))
        {
            if (await context.Files.FindAsync(folder, ["*"], cancel).ConfigureAwait(false) is not [var only] || only != name)
                return false;
            folder = Path.Join(folder, name);
        }

        return (await context.Files.LookAsync(folder, makeFolder: false, cancel).ConfigureAwait(false)).IsEmpty;
    }

    private async Task WriteAsync(PipeWriter writer, CancellationToken cancel)
    {
        Exception? failed = null;
        try
        {
            await context.Surroundings.Source.WriteTarAsync(writer.AsStream(leaveOpen: true), cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            failed = e;
        }
        finally
        {
            await writer.CompleteAsync(failed).ConfigureAwait(false);
        }
    }
}
