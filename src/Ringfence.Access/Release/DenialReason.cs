namespace Ringfence.Access.Release;

/// <summary>Why secrets are not released, for programs (CTX-53). <see cref="DenialCodes"/> has the words.</summary>
public enum DenialReason
{
    /// <summary>There is no such context in the organization.</summary>
    ContextMissing,

    /// <summary>The code comes from a fork, or may come from one.</summary>
    ForkWithoutSecrets,

    /// <summary>The job runs with SSH.</summary>
    SshWithoutSecrets,

    /// <summary>Nobody knows whose rights to use.</summary>
    ActorUnknown,

    /// <summary>The actor is suspended, locked or deleted.</summary>
    ActorSuspended,

    /// <summary>The actor is a user of the forge whom nobody has linked.</summary>
    UnregisteredUser,

    /// <summary>The actor is no member of the organization, or no longer.</summary>
    ActorNotMember,

    /// <summary>The organization demands a sign-in that is missing.</summary>
    SsoRequired,

    /// <summary>The actor's role does not let it use contexts.</summary>
    ActorRole,

    /// <summary>No group of the context has the actor.</summary>
    ContextGroup,

    /// <summary>The project is not among those of the context.</summary>
    ContextProject,

    /// <summary>An expression is not true, or has no value.</summary>
    ContextExpression,

    /// <summary>A config policy forbids the pipeline.</summary>
    ConfigPolicy,

    /// <summary>A check could not be made.</summary>
    CheckFailed,
}
