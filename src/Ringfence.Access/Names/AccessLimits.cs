using System.Globalization;

namespace Ringfence.Access.Names;

/// <summary>How much there may be of everything (CTX-3, CTX-4, EXP-10). Beyond a limit there is one sentence, never a silent drop.</summary>
public static class AccessLimits
{
    /// <summary>Characters in the name of a context (CTX-1).</summary>
    public const int ContextNameCharacters = 200;

    /// <summary>Characters in the name of a variable (CTX-4).</summary>
    public const int VariableNameCharacters = 300;

    /// <summary>Bytes in a value (CTX-4).</summary>
    public const int ValueBytes = 32_768;

    /// <summary>Variables in one context, or of one project (CTX-3).</summary>
    public const int VariablesPerContext = 100;

    /// <summary>Additional SSH keys of one project. CircleCI publishes no number.</summary>
    public const int SshKeysPerProject = 100;

    /// <summary>Contexts of one organization (CTX-3).</summary>
    public const int ContextsPerOrganization = 500;

    /// <summary>Different contexts that one config may name (CTX-3).</summary>
    public const int ContextsPerConfig = 100;

    /// <summary>Restrictions of one context or project. CircleCI publishes no number.</summary>
    public const int RestrictionsPerPolicy = 200;

    /// <summary>Bytes in the expression of a restriction (EXP-10).</summary>
    public const int ExpressionBytes = 4096;

    /// <summary>How deep an expression may be nested (EXP-10).</summary>
    public const int ExpressionDepth = 64;

    /// <summary>How old may be what is known of an actor's groups (CTX-34).</summary>
    public static TimeSpan OldestGroups { get; } = TimeSpan.FromMinutes(5);

    /// <summary>Why a value of this length is refused; null when it is not. The empty value is legal.</summary>
    public static string? WhyNoValue(long bytes) => Beyond(bytes, ValueBytes, "A value", "bytes", "keep large files elsewhere and store the key that opens them");

    /// <summary>Why there cannot be so many variables in one context or project; null when there can.</summary>
    public static string? WhyNoVariables(int count) => Beyond(count, VariablesPerContext, "One context or project", "variables", "spread them over several contexts");

    /// <summary>Why there cannot be so many SSH keys of one project; null when there can.</summary>
    public static string? WhyNoSshKeys(int count) => Beyond(count, SshKeysPerProject, "One project", "SSH keys", "remove those that no job uses");

    /// <summary>Why there cannot be so many contexts in one organization; null when there can.</summary>
    public static string? WhyNoContexts(int count) => Beyond(count, ContextsPerOrganization, "One organization", "contexts", "delete those that no job uses");

    /// <summary>Why a config cannot name so many contexts; null when it can.</summary>
    public static string? WhyNoReferences(int count) => Beyond(count, ContextsPerConfig, "One config", "different contexts", "split the config or join contexts");

    private static string? Beyond(long count, int most, string what, string unit, string hint) => count <= most
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{what} has at most {most} {unit}, not {count}: {hint}.");
}
