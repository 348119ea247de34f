namespace Ringfence.Gate.Tests.Cases;

/// <summary>Values of the kinds that people keep. All of them are made up.</summary>
internal static class SampleSecrets
{
    public const string Token = "gt7Kp2mXw9QzR4vB1nYcL8sD3fHj6aTe";
    public const string AccessKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzq9w8+kLmN";
    public const string Password = "it's a \"pass\" & <word> für 100%!";
    public const string LooksEncoded = "U3VwZXJTZWNyZXRQYXNzd29yZDEyMw==";
    public const string Repeating = "abcabcabcabcabd-9XYZ";
    public const string Json = """{"type": "service_account", "project_id": "acme-build-4711", "private_key_id": "9f8e7d6c5b4a39281706f5e4d3c2b1a098765432", "token_uri": "https://oauth2.example.com/token"}""";

    public static string Pem { get; } =
        $"-----BEGIN RSA PRIVATE KEY-----\n{string.Join('\n', Enumerable.Range(1, 12).Select(PemLine))}\nq8Zk3A==\n-----END RSA PRIVATE KEY-----\n";

    /// <summary>Values of one line, which every encoding is tried with.</summary>
    public static string[] Lines { get; } = [Token, AccessKey, Password, LooksEncoded, Repeating];

    /// <summary>64 characters that look like a key and are the same in every run.</summary>
    public static string PemLine(int number)
    {
        var state = (ulong)number * 0x9E3779B97F4A7C15;
        return string.Concat(Enumerable.Range(0, 64).Select(_ =>
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            return "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[(int)(state >> 58)];
        }));
    }
}
