using System.Globalization;

namespace Ringfence.Cli.Secrets;

/// <summary>One secret of <c>secret list --format json</c>; it has no member for a value.</summary>
internal sealed record JsonSecret
{
    public required string Name { get; init; }

    public required string OwnerKind { get; init; }

    public required string Owner { get; init; }

    public required string Organization { get; init; }

    public string? Kind { get; init; }

    public string? Person { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public string? CreatedBy { get; init; }

    public DateTimeOffset? RotatedAt { get; init; }

    public string? RotatedBy { get; init; }

    public DateTimeOffset? Deadline { get; init; }

    public required bool Overdue { get; init; }

    public required long Version { get; init; }

    public DateTimeOffset? LastReleasedAt { get; init; }

    public string? LastReleasedTo { get; init; }

    public DateTimeOffset? LastReferencedAt { get; init; }

    public string? LastReferencedBy { get; init; }

    public string? Fingerprint { get; init; }

    public required IReadOnlyList<string> SameAs { get; init; }

    public required IReadOnlyList<string> Restrictions { get; init; }

    public required IReadOnlyList<string> Fence { get; init; }

    public DateTimeOffset? RemovedAt { get; init; }

    public static JsonSecret Of(InventoryRow row, DateTimeOffset now) => new()
    {
        Name = row.Variable.Name,
        OwnerKind = row.Owner.IsContext ? "context" : "project",
        Owner = row.Owner.Name,
        Organization = row.Owner.Organization,
        Kind = Given(KindText.OfStored(row.Variable.Kind)),
        Person = Given(row.Variable.Person),
        CreatedAt = Given(row.Variable.CreatedAt),
        CreatedBy = Given(row.Variable.CreatedBy),
        RotatedAt = Given(row.Variable.RotatedAt),
        RotatedBy = Given(row.Variable.RotatedBy),
        Deadline = row.Variable.Deadline,
        Overdue = row.IsOverdue(now),
        Version = row.Variable.Version,
        LastReleasedAt = row.LastRelease?.At,
        LastReleasedTo = row.LastRelease is { } last ? string.Create(CultureInfo.InvariantCulture, $"{last.Job.Name} #{last.Job.Pipeline} of {last.Job.Project}") : null,
        LastReferencedAt = row.LastReference?.At,
        LastReferencedBy = row.LastReference is { } reference ? $"{reference.Job}/{reference.Step} of {reference.Project}" : null,
        Fingerprint = Given(row.Variable.Fingerprint),
        SameAs = row.SameAs,
        Restrictions = [.. row.Owner.Restrictions.Select(RestrictionText.Of)],
        Fence = [.. row.Variable.Fence.Select(FenceText.Of)],
        RemovedAt = row.Variable.RemovedAt,
    };

    private static string? Given(string text) => text.Length > 0 ? text : null;

    private static DateTimeOffset? Given(DateTimeOffset time) => time == default ? null : time;
}
