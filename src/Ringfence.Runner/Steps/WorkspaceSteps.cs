using Ringfence.Gate.Policies;
using Ringfence.Protocol.Agents;
using Ringfence.Runner.Workspaces;

namespace Ringfence.Runner.Steps;

/// <summary><c>persist_to_workspace</c> and <c>attach_workspace</c> (EX-7.54 to EX-7.59).</summary>
internal sealed class WorkspaceSteps(StepContext context, JobStep step, int index)
{
    private WorkspaceStore Workspaces => context.Surroundings.Stores.Workspaces;

    public async Task<StepVerdict> PersistAsync(CancellationToken cancel)
    {
        var root = context.FullPath(step.Text("root") ?? ".");
        if (!(await context.Files.LookAsync(root, makeFolder: false, cancel).ConfigureAwait(false)).IsFolder)
            return await FailAsync(WorkspaceMessages.NoRoot(root)).ConfigureAwait(false);
        var found = await context.Files.FindAsync(root, step.Texts("paths"), cancel).ConfigureAwait(false);
        if (found.IsEmpty && !step.Texts("paths").Contains("."))
            return await FailAsync(WorkspaceMessages.NoMatch(root)).ConfigureAwait(false);
        if (found.FirstOrDefault(path => !IsWithin(root, path)) is { } outside)
            return await FailAsync(WorkspaceMessages.Outside(root, outside)).ConfigureAwait(false);

        var get = new GetTar { Directory = root };
        get.Paths.AddRange(found.IsEmpty ? ["."] : found);
        var author = new WorkspaceAuthor(context.Assignment.Job.Name, context.Assignment.NodeIndex, context.Assignment.Attempt);
        var (layer, done) = await context.Files.GetAsync(get, (tar, stop) => context.Gate.PassAsync(GateExit.Workspace, "workspace", tar, (passed, end) => Workspaces.PersistAsync(context.Assignment.WorkspaceId, author, passed, null, end), stop), cancel).ConfigureAwait(false);
        await context.SayLeftOutAsync(index, done).ConfigureAwait(false);
        await context.SayAsync(index, $"Workspace layer stored: {done.Files} files and folders from {root}").ConfigureAwait(false);
        return layer is null ? StepVerdict.Failed : StepVerdict.Success;
    }

    public async Task<StepVerdict> AttachAsync(CancellationToken cancel)
    {
        var at = context.FullPath(step.Text("at") ?? ".");
        await context.SayAsync(index, WorkspaceMessages.Downloading).ConfigureAwait(false);
        var attachment = Workspaces.LayersFor(context.Assignment.WorkspaceId, context.Assignment.Upstream);
        switch (attachment)
        {
            case WorkspaceAttachment.Conflict { Files: var files }:
                return await FailAsync(WorkspaceMessages.Conflict(files)).ConfigureAwait(false);
            case WorkspaceAttachment.Apply { Layers: var layers }:
                await context.SayAsync(index, WorkspaceMessages.Applying).ConfigureAwait(false);
                foreach (var layer in layers)
                {
                    var content = Workspaces.Open(layer, cancel);
                    await using (content.ConfigureAwait(false))
                        await context.Files.PutAsync(new PutTar { Directory = at, KeepOwners = true }, content, cancel).ConfigureAwait(false);
                    await context.SayAsync(index, $"  {layer.Author.Job}").ConfigureAwait(false);
                }

                return StepVerdict.Success;
            default:
                await context.SayAsync(index, WorkspaceMessages.Empty).ConfigureAwait(false);
                return StepVerdict.Success;
        }
    }

    private static bool IsWithin(string root, string path)
    {
        var (place, full) = (Path.GetFullPath(root).TrimEnd('/'), Path.GetFullPath(path, root));
        return full == place || full.StartsWith(place + "/", StringComparison.Ordinal);
    }

    private async Task<StepVerdict> FailAsync(string why)
    {
        await context.SayAsync(index, why).ConfigureAwait(false);
        return StepVerdict.Failed;
    }
}
