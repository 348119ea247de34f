using System.Collections.Immutable;
using System.Text.Json;
using Ringfence.Cli.Local;
using Ringfence.Cli.Orbs;

namespace Ringfence.Cli.Doctor.Isolation;

/// <summary>What the thief brought back from all sandboxes of this machine, kept for an audit.</summary>
/// <param name="CheckedAt">When.</param>
/// <param name="Version">The version of Ringfence.</param>
/// <param name="Kernel">The kernel.</param>
/// <param name="User">Who ran the check: what a plain process reaches depends on it.</param>
/// <param name="Sandboxes">The kinds of sandboxes.</param>
internal sealed record IsolationReport(DateTimeOffset CheckedAt, string Version, string Kernel, string User, ImmutableArray<SandboxIsolation> Sandboxes)
{
    private const long MostBytes = 1 << 20;

    /// <summary>The version of this program.</summary>
    public static string OwnVersion { get; } = typeof(IsolationReport).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>The kernel that runs now.</summary>
    public static string OwnKernel { get; } = Environment.OSVersion.Version.ToString();

    /// <summary>Whether the sandboxes that are meant to keep secrets do.</summary>
    public bool IsGood => Sandboxes.Where(s => s.IsTried && s.Sandbox != IsolationCheck.Plain).All(s => s.IsFit);

    /// <summary>The file of the last check.</summary>
    public static string FileOf(LocalState state) => Path.Combine(state.Root, "isolation.json");

    /// <summary>Reads the last check; null when there was none, or its file cannot be read.</summary>
    public static IsolationReport? Read(LocalState state)
    {
        try
        {
            var file = new FileInfo(FileOf(state));
            return file.Exists && file.Length <= MostBytes ? JsonSerializer.Deserialize(File.ReadAllBytes(file.FullName), IsolationJson.Readable.IsolationReport) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The text of the file, and of <c>--format json</c>.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, IsolationJson.Readable.IsolationReport) + "\n";

    /// <summary>Keeps it.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(LocalState state) => AtomicFile.TryWrite(FileOf(state), System.Text.Encoding.UTF8.GetBytes(ToJson()), overwrite: true);
}
