using System.Text;
using CsCheck;
using Ringfence.Access.Inventory;

namespace Ringfence.Access.Tests.Inventory;

/// <summary>The values are put together here, so that no scanner takes this file for a leak.</summary>
public sealed class SecretShapeTests
{
    private static readonly string Filler = string.Concat(Enumerable.Repeat("aB3d", 9));

    public static TheoryData<string, SecretKind> Shapes { get; } = new()
    {
        { "AKIA" + new string('A', 16), SecretKind.AwsAccessKeyId },
        { "wJalrXUt/FEMI+" + "K7MDENGbPxRfiCYEXAMPLEKEYz", SecretKind.AwsSecretAccessKey },
        { "ghp" + "_" + Filler, SecretKind.GitHubToken },
        { "github" + "_pat_" + Filler, SecretKind.GitHubToken },
        { "glpat" + "-" + Filler, SecretKind.GitLabToken },
        { "npm" + "_" + Filler, SecretKind.NpmToken },
        { "xoxb" + "-" + Filler, SecretKind.SlackToken },
        { "https://hooks.slack" + ".com/services/T/B/x", SecretKind.SlackToken },
        { "pypi" + "-" + Filler, SecretKind.PyPiToken },
        { "{\"type\": \"service_account\", \"private_key\": \"x\"}", SecretKind.GcpServiceAccount },
        { "-----BEGIN OPENSSH " + "PRIVATE KEY-----\nx\n-----END", SecretKind.SshPrivateKey },
        { "-----BEGIN RSA " + "PRIVATE KEY-----\nx", SecretKind.SshPrivateKey },
        { "-----BEGIN " + "PRIVATE KEY-----\nx", SecretKind.PemPrivateKey },
        { "-----BEGIN EC " + "PRIVATE KEY-----\nx", SecretKind.PemPrivateKey },
        { "-----BEGIN CERTIFICATE-----\nx", SecretKind.Generic },
        { "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", SecretKind.Jwt },
        { "postgres://app:hunter2@db:5432/app", SecretKind.UrlWithPassword },
        { "https://example.com/a?b=c:d@e", SecretKind.Generic },
        { "https://user@example.com", SecretKind.Generic },
        { "{\"auths\": {\"r.example.com\": {\"auth\": \"eA==\"}}}", SecretKind.DockerAuth },
        { "{\"a\": 1}", SecretKind.Json },
        { "[1, 2]", SecretKind.Json },
        { "{not json", SecretKind.Generic },
        { "0123456789abcdef0123456789abcdef01234567", SecretKind.Generic },
        { "correct horse", SecretKind.Generic },
        { "", SecretKind.Generic },
        { "  npm" + "_" + Filler + "\n", SecretKind.NpmToken },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Guesses_by_shape(string value, SecretKind kind) => Assert.Equal(kind, SecretShape.Guess(Encoding.UTF8.GetBytes(value)));

    [Fact]
    public void Takes_any_bytes() => Gen.Byte.Array[0, 200].Sample(bytes => Assert.True(Enum.IsDefined(SecretShape.Guess(bytes))), iter: 1000);

    [Fact]
    public void Says_for_each_kind_where_to_make_a_new_one() =>
        Assert.All(Enum.GetValues<SecretKind>(), kind => Assert.EndsWith(".", SecretShape.WhereToRotate(kind), StringComparison.Ordinal));

    [Fact]
    [Rule("CTX-8", "ENV-1")]
    public void Shows_four_characters_of_long_values_only()
    {
        Assert.Equal("cdef", ValueEnding.OfContext("0123456789abcdef"u8));
        Assert.Equal("", ValueEnding.OfContext("0123456789abcde"u8));
        Assert.Equal("xxxxcdef", ValueEnding.OfProject("0123456789abcdef"u8));
        Assert.Equal("xxxx", ValueEnding.OfProject("0123456789abcde"u8));
        Assert.Equal("xxxx", ValueEnding.OfProject("äääääääääääääää"u8));
        Assert.Equal("", ValueEnding.OfContext("0123456789abcdeä"u8));
        Assert.Equal("", ValueEnding.OfContext("0123456789abcde\n"u8));
    }
}
