using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Ringfence.Primitives;

namespace Ringfence.Keep.Vaults;

/// <summary>A context or a project with its sealed variables, as it is stored. Nothing in it can be read without the keep, and nothing can be changed without it noticing.</summary>
public sealed record VaultOwner
{
    /// <summary><c>context:</c> or <c>project:</c> and the id.</summary>
    [JsonPropertyName("key")]
    public required string Key { get; init; }

    /// <summary>The name of the context, or the slug of the project.</summary>
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    /// <summary>The slug of the organization.</summary>
    [JsonPropertyName("organization")]
    public required string Organization { get; init; }

    /// <summary>When it was made.</summary>
    [JsonPropertyName("created_at")]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    [JsonPropertyName("created_by")]
    public string CreatedBy { get; init; } = "";

    /// <summary>Who may use it, where and when, in the order in which it was decided.</summary>
    [JsonPropertyName("restrictions")]
    public ImmutableArray<VaultRestriction> Restrictions { get; init; } = [];

    /// <summary>Of a project: whether steps of orbs in its jobs get only what a fence gives them (INC-22).</summary>
    [JsonPropertyName("withholds_from_orbs")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool WithholdsFromOrbs { get; init; }

    /// <summary>Whether jobs with SSH get its secrets (SSH-23).</summary>
    [JsonPropertyName("allows_ssh")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AllowsSsh { get; init; }

    /// <summary>Of a project: whether jobs with the code of forks get secrets (FORK-2).</summary>
    [JsonPropertyName("allows_forks")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AllowsForks { get; init; }

    /// <summary>The variables, by name; those that were removed stay, without their value (ENV-9).</summary>
    [JsonPropertyName("variables")]
    public ImmutableArray<VaultVariable> Variables { get; init; } = [];

    /// <summary>The additional SSH keys of a project (EX-7.61), in the order in which they came.</summary>
    [JsonPropertyName("ssh_keys")]
    public ImmutableArray<VaultSshKey> SshKeys { get; init; } = [];

    /// <summary>Whether it is a context.</summary>
    [JsonIgnore]
    public bool IsContext => Key.StartsWith("context:", StringComparison.Ordinal);

    /// <summary>The variables that have a value.</summary>
    [JsonIgnore]
    public IEnumerable<VaultVariable> Living => Variables.Where(v => v.RemovedAt is null);

    /// <summary>The key of a project's variables.</summary>
    public static string KeyOfProject(string slug) => $"project:{NameId.Of(slug):D}";

    /// <summary>A variable that has a value; null when there is none.</summary>
    public VaultVariable? Find(string name) => Variables.FirstOrDefault(v => v.Name == name && v.RemovedAt is null);

    /// <summary>The same with a variable set in the place of what had its name.</summary>
    public VaultOwner With(VaultVariable variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return this with { Variables = [.. Variables.Where(v => v.Name != variable.Name).Append(variable).OrderBy(v => v.Name, StringComparer.Ordinal)] };
    }
}
