using CsCheck;
using Ringfence.Primitives;

namespace Ringfence.Gate.Tests.Logs;

public sealed class MaskTextTests
{
    /// <summary>One set in about a hundred left secrets unmasked once, since every mask could have been part of some form.</summary>
    [Fact]
    [Rule("MSK-1")]
    public void There_is_a_mask_for_two_hundred_secrets_of_any_signs() =>
        Gen.String[Gen.Char['!', '~'], 16, 40].Array[150].Select(Gen.Byte.Array[24].Array[50]).Sample(
            (texts, bytes) =>
            {
                var secrets = texts.Concat(bytes.Select(Convert.ToBase64String)).Select((text, i) => new GateSecret($"S{i}", new SecretValue(text))).ToList();
                using var matcher = SecretMatcher.Build(secrets);
                Assert.Empty(matcher.Unmasked);
                foreach (var secret in secrets)
                    secret.Value.Dispose();
            },
            iter: 40);
}
