namespace Ringfence.Config.Compilation;

/// <summary>What can be declared, called by name and given parameters.</summary>
internal enum ElementKind
{
    Command,
    Executor,
    Job,
}
