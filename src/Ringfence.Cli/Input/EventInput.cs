using System.Collections.Immutable;
using System.Text.Json;
using Ringfence.Cli.Diagnostics;
using Ringfence.Config.Expressions;
using Ringfence.Config.Values;
using Ringfence.Primitives;

namespace Ringfence.Cli.Input;

/// <summary>
/// Reads the file of <c>--event</c>. It is a map of pipeline values by their whole names (null unsets one), or the body of a GitHub webhook
/// of a push or a pull request, told apart by its members.
/// </summary>
internal static class EventInput
{
    private const int MostDepth = 64;
    private const string Forms = "Give a map such as {\"pipeline.event.name\": \"push\"}, or the body of a GitHub webhook of a push or pull request.";

    /// <summary>The values in the order in which they are to be set; empty when there is no file or it cannot be used, and then the reason is reported.</summary>
    public static ImmutableArray<(string Name, ExpressionValue Value)> Read(string? path, InputReader input, DiagnosticBag problems)
    {
        if (path is null || input.Read(path, "event file") is not { } text)
            return [];

        try
        {
            using var document = JsonDocument.Parse(text.Text, new JsonDocumentOptions { MaxDepth = MostDepth });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return Refuse(problems, new SourceSpan(text, 0, 0), "The event file must hold a JSON object.", Forms);
            if (root.TryGetProperty("pull_request", out _))
                return GitHubEvent.OfPullRequest(root);
            if (root.TryGetProperty("ref", out _) && root.TryGetProperty("after", out _))
                return GitHubEvent.OfPush(root);
            return ReadMap(root, text, problems);
        }
        catch (JsonException e)
        {
            var line = Math.Clamp((int)(e.LineNumber ?? 0) + 1, 1, text.LineCount);
            var start = text.OffsetOfLine(line) + (int)Math.Clamp(e.BytePositionInLine ?? 0, 0, text.Line(line).Length);
            return Refuse(problems, new SourceSpan(text, start, start + 1), "The event file is not JSON.", Forms);
        }
    }

    private static ImmutableArray<(string, ExpressionValue)> ReadMap(JsonElement root, SourceText text, DiagnosticBag problems)
    {
        var values = ImmutableArray.CreateBuilder<(string, ExpressionValue)>();
        foreach (var member in root.EnumerateObject())
        {
            if (WhyNot(member, out var value) is { } reason)
            {
                Refuse(problems, PlaceOf(member.Name, text), reason, Forms);
                continue;
            }

            values.Add((member.Name, value));
        }

        return values.ToImmutable();
    }

    private static string? WhyNot(JsonProperty member, out ExpressionValue value)
    {
        value = default;
        if (member.Name.StartsWith(PipelineValueRegistry.ParameterPrefix, StringComparison.Ordinal))
            return $"'{member.Name}' is a parameter: give it with --pipeline-parameters.";
        if (!PipelineValueRegistry.All.TryGetValue(member.Name, out var definition))
            return $"There is no pipeline value '{member.Name}'.";
        if (member.Value.ValueKind == JsonValueKind.Null)
            return null;

        var fits = (definition.Type, member.Value.ValueKind) switch
        {
            (PipelineValueType.String, JsonValueKind.String) => true,
            (PipelineValueType.Boolean, JsonValueKind.True or JsonValueKind.False) => true,
            (PipelineValueType.Integer, JsonValueKind.Number) => member.Value.TryGetInt64(out _),
            _ => false,
        };
        if (!fits)
            return $"The pipeline value '{member.Name}' is of type {definition.Type}.";

        value = definition.Type switch
        {
            PipelineValueType.String => ExpressionValue.String(member.Value.GetString()!),
            PipelineValueType.Boolean => ExpressionValue.Boolean(member.Value.GetBoolean()),
            _ => ExpressionValue.Integer(member.Value.GetInt64()),
        };
        return null;
    }

    private static SourceSpan PlaceOf(string name, SourceText text)
    {
        var at = text.Text.IndexOf($"\"{name}\"", StringComparison.Ordinal);
        return at < 0 ? new SourceSpan(text, 0, 0) : new SourceSpan(text, at, at + name.Length + 2);
    }

    private static ImmutableArray<(string, ExpressionValue)> Refuse(DiagnosticBag problems, SourceSpan span, string message, string hint)
    {
        problems.Add(new Diagnostic(InputCodes.BadEvent, span, message, hint));
        return [];
    }
}
