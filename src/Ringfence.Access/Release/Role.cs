namespace Ringfence.Access.Release;

/// <summary>What somebody may do in an organization or project; of several, the highest counts (RBAC-1).</summary>
public enum Role
{
    /// <summary>Nothing, or not known.</summary>
    None,

    /// <summary>May look. A job whose actor is only a viewer gets no secret (RBAC-3).</summary>
    Viewer,

    /// <summary>May use contexts.</summary>
    Contributor,

    /// <summary>May also restrict contexts.</summary>
    Administrator,
}
