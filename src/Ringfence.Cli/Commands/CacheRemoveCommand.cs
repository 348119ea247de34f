using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Ringfence.Cli.Diagnostics;
using Ringfence.Cli.Local;
using Ringfence.Cli.Output;
using Ringfence.Primitives;
using Ringfence.Runner.Blobs;
using Ringfence.Runner.Caches;

namespace Ringfence.Cli.Commands;

/// <summary><c>ringfence cache rm</c>: forgets caches by the start of their keys.</summary>
internal static class CacheRemoveCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("rm", "Remove the caches whose key begins with a prefix, or all of them.")
        {
            Examples = ["ringfence cache rm v1-dependencies-", "ringfence cache rm v1- --project gh/acme/app", "ringfence cache rm --all"],
            Notes = "Without --project it removes them from all projects of this machine.",
        };
        var prefix = new Argument<string?>("PREFIX") { Description = "What the keys begin with.", Arity = ArgumentArity.ZeroOrOne };
        var project = CacheProjectOption.Create();
        var all = new Option<bool>("--all") { Description = "Remove every cache, whatever its key." };
        command.Add(prefix);
        command.Add(project);
        command.Add(all);
        command.SetAction(async (parsed, cancel) => parsed.GetValue(all) == parsed.GetValue(prefix) is { Length: > 0 }
            ? (int)Refuse(InputCodes.BadArgument, "It is not clear which caches to remove.", "Give the start of their keys, or --all for every cache.", surroundings)
            : (int)await StoreAccess.UseAsync(surroundings, StoreLimits.Default, stores => Remove(stores.Caches, parsed.GetValue(prefix) ?? "", parsed.GetValue(project), surroundings, cancel)));
        return command;
    }

    private static async Task<ExitCode> Remove(CacheStore caches, string prefix, string? project, Surroundings surroundings, CancellationToken cancel)
    {
        var removed = ImmutableArray.CreateBuilder<CacheEntry>();
        foreach (var scope in CacheProjectOption.Chosen(caches, project).Select(c => c.Scope).Distinct(StringComparer.Ordinal).ToList())
            removed.AddRange(await caches.RemoveAsync(scope, prefix, cancel));

        if (removed.Count > 0)
            return Say(removed.ToImmutable(), surroundings);
        var where = project is null ? "" : $" in the project {DisplayText.Escape(project)}";
        if (prefix.Length > 0)
            return Refuse(InputCodes.CacheNotStored, $"No cache{where} has a key that begins with '{DisplayText.Escape(prefix)}'.", "'ringfence cache ls' prints what is there.", surroundings);

        // Asked for a store without caches, and it has none: that is done.
        surroundings.Error.Write($"There are no caches{where}.\n");
        return ExitCode.Success;
    }

    private static ExitCode Say(ImmutableArray<CacheEntry> removed, Surroundings surroundings)
    {
        foreach (var cache in removed)
            surroundings.Error.Write($"Removed {DisplayText.Escape(cache.Key)} of {DisplayText.Escape(cache.Scope)} ({ByteText.Of(cache.StoredSize)}).\n");
        var bytes = removed.DistinctBy(c => c.Digest).Sum(c => c.StoredSize);
        surroundings.Error.Write(string.Create(CultureInfo.InvariantCulture, $"{removed.Length} {(removed.Length == 1 ? "cache" : "caches")} removed, {ByteText.Of(bytes)}.\n"));
        return ExitCode.Success;
    }

    private static ExitCode Refuse(DiagnosticCode code, string message, string hint, Surroundings surroundings)
    {
        DiagnosticReport.Write([new Diagnostic(code, SourceSpan.None, message, hint)], surroundings);
        return ExitCode.InvalidInput;
    }
}
