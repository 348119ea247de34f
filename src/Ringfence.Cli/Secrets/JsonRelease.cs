using Ringfence.Keep.Ledgers;

namespace Ringfence.Cli.Secrets;

/// <summary>One release of <c>ledger blast-radius --format json</c>.</summary>
internal sealed record JsonRelease
{
    public required long Entry { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string By { get; init; }

    public required string Secret { get; init; }

    public required string Owner { get; init; }

    public required long Version { get; init; }

    public required string Now { get; init; }

    public required string Project { get; init; }

    public required long Pipeline { get; init; }

    public required string Job { get; init; }

    public required string Commit { get; init; }

    public required string Ref { get; init; }

    public required IReadOnlyList<string> Images { get; init; }

    public required IReadOnlyList<string> Orbs { get; init; }

    public required IReadOnlyList<string> Steps { get; init; }

    public required bool Fenced { get; init; }

    public static JsonRelease Of(SecretRelease release, string now) => new()
    {
        Entry = release.Entry,
        At = release.At,
        By = release.By,
        Secret = release.Variable.Name,
        Owner = release.Variable.OwnerName,
        Version = release.Variable.Version,
        Now = now,
        Project = release.Job.Project,
        Pipeline = release.Job.Pipeline,
        Job = release.Job.Name,
        Commit = release.Job.Commit,
        Ref = release.Job.Ref,
        Images = release.Job.Images,
        Orbs = release.Job.Orbs,
        Steps = release.Steps,
        Fenced = release.IsFenced,
    };
}
