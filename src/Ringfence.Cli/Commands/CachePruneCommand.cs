using System.CommandLine;
using System.Globalization;
using Ringfence.Cli.Local;
using Ringfence.Cli.Output;
using Ringfence.Runner.Blobs;

namespace Ringfence.Cli.Commands;

/// <summary><c>ringfence cache prune</c>: removes what the stores need not keep.</summary>
internal static class CachePruneCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("prune", "Remove what has expired or is damaged, the caches beyond a size, and content that nothing uses.")
        {
            Examples = ["ringfence cache prune", "ringfence cache prune --max-size 5GB"],
            Notes = "The caches that were used longest ago go first. Expired workspaces and test results go too.\n"
                + "Sizes are like 500MB or 5GB (by 1000), 512MiB or 4GiB (by 1024), or a number of bytes.",
        };
        var most = new Option<long>("--max-size")
        {
            Description = $"How much all caches may take on disk together. [default: {ByteText.Of(StoreLimits.Default.CacheBytes)}]",
            HelpName = "SIZE",
            CustomParser = static result =>
            {
                if (!ByteText.TryParse(result.Tokens[0].Value, out var bytes, out var whyNot))
                    result.AddError($"{whyNot} Write it like 500MB or 5GB.");
                return bytes;
            },
        };
        command.Add(most);
        command.SetAction(async (parsed, cancel) =>
        {
            var limits = parsed.GetResult(most) is { Implicit: false } ? StoreLimits.Default with { CacheBytes = parsed.GetValue(most) } : StoreLimits.Default;
            return (int)await StoreAccess.UseAsync(surroundings, limits, stores => Prune(stores, surroundings, cancel));
        });
        return command;
    }

    private static async Task<ExitCode> Prune(LocalStores stores, Surroundings surroundings, CancellationToken cancel)
    {
        // A clean-up should not make the folder that it cleans.
        var result = Directory.Exists(stores.Blobs.Root) ? await stores.PruneAsync(cancel) : new PruneResult(0, 0, 0, 0);
        string[] parts = [.. new[] { Count(result.Caches, "cache"), Count(result.WorkspaceLayers, "workspace layer"), Count(result.DamagedBlobs, "damaged content") }.Where(part => part.Length > 0)];
        surroundings.Error.Write((parts.Length, result.FreedBytes) switch
        {
            (0, 0) => "There was nothing to remove.\n",
            (0, var freed) => $"Freed {ByteText.Of(freed)} that nothing used any more.\n",
            (_, var freed) => $"Removed {string.Join(", ", parts)}; freed {ByteText.Of(freed)}.\n",
        });
        return ExitCode.Success;
    }

    private static string Count(int count, string name) => count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{count} {name}{(count == 1 ? "" : "s")}");
}
