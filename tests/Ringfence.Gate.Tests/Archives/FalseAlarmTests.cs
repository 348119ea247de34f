using System.Security.Cryptography;
using Ringfence.Gate.Archives;
using Ringfence.Primitives;

namespace Ringfence.Gate.Tests.Archives;

/// <summary>What holds no secret is left alone: 200 made-up ones and the files of this repository.</summary>
public sealed class FalseAlarmTests
{
    private const int SecretCount = 200;
    private const int EnoughBytes = 2_000_000;

    private static readonly string[] Folders = ["src", "tests", "docs", "samples"];
    private static readonly string[] Endings = [".cs", ".md", ".txt", ".json", ".yml", ".sh", ".py", ".go"];

    [Fact]
    [Rule("MSK-5", "MSK-7")]
    public async Task Nothing_of_200_made_up_secrets_is_found_in_this_repository()
    {
        using var matcher = SecretMatcher.Build(Enumerable.Range(0, SecretCount).Select(i => new GateSecret($"SECRET_{i}", new SecretValue(MadeUp(i)))));
        var scan = new GateScan(matcher, ScanLimits.Default);
        var bytes = 0L;
        foreach (var path in Folders.SelectMany(folder => Directory.EnumerateFiles(RepositoryRoot.At(folder), "*", SearchOption.AllDirectories)))
        {
            if (!Endings.Contains(Path.GetExtension(path)))
                continue;
            using var file = File.OpenRead(path);
            bytes += file.Length;
            var report = await scan.ScanAsync(file, path, TestContext.Current.CancellationToken);
            Assert.True(report.IsClean, $"{path}: {string.Join(", ", report.Caught)}{string.Join(", ", report.Unknown)}");
        }

        Assert.Empty(matcher.Unmasked);
        Assert.True(bytes > EnoughBytes, $"Only {bytes} bytes were searched.");
    }

    /// <summary>The same in every run, and of the kinds that vendors make: letters of base64, hex, with a beginning that others have too, of 16 characters.</summary>
    private static string MadeUp(int number)
    {
        var random = SHA256.HashData(Masking.Bytes($"false alarm {number}"));
        return (number % 4) switch
        {
            0 => Convert.ToBase64String(random)[..40],
            1 => Convert.ToHexStringLower(random)[..40],
            2 => "ghp_" + Convert.ToHexString(random)[..36],
            _ => Convert.ToBase64String(random)[..16],
        };
    }
}
