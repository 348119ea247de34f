namespace Ringfence.Runner.Sandboxes.Docker;

/// <summary>Says in one sentence why an image could not be pulled, out of what the engine and the registry say.</summary>
internal static class PullFailures
{
    private static readonly string[] NotThere = ["manifest unknown", "not found", "repository does not exist", "name unknown", "invalid reference format"];
    private static readonly string[] Refused = ["unauthorized", "authentication required", "no basic auth credentials", "incorrect username or password", "denied", "forbidden"];
    private static readonly string[] Unreachable =
        ["no such host", "dial tcp", "i/o timeout", "connection refused", "network is unreachable", "handshake timeout", "request canceled", "server misbehaving", "connection reset", "temporary failure in name resolution", "EOF"];

    /// <summary>The failure; <paramref name="message"/> is the engine's.</summary>
    public static SandboxException Of(string image, string message, bool hasLogin)
    {
        if (HasAny(message, "no space left"))
            return new SandboxException($"There is no room on the container engine's disk for the image {image}.", "Make room, for example with 'docker system prune'.");
        if (HasAny(message, "toomanyrequests", "rate limit"))
            return new SandboxException($"The registry of {image} allows no more pulls for now.", "Wait, or give a login with 'auth' for a higher limit.");
        if (HasAny(message, Unreachable))
            return new SandboxException($"The registry of {image} cannot be reached: {message}", "Check the network and the registry's name. An image that is on this machine already needs no registry.");
        if (HasAny(message, "no matching manifest", "does not match the specified platform"))
            return new SandboxException($"The image {image} is not made for this machine's processor architecture.", "Use an image that is.", isFaultOfJob: true);

        // Registries say "does not exist, or may require a login" alike, so as not to tell strangers what there is.
        if (HasAny(message, NotThere))
            return new SandboxException($"There is no image {image} at its registry, or it may not be read{WithLogin(hasLogin)}.", "Check its name and tag; a private image needs a login with 'auth'.", isFaultOfJob: true);
        return HasAny(message, Refused)
            ? new SandboxException($"The registry refused the image {image}{WithLogin(hasLogin)}.", hasLogin ? "Check the user name and the password of 'auth'." : "Give a login with 'auth'.", isFaultOfJob: true)
            : new SandboxException($"The image {image} could not be pulled: {message}");
    }

    private static string WithLogin(bool hasLogin) => hasLogin ? " with the login of 'auth'" : " without a login";

    private static bool HasAny(string message, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (EngineFailures.Has(message, word))
                return true;
        }

        return false;
    }
}
