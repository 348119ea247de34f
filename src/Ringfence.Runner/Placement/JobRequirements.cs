using System.Collections.Immutable;
using System.Globalization;
using Ringfence.Config.Compilation;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;
using Ringfence.Runner.Sandboxes;
using Ringfence.Runner.Steps;

namespace Ringfence.Runner.Placement;

/// <summary>What a compiled job asks of where it runs: containers or a machine, their size, and how many of them.</summary>
/// <param name="job">The job.</param>
/// <param name="images">The image map.</param>
/// <param name="variable">Gives the variables that images and their <c>auth</c> may name (EX-9.7); null for one that is not set.</param>
public sealed class JobRequirements(CompiledJob job, ImageMap images, Func<string, string?> variable)
{
    /// <summary>Gives the secrets that <c>auth</c>, and nothing else of a container, may name (CTX-23); null for one that is not there.</summary>
    public Func<string, string?> Secret { get; init; } = static _ => null;

    /// <summary>How many parallel runs it has (EX-10.1).</summary>
    public int Nodes => job.Body["parallelism"] is YamlScalar scalar && int.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var nodes) && nodes > 0 ? nodes : 1;

    /// <summary>Its resource class as written; empty when it has none.</summary>
    public string ResourceClassName => Text(job.Body, "resource_class") ?? (job.Body["machine"] is YamlMapping machine ? Text(machine, "resource_class") : null) ?? "";

    /// <summary>What its resource class allows; null without a known one.</summary>
    public ResourceClass? Size => ResourceClassName is { Length: > 0 } name ? ResourceClass.Find(name, job.Body["docker"] is not null) : null;

    /// <summary>Whether it names a resource class that CircleCI does not have for its executor. A self-hosted one has a namespace and is known elsewhere (EX-9.15, EX-9.17).</summary>
    public bool NamesUnknownClass => ResourceClassName is { Length: > 0 } name && !name.Contains('/', StringComparison.Ordinal) && Place is not JobPlace.Nowhere && Size is null;

    /// <summary>Where it wants to run.</summary>
    public JobPlace Place
    {
        get
        {
            if (ResourceClassName.StartsWith("windows.", StringComparison.Ordinal))
                return new JobPlace.Nowhere("it needs Windows, which cannot be had here");
            if (ResourceClassName.StartsWith("gpu.", StringComparison.Ordinal))
                return new JobPlace.Nowhere("it needs a GPU machine, which cannot be had here");
            if (job.Body["macos"] is not null)
                return new JobPlace.Nowhere("it needs macOS, which cannot be had here");
            if (job.Body["docker"] is YamlSequence list)
                return new JobPlace.Containers([.. list.Items.OfType<YamlMapping>().Select(Container)]);
            return job.Body["machine"] is { } machine ? Machine(machine) : new JobPlace.Nowhere("it names no executor");
        }
    }

    private static JobPlace Machine(YamlNode machine)
    {
        var image = machine switch
        {
            YamlMapping mapping => Text(mapping, "image") ?? "",
            YamlScalar scalar when scalar.Text is not ("true" or "default") => scalar.Text,
            _ => "",
        };
        return image.StartsWith("windows", StringComparison.OrdinalIgnoreCase)
            ? new JobPlace.Nowhere("it needs Windows, which cannot be had here")
            : new JobPlace.Machine(image);
    }

    private ContainerRequest Container(YamlMapping container)
    {
        var auth = container["auth"] as YamlMapping;
        var (user, password) = (Resolved(auth, "username", Credential), Resolved(auth, "password", Credential));
        return new ContainerRequest
        {
            Image = images.Apply(Resolved(container, "image", variable) ?? ""),
            Name = Text(container, "name"),
            Entrypoint = Words(container["entrypoint"]),
            Command = Words(container["command"]),
            User = Text(container, "user"),
            Environment = Variables(container["environment"]),
            RegistryUser = user is not null && password is not null ? user : null,
            RegistryPassword = user is not null && password is not null ? new SecretValue(password) : null,
        };
    }

    /// <summary>EX-9.7: a value that begins with <c>$</c> names a variable. One that is not set leaves nothing, as if the key were not there.</summary>
    private static string? Resolved(YamlMapping? mapping, string key, Func<string, string?> valueOf) => mapping is null ? null : Text(mapping, key) switch
    {
        ['$', '{', .. var name, '}'] => valueOf(name),
        ['$', .. var name] => valueOf(name),
        var text => text,
    };

    private string? Credential(string name) => Secret(name) ?? variable(name);

    private static string? Text(YamlMapping mapping, string key) => mapping[key] is YamlScalar { IsNull: false } scalar ? scalar.Text : null;

    private static ImmutableArray<string>? Words(YamlNode? node) => node switch
    {
        YamlSequence list => [.. list.Items.OfType<YamlScalar>().Select(item => item.Text)],
        YamlScalar { IsNull: false } scalar => ShellWords.Split(scalar.Text),
        _ => null,
    };

    /// <summary>A map, a list of maps, or a list of <c>NAME=text</c>.</summary>
    private static ImmutableArray<(string Name, string Text)> Variables(YamlNode? node) => node switch
    {
        YamlMapping map => [.. map.Entries.Where(e => e.Value is YamlScalar).Select(e => (e.Name, EnvironmentText.Of((YamlScalar)e.Value, isJobLevel: false)))],
        YamlSequence list => [.. list.Items.SelectMany(item => item is YamlScalar { Text: var text } && text.Split('=', 2) is [var name, var value] ? [(name, value)] : Variables(item as YamlMapping))],
        _ => [],
    };
}
