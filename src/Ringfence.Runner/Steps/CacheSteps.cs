using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using Ringfence.Config.Yaml;
using Ringfence.Gate.Policies;
using Ringfence.Protocol.Agents;
using Ringfence.Runner.Agents;
using Ringfence.Runner.Caches;
using Ringfence.Runner.Jobs;

namespace Ringfence.Runner.Steps;

/// <summary><c>save_cache</c> and <c>restore_cache</c> (EX-7.30 to EX-7.42).</summary>
internal sealed class CacheSteps(StepContext context, JobStep step, int index)
{
    private CacheStore Caches => context.Surroundings.Stores.Caches;

    public async Task<StepVerdict> SaveAsync(CancellationToken cancel)
    {
        if (await KeyAsync(step.Text("key") ?? "", cancel).ConfigureAwait(false) is not { } key)
            return StepVerdict.Failed;
        if (Caches.FindExact(context.Assignment.Project, key) is { } existing)
        {
            await context.SayAsync(index, CacheMessages.AlreadyThere(existing)).ConfigureAwait(false);
            return StepVerdict.Success;
        }

        var paths = await ExistingAsync(cancel).ConfigureAwait(false);
        if (paths.Count == 0)
        {
            await context.SayAsync(index, CacheMessages.NothingToSave).ConfigureAwait(false);
            return StepVerdict.Success;
        }

        var get = new GetTar { Directory = "/" };
        get.Paths.AddRange(paths);
        var (saved, done) = await context.Files.GetAsync(get, (tar, stop) => context.Gate.PassAsync(GateExit.Cache, "cache", tar, (passed, end) => Caches.SaveAsync(context.Assignment.Project, key, passed, Retention(), end), stop), cancel).ConfigureAwait(false);
        await context.SayLeftOutAsync(index, done).ConfigureAwait(false);
        await context.SayAsync(index, saved switch
        {
            CacheSaveResult.Saved { Entry: var entry } => CacheMessages.Saved(entry),
            CacheSaveResult.AlreadyThere { Entry: var entry } => CacheMessages.AlreadyThere(entry),
            _ => throw new System.Diagnostics.UnreachableException(),
        }).ConfigureAwait(false);
        return StepVerdict.Success;
    }

    public async Task<StepVerdict> RestoreAsync(CancellationToken cancel)
    {
        var candidates = new List<string>();
        foreach (var template in step.Texts("key").Concat(step.Texts("keys")))
        {
            if (await KeyAsync(template, cancel).ConfigureAwait(false) is not { } key)
                return StepVerdict.Failed;
            candidates.Add(key);
        }

        var found = await Caches.FindAsync(context.Assignment.Project, candidates, cancel).ConfigureAwait(false);
        foreach (var damaged in found.Damaged)
            await context.SayAsync(index, CacheMessages.Damaged(damaged)).ConfigureAwait(false);
        foreach (var missed in found.Missed)
            await context.SayAsync(index, CacheMessages.Missed(missed)).ConfigureAwait(false);
        if (found is not CacheFindResult.Hit hit)
        {
            context.Tally.CacheMisses++;
            return StepVerdict.Success;
        }

        context.Tally.CacheHits++;
        await context.SayAsync(index, CacheMessages.Found(hit.Entry)).ConfigureAwait(false);
        await using (hit.Content.ConfigureAwait(false))
            await context.Files.PutAsync(new PutTar { Directory = "/", KeepOwners = true }, hit.Content, cancel).ConfigureAwait(false);
        return StepVerdict.Success;
    }

    /// <summary>EX-7.40: such as <c>7d</c>. It can only be shorter than what the store keeps anyway.</summary>
    private TimeSpan? Retention() => context.Assignment.Job.Body["retention"] is YamlMapping retention && retention["caches"] is YamlScalar { Text: [.. var days, 'd'] }
        && int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? TimeSpan.FromDays(number) : null;

    private async Task<List<string>> ExistingAsync(CancellationToken cancel)
    {
        var existing = new List<string>();
        var targets = new List<(string Path, string Target)>();
        foreach (var path in step.Texts("paths"))
        {
            var full = context.FullPath(path).TrimEnd('/') is { Length: > 0 } trimmed ? trimmed : "/";
            var what = await context.Files.LookAsync(full, makeFolder: false, cancel).ConfigureAwait(false);
            if (what.Exists)
                existing.Add(full);
            else
                await context.SayAsync(index, CacheMessages.MissingPath(path)).ConfigureAwait(false);
            if (what.Exists && what.RealPath != full)
                targets.Add((path, what.RealPath));
        }

        foreach (var (path, target) in targets.Where(t => !existing.Any(other => t.Target == other || t.Target.StartsWith(other.TrimEnd('/') + "/", StringComparison.Ordinal))))
            await context.SayAsync(index, CacheMessages.OnlyLink(path, target)).ConfigureAwait(false);
        return existing;
    }

    private async Task<string?> KeyAsync(string written, CancellationToken cancel)
    {
        if (!CacheKeyTemplate.TryParse(written, out var template, out var error))
        {
            await context.SayAsync(index, error).ConfigureAwait(false);
            return null;
        }

        var result = await template.EvaluateAsync(Facts(await EnvironmentAsync(written, cancel).ConfigureAwait(false)), ChecksumAsync, context.FullPath, cancel).ConfigureAwait(false);
        if (result is CacheKeyResult.Key { Text: var key })
        {
            context.Gate.CheckNames(GateExit.Cache, [key]);
            return key;
        }

        await context.SayAsync(index, ((CacheKeyResult.Failed)result).Error).ConfigureAwait(false);
        return null;
    }

    /// <summary>
    /// EX-7.31: project and context variables, and built-in ones over them. A key is shown and stored, so a digest stands there for a secret, and nothing
    /// for one that is fenced to other steps.
    /// </summary>
    private async Task<FrozenDictionary<string, string>> EnvironmentAsync(string written, CancellationToken cancel)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        if (written.Contains(".Environment", StringComparison.Ordinal))
        {
            foreach (var secret in context.Assignment.Secrets.Where(s => s.IsFor(step.Position)))
                all[secret.Name] = await context.Surroundings.Stores.SecretDigests.OfAsync(context.Assignment.Project, secret.Name, secret.Value, cancel).ConfigureAwait(false);
        }

        foreach (var (name, text) in JobEnvironment.BuiltIns(context.Assignment))
            all[name] = text;
        return all.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private CacheKeyFacts Facts(FrozenDictionary<string, string> environment)
    {
        var hello = context.Agent.Hello;
        return new CacheKeyFacts
        {
            Branch = context.Assignment.Branch,
            Revision = context.Assignment.Revision,
            BuildNumber = context.Assignment.Number,
            Arch = string.Join('-', new[] { "arch1", "linux", hello.Architecture, hello.CpuModel }.Where(part => part.Length > 0)),
            Environment = environment,
            Now = context.Surroundings.Clock.GetUtcNow(),
        };
    }

    private async ValueTask<string?> ChecksumAsync(string path, CancellationToken cancel)
    {
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await context.Files.ReadAsync(context.FullPath(path), hash.AppendData, cancel).ConfigureAwait(false);
            return Convert.ToBase64String(hash.GetHashAndReset());
        }
        catch (AgentRefusedException e) when (e.Kind is FailureKind.NotFound or FailureKind.NotAllowed)
        {
            return null;
        }
    }
}
