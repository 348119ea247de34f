using Ringfence.Access.Names;

namespace Ringfence.Access.Contexts;

/// <summary>What secrets belong to: a context, or a project. A closed family.</summary>
public abstract record SecretOwner
{
    private SecretOwner()
    {
    }

    /// <summary>How sentences call it.</summary>
    public abstract string Title { get; }

    /// <summary>A context.</summary>
    public sealed record Context(ContextId Id, ContextName Name) : SecretOwner
    {
        /// <inheritdoc/>
        public override string Title => $"the context '{Name}'";
    }

    /// <summary>A project's own variables; unlike at CircleCI they take the same restrictions as a context.</summary>
    public sealed record Project(ProjectId Id) : SecretOwner
    {
        /// <inheritdoc/>
        public override string Title => "the variables of the project";
    }
}
