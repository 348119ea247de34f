using System.Collections.Immutable;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Compilation.Workflows;

/// <summary>An invocation that is expanded but has no final name yet: names depend on all workflows together (CL-17.13).</summary>
internal sealed class Draft
{
    /// <summary>The name before any suffix.</summary>
    public required string BaseName { get; init; }

    /// <summary>The name by which its group's members require it; for other jobs the base name.</summary>
    public string LocalName { get; init; } = "";

    /// <summary>The combination of a matrix that it stands for.</summary>
    public MatrixMember? Member { get; init; }

    /// <summary>What it is.</summary>
    public required JobType Type { get; init; }

    /// <summary>The concrete job; null for an inline approval, or when the job is not valid.</summary>
    public required YamlMapping? Body { get; init; }

    /// <summary>Where the job is declared.</summary>
    public required SourceSpan Declaration { get; init; }

    /// <summary>The invocation as written, for telling one from another (corpus rule 10).</summary>
    public required YamlMapping Signature { get; init; }

    /// <summary>The keys that stay in the compiled config, with all values put in; <c>requires</c> among them, still by written names.</summary>
    public required ImmutableArray<YamlEntry> Keys { get; init; }

    /// <summary>Where it is written.</summary>
    public required SourceSpan Span { get; init; }

    /// <summary>A further name under which it can be required together with others: the alias of its matrix (CL-18.6).</summary>
    public string? Alias { get; init; }

    /// <summary>The members among which its requirements are looked up first: the group it came from; null for the workflow itself.</summary>
    public GroupInstance? Group { get; init; }

    /// <summary>Requirements that the compiler adds, which name drafts and not texts.</summary>
    public List<(Draft Job, ImmutableArray<RequiredStatus> Statuses)> Added { get; } = [];

    /// <summary>Whether other jobs may require it by name; not so for locks and the ends of groups.</summary>
    public bool IsHidden { get; init; }

    /// <summary>The key of a lock or unlock.</summary>
    public string? SerialKey { get; init; }

    /// <summary>The name in the result.</summary>
    public string Name { get; set; } = "";

    /// <summary>The written value of a key.</summary>
    public YamlNode? this[string key] => Keys.FirstOrDefault(k => string.Equals(k.Name, key, StringComparison.Ordinal)).Value;
}
