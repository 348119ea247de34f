using System.Buffers.Text;
using System.Diagnostics;
using System.Text.Json;

namespace Ringfence.Access.Inventory;

/// <summary>Guesses what a secret is by its shape. It keeps nothing of the value; the caller is the one who may look at it.</summary>
public static class SecretShape
{
    /// <summary>Guesses. Never throws, whatever the bytes.</summary>
    public static SecretKind Guess(ReadOnlySpan<byte> value)
    {
        var text = Trim(value);
        if (text.StartsWith("-----BEGIN "u8))
            return OfPem(text);
        if (text.StartsWith("{"u8) || text.StartsWith("["u8))
            return OfJson(text);

        var kind = OfToken(text);
        if (kind != SecretKind.Generic)
            return kind;
        if (IsUrlWithPassword(text))
            return SecretKind.UrlWithPassword;
        if (IsJwt(text))
            return SecretKind.Jwt;

        return IsAwsSecret(text) ? SecretKind.AwsSecretAccessKey : SecretKind.Generic;
    }

    /// <summary>Where people make a new one, in one sentence.</summary>
    public static string WhereToRotate(SecretKind kind) => kind switch
    {
        SecretKind.Generic => "Make a new one where this one came from, then revoke this one there.",
        SecretKind.AwsAccessKeyId or SecretKind.AwsSecretAccessKey => "In AWS IAM, under the user's security credentials: create a second access key, then deactivate and delete the first; a role taken by OIDC needs no key at all.",
        SecretKind.GitHubToken => "At GitHub under Settings, Developer settings, or in the settings of the app that issued it.",
        SecretKind.GitLabToken => "At GitLab under Access tokens of the user, project or group; 'rotate' makes a new one and revokes the old.",
        SecretKind.NpmToken => "At npmjs.com under Access Tokens, or with 'npm token'; trusted publishing needs no token.",
        SecretKind.SlackToken => "At api.slack.com in the settings of the app: tokens under OAuth, addresses under Incoming Webhooks.",
        SecretKind.PyPiToken => "At pypi.org under Account settings, API tokens; trusted publishing needs no token.",
        SecretKind.GcpServiceAccount => "In Google Cloud under IAM, Service Accounts, Keys: add a key, then delete the old one; workload identity federation needs no key.",
        SecretKind.SshPrivateKey => "Make a new pair with ssh-keygen, add its public half wherever the old one is trusted, then remove the old one there.",
        SecretKind.PemPrivateKey => "Make a new key and have its certificate issued or its public half registered anew, then revoke the old one.",
        SecretKind.Jwt => "Ask whoever issued it for a new one; it ends at the time in its 'exp' claim, and often cannot be revoked before.",
        SecretKind.UrlWithPassword => "Change the password at the server that the address names, then store the address with the new one.",
        SecretKind.DockerAuth => "Make a new access token at each registry it names, log in again, then delete the old tokens.",
        SecretKind.Json => "Make new values where these came from, then revoke the old ones there.",
        _ => throw new UnreachableException(),
    };

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> value) => value.Trim(" \t\r\n"u8);

    private static SecretKind OfPem(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'\n');
        var first = end < 0 ? text : text[..end];
        if (first.IndexOf("PRIVATE KEY"u8) < 0)
            return SecretKind.Generic;

        return first.IndexOf("OPENSSH"u8) >= 0 || first.IndexOf("BEGIN RSA "u8) >= 0 || first.IndexOf("BEGIN DSA "u8) >= 0
            ? SecretKind.SshPrivateKey
            : SecretKind.PemPrivateKey;
    }

    private static SecretKind OfJson(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text);
            var (isAuth, isAccount, hasKey) = (false, false, false);
            while (reader.Read())
            {
                if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName)
                {
                    isAuth |= reader.ValueTextEquals("auths"u8);
                    hasKey |= reader.ValueTextEquals("private_key"u8);
                }

                isAccount |= reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("service_account"u8);
            }

            return isAuth ? SecretKind.DockerAuth : isAccount && hasKey ? SecretKind.GcpServiceAccount : SecretKind.Json;
        }
        catch (JsonException)
        {
            return SecretKind.Generic;
        }
    }

    private static SecretKind OfToken(ReadOnlySpan<byte> text)
    {
        if (text.Length == 20 && (text.StartsWith("AKIA"u8) || text.StartsWith("ASIA"u8)) && Is(text, upper: true, lower: false, others: ""u8))
            return SecretKind.AwsAccessKeyId;
        if (text.StartsWith("https://hooks.slack.com/"u8))
            return SecretKind.SlackToken;
        if (text.Length < 20 || !Is(text, upper: true, lower: true, others: "_-."u8))
            return SecretKind.Generic;
        if (text.StartsWith("ghp_"u8) || text.StartsWith("gho_"u8) || text.StartsWith("ghu_"u8) || text.StartsWith("ghs_"u8) || text.StartsWith("ghr_"u8) || text.StartsWith("github_pat_"u8))
            return SecretKind.GitHubToken;
        if (text.StartsWith("glpat-"u8) || text.StartsWith("gldt-"u8) || text.StartsWith("glcbt-"u8))
            return SecretKind.GitLabToken;
        if (text.StartsWith("npm_"u8))
            return SecretKind.NpmToken;
        if (text.StartsWith("pypi-"u8))
            return SecretKind.PyPiToken;

        return text.StartsWith("xoxb-"u8) || text.StartsWith("xoxp-"u8) || text.StartsWith("xoxa-"u8) || text.StartsWith("xoxr-"u8) || text.StartsWith("xoxs-"u8) || text.StartsWith("xapp-"u8)
            ? SecretKind.SlackToken
            : SecretKind.Generic;
    }

    private static bool IsUrlWithPassword(ReadOnlySpan<byte> text)
    {
        var scheme = text.IndexOf("://"u8);
        if (scheme <= 0 || !Is(text[..scheme], upper: true, lower: true, others: "+-."u8))
            return false;

        var rest = text[(scheme + 3)..];
        var end = rest.IndexOfAny((byte)'/', (byte)'?', (byte)'#');
        var authority = end < 0 ? rest : rest[..end];
        var at = authority.LastIndexOf((byte)'@');
        return at > 0 && authority[..at].IndexOf((byte)':') is >= 0 and var colon && colon < at - 1;
    }

    private static bool IsJwt(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith("eyJ"u8) || text.Count((byte)'.') != 2)
            return false;

        foreach (var part in text.Split((byte)'.'))
        {
            if (!Base64Url.IsValid(text[part]) || text[part].IsEmpty)
                return false;
        }

        return true;
    }

    // Forty characters of base64 with every sort of them, since forty hex digits are most often a commit.
    private static bool IsAwsSecret(ReadOnlySpan<byte> text) =>
        text.Length == 40 && Is(text, upper: true, lower: true, others: "/+"u8)
        && text.IndexOfAnyInRange((byte)'A', (byte)'Z') >= 0 && text.IndexOfAnyInRange((byte)'a', (byte)'z') >= 0 && text.IndexOfAnyInRange((byte)'0', (byte)'9') >= 0;

    private static bool Is(ReadOnlySpan<byte> text, bool upper, bool lower, ReadOnlySpan<byte> others)
    {
        foreach (var b in text)
        {
            var fits = b is >= (byte)'0' and <= (byte)'9' || (upper && b is >= (byte)'A' and <= (byte)'Z') || (lower && b is >= (byte)'a' and <= (byte)'z') || others.Contains(b);
            if (!fits)
                return false;
        }

        return true;
    }
}
