using System.Security.Cryptography;
using Ringfence.Gate;
using Ringfence.Primitives;

namespace Ringfence.Bench.Gate;

/// <summary>Values as vendors make them, and nobody's.</summary>
internal static class Secrets
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static string[] Make(int count) => [.. Enumerable.Range(0, count).Select(One)];

    public static SecretMatcher Matcher(string[] values) =>
        SecretMatcher.Build(values.Select((value, index) => new GateSecret($"SECRET_{index}", new SecretValue(value))));

    private static string One(int index) => (index % 5) switch
    {
        0 => RandomNumberGenerator.GetString(Letters, 32),
        1 => RandomNumberGenerator.GetString(Letters + "+/", 40),
        2 => "ghp_" + RandomNumberGenerator.GetString(Letters, 36),
        3 => RandomNumberGenerator.GetHexString(40, lowercase: true),
        _ => RandomNumberGenerator.GetString(Letters + "!#$%&*+-.:;<=>?@^_|~", 16),
    };
}
