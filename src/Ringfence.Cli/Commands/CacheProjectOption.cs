using System.Collections.Immutable;
using System.CommandLine;
using Ringfence.Runner.Caches;

namespace Ringfence.Cli.Commands;

/// <summary>The option <c>--project</c> of the commands for caches.</summary>
internal static class CacheProjectOption
{
    /// <summary>Makes it.</summary>
    public static Option<string?> Create() => new("--project") { Description = "Only the caches of one project, by its name in 'ringfence cache ls'.", HelpName = "SLUG" };

    /// <summary>The caches of the project, or of all projects.</summary>
    public static ImmutableArray<CacheEntry> Chosen(CacheStore caches, string? project) =>
        [.. caches.List().Where(cache => project is null || string.Equals(cache.Scope, project, StringComparison.Ordinal))];
}
