using Ringfence.Access.Inventory;

namespace Ringfence.Cli.Secrets;

/// <summary>What a secret is, by its shape, in the words of people.</summary>
internal static class KindText
{
    /// <summary>The words; empty when its shape says nothing.</summary>
    public static string Of(SecretKind kind) => kind switch
    {
        SecretKind.AwsAccessKeyId => "AWS key id",
        SecretKind.AwsSecretAccessKey => "AWS secret key",
        SecretKind.GitHubToken => "GitHub token",
        SecretKind.GitLabToken => "GitLab token",
        SecretKind.NpmToken => "npm token",
        SecretKind.SlackToken => "Slack token",
        SecretKind.PyPiToken => "PyPI token",
        SecretKind.GcpServiceAccount => "GCP key",
        SecretKind.SshPrivateKey => "SSH key",
        SecretKind.PemPrivateKey => "private key",
        SecretKind.Jwt => "JWT",
        SecretKind.UrlWithPassword => "URL with password",
        SecretKind.DockerAuth => "Docker login",
        SecretKind.Json => "JSON",
        _ => "",
    };

    /// <summary>The words for a kind as it is stored.</summary>
    public static string OfStored(string kind) => Enum.TryParse<SecretKind>(kind, out var parsed) ? Of(parsed) : "";
}
