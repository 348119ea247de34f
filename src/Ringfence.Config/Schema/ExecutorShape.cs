using Ringfence.Config.Compilation;
using Ringfence.Config.Diagnostics;
using Ringfence.Config.Yaml;

namespace Ringfence.Config.Schema;

/// <summary>What an executor looks like, by itself or inside of a job (CL-10.1, CL-12).</summary>
internal static class ExecutorShape
{
    private static readonly string[] Keys =
        ["docker", "machine", "macos", "environment", "working_directory", "shell", "resource_class", "parameters", "description"];

    private static readonly string[] DockerKeys =
        ["image", "name", "entrypoint", "command", "user", "environment", "auth", "aws_auth", "gcp_auth"];

    private static readonly System.Buffers.SearchValues<char> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdef");

    /// <summary>Checks an executor as it is declared. Whether it has a type at all only matters to the jobs that use it.</summary>
    public static void CheckDeclared(string name, YamlMapping executor, Session session)
    {
        var path = $"#/executors/{name}";
        Shape.CheckKeys(executor, path, Keys, [], session);
        Shape.Expect(executor["environment"], ShapeTypes.Mapping | ShapeTypes.Sequence | ShapeTypes.Null | ShapeTypes.String, $"{path}/environment", session);
        Shape.Expect(executor["resource_class"], ShapeTypes.Text, $"{path}/resource_class", session);
        CheckTypes(executor, path, session);
    }

    /// <summary>Checks the executor types of a job or executor: at most one, and written as it should be.</summary>
    public static void CheckTypes(YamlMapping owner, string path, Session session)
    {
        var types = owner.Entries.Where(e => ExecutorTypes.Is(e.Name)).ToArray();
        if (types.Length > 1)
        {
            session.Report(
                StructureCodes.Conflict, types[1].Key.Span,
                $"[{path}] only 1 subschema matches out of {types.Length}: '{types[0].Name}' and '{types[1].Name}' exclude each other", "Keep one of them.");
        }

        foreach (var type in types)
        {
            switch (type.Name)
            {
                case "docker":
                    CheckDocker(type, path, session);
                    break;
                case "machine":
                    CheckMachine(type.Value, owner, path, session);
                    break;
                case "macos":
                    CheckMacos(type, path, session);
                    break;
            }
        }
    }

    private static void CheckDocker(YamlEntry docker, string path, Session session)
    {
        path += "/docker";
        if (docker.Value is YamlScalar { MayHoldTemplate: true })
            return;
        if (docker.Value is not YamlSequence { Items.Length: > 0 } images)
        {
            session.Report(
                StructureCodes.WrongType, docker.Key.Span,
                docker.Value is YamlSequence ? $"[{path}] needs at least one image" : $"[{path}] expected type: Sequence, found: {docker.Value.TypeName}",
                "Write a list: '- image: cimg/base:current'.");
            return;
        }

        foreach (var item in images.Items)
        {
            if (item is YamlScalar { MayHoldTemplate: true } || !Shape.Expect(item, ShapeTypes.Mapping, path, session) || item is not YamlMapping image)
                continue;
            Shape.CheckKeys(image, path, DockerKeys, ["image"], session);
            CheckImage(image, path, session);
            Shape.Expect(image, "entrypoint", ShapeTypes.Text | ShapeTypes.Sequence, path, session);
            Shape.Expect(image, "command", ShapeTypes.Text | ShapeTypes.Sequence, path, session);
            Shape.Expect(image, "environment", ShapeTypes.Mapping | ShapeTypes.Sequence | ShapeTypes.Null | ShapeTypes.String, path, session);
            CheckAuth(image, path, session);
        }
    }

    private static void CheckImage(YamlMapping docker, string path, Session session)
    {
        Shape.Expect(docker, "image", ShapeTypes.Text & ~ShapeTypes.Null, path, session);
        if (docker["image"] is not YamlScalar { MayHoldTemplate: false } image)
            return;

        var at = image.Text.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
            return;
        var digest = image.Text[(at + 1)..];
        if (digest.Length != 71 || !digest.StartsWith("sha256:", StringComparison.Ordinal) || digest.AsSpan(7).ContainsAnyExcept(HexDigits))
        {
            session.Report(
                StructureCodes.BadDigest, image.SpanOf(at + 1, digest.Length),
                $"Invalid Docker image digest format \"{ArgumentTypes.Show(YamlScalar.String(digest, image.Span))}\". Expected format: sha256:<64 hex characters>", "Copy the whole digest.");
        }
    }

    private static void CheckAuth(YamlMapping image, string path, Session session)
    {
        if (image["auth"] is YamlMapping auth)
            Shape.CheckKeys(auth, $"{path}/auth", ["username", "password"], ["username", "password"], session);
        if (image["gcp_auth"] is YamlMapping google)
            Shape.CheckKeys(google, $"{path}/gcp_auth", ["oidc_service_account", "workload_identity_pool", "workload_identity_provider"], [], session);
        if (image["aws_auth"] is not YamlMapping aws)
            return;

        Shape.CheckKeys(aws, $"{path}/aws_auth", ["aws_access_key_id", "aws_secret_access_key", "oidc_role_arn"], [], session);
        var hasKeys = aws.Has("aws_access_key_id") || aws.Has("aws_secret_access_key");
        if (hasKeys && aws.Has("oidc_role_arn"))
            session.Report(StructureCodes.Conflict, aws.Span, $"[{path}/aws_auth] keys and 'oidc_role_arn' exclude each other", "Keep 'oidc_role_arn': it needs no long-lived key.");
        else if (hasKeys && !(aws.Has("aws_access_key_id") && aws.Has("aws_secret_access_key")))
            session.Report(StructureCodes.MissingKey, aws.Span, $"[{path}/aws_auth] 'aws_access_key_id' and 'aws_secret_access_key' go together", "Add the other one.");
    }

    private static void CheckMachine(YamlNode node, YamlMapping owner, string path, Session session)
    {
        path += "/machine";
        if (node is YamlScalar { IsNull: true })
            session.Report(StructureCodes.WrongType, node.Span, $"[{path}] expected type: Mapping, found: Null", "Write 'machine: true', or 'image' below it.");
        if (node is not YamlMapping machine)
        {
            Shape.Expect(node, ShapeTypes.Boolean | ShapeTypes.String | ShapeTypes.Null, path, session);
            return;
        }

        Shape.CheckKeys(machine, path, ["image", "enabled", "docker_layer_caching", "resource_class", "shell"], [], session);
        Shape.Expect(machine["docker_layer_caching"], ShapeTypes.Boolean, $"{path}/docker_layer_caching", session);
        Shape.Expect(machine["image"], ShapeTypes.Text, $"{path}/image", session);
        var resourceClass = (machine["resource_class"] ?? owner["resource_class"]) as YamlScalar;
        if (machine["image"] is YamlScalar { IsNull: false } image && resourceClass is { MayHoldTemplate: false } && IsSelfHosted(resourceClass.Text))
            session.Report(StructureCodes.Conflict, image.Span, $"Extraneous image \"{image.Text}\" for self-hosted runner \"{resourceClass.Text}\"", "Write 'machine: true': a self-hosted runner brings its own system.");
    }

    /// <summary>CL-12.13: <c>namespace/name</c>.</summary>
    private static bool IsSelfHosted(string resourceClass) =>
        resourceClass.Split('/') is [{ Length: > 0 } space, { Length: > 0 } name] && (space + name).All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    private static void CheckMacos(YamlEntry macos, string path, Session session)
    {
        path += "/macos";
        if (!Shape.Expect(macos.Value, ShapeTypes.Mapping, path, session) || macos.Value is not YamlMapping mapping)
            return;
        Shape.CheckKeys(mapping, path, ["xcode", "resource_class", "shell", "code_signing"], ["xcode"], session);
        Shape.Expect(mapping["xcode"], ShapeTypes.Text, $"{path}/xcode", session);
    }
}
