using System.Collections.Immutable;
using System.Globalization;
using Ringfence.Access.Names;
using Ringfence.Access.Release;
using Ringfence.Primitives;

namespace Ringfence.Keep.Local;

/// <summary>The person who works on this machine, as the system knows them: its groups are the security groups of a keep without a server.</summary>
/// <param name="name">The user's name.</param>
/// <param name="userId">The user's number.</param>
/// <param name="groups">The groups by number, with their names where they have one.</param>
internal sealed class LocalPerson(string name, long userId, IReadOnlyDictionary<long, string> groups)
{
    private const int MostGroups = 65536;

    public string Name => name;

    /// <summary>The person as the actor of a job. Whoever owns the keep is an administrator; that does not let anybody pass the groups of a context (CTX-32).</summary>
    public ActorFacts Facts(bool isRerun, DateTimeOffset now) => new()
    {
        Id = new ActorId(NameId.Of(string.Create(CultureInfo.InvariantCulture, $"user:{userId}"))),
        Name = name,
        Kind = ActorKind.Person,
        State = ActorState.Active,
        Standing = isRerun ? ActorStanding.Reran : ActorStanding.Started,
        IsMember = true,
        Role = Role.Administrator,
        Session = SessionState.NotRequired,
        Groups = [.. groups.Keys.Select(GroupOf)],
        GroupsReadAt = now,
    };

    public static GroupId GroupOf(long number) => new(NameId.Of(string.Create(CultureInfo.InvariantCulture, $"group:{number}")));

    /// <summary>Reads them anew, as the kernel has them now for this process and the group file names them.</summary>
    public static LocalPerson Read()
    {
        var status = File.ReadLines("/proc/self/status").ToList();
        var numbers = Numbers(status, "Groups:").Concat(Numbers(status, "Gid:").Take(1)).Distinct();
        var names = NamesOfGroups();
        return new LocalPerson(Environment.UserName, Numbers(status, "Uid:").FirstOrDefault(), numbers.ToImmutableDictionary(n => n, n => names.GetValueOrDefault(n, "")));
    }

    /// <summary>The number of a group of this machine, by name or number; null when there is none.</summary>
    public static (long Number, string Name)? FindGroup(string wanted)
    {
        var names = NamesOfGroups();
        if (long.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return names.TryGetValue(number, out var known) ? (number, known) : null;
        var found = names.Where(g => g.Value == wanted).ToList();
        return found.Count == 1 ? (found[0].Key, wanted) : null;
    }

    private static Dictionary<long, string> NamesOfGroups()
    {
        var names = new Dictionary<long, string>();
        foreach (var line in File.ReadLines("/etc/group").Take(MostGroups))
        {
            if (line.Split(':') is [var name, _, var number, ..] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed))
                names.TryAdd(parsed, name);
        }

        return names;
    }

    private static IEnumerable<long> Numbers(List<string> status, string key) =>
        (status.FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?[key.Length..] ?? "").Split((char[])['\t', ' '], StringSplitOptions.RemoveEmptyEntries)
        .Select(word => long.Parse(word, CultureInfo.InvariantCulture));
}
