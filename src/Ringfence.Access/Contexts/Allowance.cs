namespace Ringfence.Access.Contexts;

/// <summary>What keeps secrets from jobs by default, and can be allowed for one context or project.</summary>
public enum Allowance
{
    /// <summary>Jobs with SSH, in which a person works in a shell that nothing masks (SSH-23).</summary>
    Ssh,

    /// <summary>Of a project only: jobs with the code of forks (FORK-2).</summary>
    Forks,
}
