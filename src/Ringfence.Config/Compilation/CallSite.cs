using Ringfence.Config.Templates;

namespace Ringfence.Config.Compilation;

/// <summary>A place from which elements are called: where names of elements are looked up, and what <c>&lt;&lt; &gt;&gt;</c> means there.</summary>
internal sealed record CallSite(ElementScope Scope, Bindings Bindings)
{
    /// <summary>The command in whose declaration this is, by its full name; empty outside of commands.</summary>
    public string Command { get; init; } = "";
}
