using System.Net.Sockets;
using System.Text.Json;
using Docker.DotNet;

namespace Ringfence.Runner.Sandboxes.Docker;

/// <summary>Says in one sentence what it means when the engine refuses, or does not answer.</summary>
internal static class EngineFailures
{
    private const int LongestMessage = 2000;

    /// <summary>Whether an exception is the engine's, or that of the way to it.</summary>
    public static bool IsOfEngine(Exception e) => e is DockerApiException or HttpRequestException or SocketException or IOException or TimeoutException
        || (e is AggregateException several && several.InnerExceptions.All(IsOfEngine));

    /// <summary>The failure of something that was asked of the engine while a sandbox was made.</summary>
    /// <param name="what">What could not be done: <c>The container of X could not be started</c>.</param>
    /// <param name="e">What the client noticed.</param>
    public static SandboxException Of(string what, Exception e)
    {
        if (e is not DockerApiException)
            return new SandboxException($"{what}: the container engine does not answer any more.", e);
        var message = MessageOf(e);
        if (Has(message, "no space left"))
            return new SandboxException($"{what}: the disk of the container engine is full.", "Make room, for example with 'docker system prune'.");
        if (Has(message, "non-overlapping IPv4 address pool") || Has(message, "all predefined address pools"))
            return new SandboxException($"{what}: the container engine has no free network left.", "Remove networks that are not used with 'docker network prune'.");
        if (Has(message, "exec format error"))
            return new SandboxException($"{what}: the image is for another processor architecture.", "Use an image for this machine's architecture.", isFaultOfJob: true);
        return new SandboxException($"{what}: {message}", "", IsFaultOfJob(message), e);
    }

    /// <summary>The sentence in the engine's answer.</summary>
    public static string MessageOf(Exception e)
    {
        if (e is not DockerApiException { ResponseBody: { Length: > 0 } body })
            return e.Message;
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("message", out var message) && message.GetString() is { } text)
                return Shortened(text.Trim());
        }
        catch (JsonException)
        {
            // Not all that stands between us and the engine answers in JSON.
        }

        return Shortened(body.Trim());
    }

    /// <summary>Whether a text of the engine has these words.</summary>
    public static bool Has(string message, string words) => message.Contains(words, StringComparison.OrdinalIgnoreCase);

    // A program that is not in the image, a user that it does not have, a name that is none of a host.
    private static bool IsFaultOfJob(string message) =>
        Has(message, "executable file not found") || Has(message, "no such file or directory: unknown") || Has(message, "permission denied: unknown")
        || Has(message, "unable to find user") || Has(message, "no matching entries in passwd") || Has(message, "invalid IP address in add-host") || Has(message, "bad format for add-host");

    private static string Shortened(string text) => text.Length > LongestMessage ? text[..LongestMessage] + "…" : text;
}
