namespace Ringfence.Access.Release;

/// <summary>Whether the sign-in that the organization demands was made.</summary>
public enum SessionState
{
    /// <summary>It demands one that is missing or has ended; also when not known.</summary>
    Missing,

    /// <summary>It demands none.</summary>
    NotRequired,

    /// <summary>It was made and still holds.</summary>
    Satisfied,
}
