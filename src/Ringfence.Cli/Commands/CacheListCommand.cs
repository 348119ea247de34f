using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ringfence.Cli.Local;
using Ringfence.Cli.Output;
using Ringfence.Runner.Blobs;
using Ringfence.Runner.Caches;

namespace Ringfence.Cli.Commands;

/// <summary><c>ringfence cache ls</c>: prints the caches of this machine.</summary>
internal static class CacheListCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("ls", "Print the caches that jobs have saved on this machine, the newest of each project first.")
        {
            Examples = ["ringfence cache ls", "ringfence cache ls --project gh/acme/app", "ringfence cache ls --format json"],
            Notes = "SIZE is what a cache takes on disk. Caches with the same content share it.",
        };
        var project = CacheProjectOption.Create();
        var format = FormatOption.Of("text", "json");
        command.Aliases.Add("list");
        command.Add(project);
        command.Add(format);
        command.SetAction(async (parsed, _) => (int)await StoreAccess.UseAsync(surroundings, StoreLimits.Default, stores =>
        {
            var caches = CacheProjectOption.Chosen(stores.Caches, parsed.GetValue(project));
            if (parsed.GetValue(format) is "json")
                WriteJson(caches, surroundings);
            else
                WriteText(caches, parsed.GetValue(project), surroundings);
            return Task.FromResult(ExitCode.Success);
        }));
        return command;
    }

    private static void WriteJson(ImmutableArray<CacheEntry> caches, Surroundings surroundings)
    {
        IReadOnlyList<JsonStoredCache> list = [.. caches.Select(c => new JsonStoredCache(c.Scope, c.Key, c.Size, c.StoredSize, c.CreatedAt, c.LastUsedAt, c.ExpiresAt))];
        surroundings.Out.Write(JsonSerializer.Serialize(list, CliJson.Readable.IReadOnlyListJsonStoredCache) + "\n");
    }

    private static void WriteText(ImmutableArray<CacheEntry> caches, string? project, Surroundings surroundings)
    {
        if (caches.IsEmpty)
        {
            surroundings.Error.Write(project is null
                ? "There are no caches yet. The step save_cache of a job makes them.\n"
                : $"The project {DisplayText.Escape(project)} has no caches.\n");
            return;
        }

        var now = surroundings.Clock.GetUtcNow();
        var table = new StyledTable("PROJECT", "KEY", "SIZE", "AGE", "LAST USE") { Numbers = [2, 3, 4] };
        foreach (var cache in caches)
            table.Add(DisplayText.Escape(cache.Scope), DisplayText.Escape(cache.Key), ByteText.Of(cache.StoredSize), AgeText.Of(now - cache.CreatedAt), AgeText.Of(now - cache.LastUsedAt));
        StyledTextWriter.Write(table.Draw(), surroundings.Out, surroundings.OutTraits);

        var bytes = caches.DistinctBy(c => c.Digest).Sum(c => c.StoredSize);
        surroundings.Error.Write(string.Create(CultureInfo.InvariantCulture, $"{caches.Length} {(caches.Length == 1 ? "cache" : "caches")}, {ByteText.Of(bytes)} on disk.\n"));
    }
}
