using Ringfence.Keep.Vaults;
using Ringfence.Protocol.Keeps;

namespace Ringfence.Cli.Secrets;

/// <summary>The context or project that a command is about.</summary>
/// <param name="Key">As it is stored and sealed: <c>context:</c> or <c>project:</c> and the id.</param>
/// <param name="Name">The name of the context, or the slug of the project.</param>
/// <param name="Organization">The slug of the organization.</param>
/// <param name="Stored">What is stored; null for a project without variables.</param>
internal sealed record ChosenOwner(string Key, string Name, string Organization, VaultOwner? Stored)
{
    private const string ContextPrefix = "context:";

    /// <summary>Whether it is a context.</summary>
    public bool IsContext => Key.StartsWith(ContextPrefix, StringComparison.Ordinal);

    /// <summary>How sentences call it.</summary>
    public string Title => IsContext ? $"the context '{Name}'" : $"the project {Name}";

    /// <summary>As the keep is told of it.</summary>
    public Owner ToMessage() => IsContext
        ? new Owner { ContextId = Key[ContextPrefix.Length..], Organization = Organization }
        : new Owner { Project = Name, Organization = Organization };
}
