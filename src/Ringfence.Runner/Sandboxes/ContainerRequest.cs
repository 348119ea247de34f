using System.Collections.Immutable;
using Ringfence.Primitives;

namespace Ringfence.Runner.Sandboxes;

/// <summary>One container of a job (EX-9.1).</summary>
public sealed record ContainerRequest
{
    /// <summary>The image, after the image map was applied.</summary>
    public required string Image { get; init; }

    /// <summary>A further name under which the others reach it, or null.</summary>
    public string? Name { get; init; }

    /// <summary>What takes the place of the image's entrypoint, or null.</summary>
    public ImmutableArray<string>? Entrypoint { get; init; }

    /// <summary>What takes the place of the image's command, or null.</summary>
    public ImmutableArray<string>? Command { get; init; }

    /// <summary>Who it runs as instead of the image's user, or null.</summary>
    public string? User { get; init; }

    /// <summary>Variables of its own process (EX-8.1): literals of the config, never secrets.</summary>
    public ImmutableArray<(string Name, string Text)> Environment { get; init; } = [];

    /// <summary>The user name at the registry, or null.</summary>
    public string? RegistryUser { get; init; }

    /// <summary>The password at the registry, or null.</summary>
    public SecretValue? RegistryPassword { get; init; }
}
