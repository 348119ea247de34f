using System.Collections.Immutable;
using System.Globalization;
using Ringfence.Cli.Output;
using Ringfence.Keep.Ledgers;
using Ringfence.Keep.Serving;

namespace Ringfence.Cli.Secrets;

/// <summary>Draws a blast radius from either side.</summary>
internal static class BlastText
{
    private const int ShownOfCommit = 10;

    /// <summary>Who could read a secret: each attempt, and then every commit, image, orb and step once.</summary>
    public static StyledText OfJobs(ImmutableArray<SecretRelease> releases)
    {
        var table = new StyledTable("AT", "JOB", "COMMIT", "REF", "SECRET", "V", "BY", "STEPS") { Numbers = [5] };
        foreach (var r in releases)
        {
            table.Add(
                r.At.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture),
                DisplayText.Escape(string.Create(CultureInfo.InvariantCulture, $"{r.Job.Project} #{r.Job.Pipeline} {r.Job.Name}")),
                DisplayText.Escape(Commit(r)),
                DisplayText.Escape(r.Job.Ref),
                DisplayText.Escape($"{r.Variable.Name} of {r.Variable.OwnerName}"),
                r.Variable.Version.ToString(CultureInfo.InvariantCulture),
                DisplayText.Escape(r.By),
                r.IsFenced ? string.Create(CultureInfo.InvariantCulture, $"{r.Steps.Length} of {r.Job.Steps.Length}") : "all");
        }

        var text = table.Draw().Line();
        Add("Jobs", releases.Select(r => r.Job.Name));
        Add("Commits", releases.Select(Commit));
        Add("Images", releases.SelectMany(r => r.Job.Images));
        Add("Orbs", releases.SelectMany(r => r.Job.Orbs));
        Add("Steps", releases.SelectMany(r => r.Steps));
        return text;

        void Add(string what, IEnumerable<string> all)
        {
            var different = all.Where(one => one.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            if (different.Count > 0)
                text.Add($"{what}: ", Tone.Faint).Add(DisplayText.Escape(string.Join(", ", different))).EndLine();
        }
    }

    /// <summary>What something could read: each secret once, with what became of it.</summary>
    public static StyledText OfSecrets(ImmutableArray<SecretRelease> releases, StoredSecrets stored, DateTimeOffset now)
    {
        var table = new StyledTable("SECRET", "OF", "V", "TIMES", "LAST", "JOBS", "NOW") { Numbers = [2, 3, 4] };
        foreach (var group in releases.GroupBy(r => (r.Variable.Owner, r.Variable.Name, r.Variable.Version)).OrderBy(g => g.Key.Name, StringComparer.Ordinal).ThenBy(g => g.Key.Version))
        {
            var last = group.Last();
            table.Add(
                DisplayText.Escape(last.Variable.Name),
                DisplayText.Escape(last.Variable.OwnerName),
                last.Variable.Version.ToString(CultureInfo.InvariantCulture),
                group.Count().ToString(CultureInfo.InvariantCulture),
                AgeText.Of(now - last.At),
                DisplayText.Escape(string.Join(", ", group.Select(r => r.Job.Name).Distinct(StringComparer.Ordinal))),
                DisplayText.Escape(ReleasedState.Of(stored, last.Variable)));
        }

        return table.Draw();
    }

    private static string Commit(SecretRelease release) => release.Job.Commit.Length > ShownOfCommit ? release.Job.Commit[..ShownOfCommit] : release.Job.Commit;
}
