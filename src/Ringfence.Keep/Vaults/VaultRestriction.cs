using System.Text.Json.Serialization;

namespace Ringfence.Keep.Vaults;

/// <summary>A restriction as it is stored.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind"><c>all_members</c>, <c>group</c>, <c>project</c>, <c>no_project</c> or <c>expression</c>.</param>
/// <param name="Value">The id of the group or project, or the text of the expression.</param>
/// <param name="Name">What people call the group or project.</param>
public sealed record VaultRestriction(
    [property: JsonPropertyName("id")] Guid Id,
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("value")] string Value,
    [property: JsonPropertyName("name")] string Name);
