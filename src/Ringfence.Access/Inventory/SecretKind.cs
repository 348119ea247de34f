namespace Ringfence.Access.Inventory;

/// <summary>What a secret probably is, by the shape of its value. A guess for the inventory; nothing is decided by it.</summary>
public enum SecretKind
{
    /// <summary>Nothing known.</summary>
    Generic,

    /// <summary>The id of an AWS access key; no secret by itself.</summary>
    AwsAccessKeyId,

    /// <summary>The secret half of an AWS access key.</summary>
    AwsSecretAccessKey,

    /// <summary>A token of GitHub.</summary>
    GitHubToken,

    /// <summary>A token of GitLab.</summary>
    GitLabToken,

    /// <summary>A token of npm.</summary>
    NpmToken,

    /// <summary>A token of Slack, or an address that posts to it.</summary>
    SlackToken,

    /// <summary>A token of PyPI.</summary>
    PyPiToken,

    /// <summary>The key of a service account of Google Cloud.</summary>
    GcpServiceAccount,

    /// <summary>A private key for SSH.</summary>
    SshPrivateKey,

    /// <summary>Another private key in PEM form.</summary>
    PemPrivateKey,

    /// <summary>A signed token (RFC 7519).</summary>
    Jwt,

    /// <summary>An address with a password in it.</summary>
    UrlWithPassword,

    /// <summary>Logins for registries, as Docker keeps them.</summary>
    DockerAuth,

    /// <summary>Other JSON.</summary>
    Json,
}
