using System.Security.Cryptography;
using Ringfence.Primitives;
using Ringfence.Sealing.Ssh;

namespace Ringfence.Sealing.Tests;

/// <summary>Private keys as ssh-keygen and OpenSSL make them.</summary>
public sealed class SshKeyTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ringfence-ssh-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [Rule("EX-7.61", "SSH-2")]
    [InlineData("ed25519", "", "ssh-ed25519")]
    [InlineData("rsa", "-b 3072", "ssh-rsa")]
    [InlineData("rsa", "-b 3072 -m PEM", "ssh-rsa")]
    [InlineData("rsa", "-b 3072 -m PKCS8", "ssh-rsa")]
    [InlineData("ecdsa", "-b 256", "ecdsa-sha2-nistp256")]
    [InlineData("ecdsa", "-b 384 -m PEM", "ecdsa-sha2-nistp384")]
    [InlineData("ecdsa", "-b 521 -m PKCS8", "ecdsa-sha2-nistp521")]
    public async Task Have_the_fingerprints_that_ssh_keygen_prints(string type, string options, string called)
    {
        var path = await MakeAsync(type, options);
        using var text = new SecretValue(await File.ReadAllBytesAsync(path, Cancel));

        Assert.True(SshKeyText.TryRead(text, out var key, out var tidy, out var whyNot), whyNot);

        using (tidy)
        {
            Assert.Equal(called, key.Type);
            Assert.Equal(string.Join(' ', (await File.ReadAllTextAsync(path + ".pub", Cancel)).Split(' ')[..2]).Trim(), key.ToString());
            Assert.Contains($" {key.Fingerprints.Sha256} ", await PrintedAsync("-l", "-f", path + ".pub"), StringComparison.Ordinal);
            Assert.Contains($" MD5:{key.Fingerprints.Md5} ", await PrintedAsync("-l", "-E", "md5", "-f", path + ".pub"), StringComparison.Ordinal);
            Assert.True(text.FixedTimeEquals(tidy));
        }
    }

    [Fact]
    [Rule("SSH-9")]
    public async Task Are_made_so_that_ssh_reads_them()
    {
        await TestSsh.RequireAsync();
        using var made = OpenSshKey.Create("ringfence gh/acme/app");
        using var other = OpenSshKey.Create("");
        var path = Path.Combine(_folder.FullName, "made");
        await using (var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
            file.Write(made.Reveal());

        Assert.True(SshKeyText.TryRead(made, out var key, out var tidy, out _));
        tidy.Dispose();
        Assert.True(SshKeyText.TryRead(other, out var second, out tidy, out _));
        tidy.Dispose();
        Assert.Equal($"{key} ringfence gh/acme/app", (await PrintedAsync("-y", "-f", path)).Trim());
        Assert.NotEqual(key.Fingerprints.Sha256, second.Fingerprints.Sha256);
    }

    [Fact]
    public async Task Get_the_line_ends_that_ssh_wants()
    {
        var path = await MakeAsync("ed25519", "");
        var text = await File.ReadAllTextAsync(path, Cancel);
        using var windows = new SecretValue($"a note above\r\n\r\n{text.TrimEnd('\n').Replace("\n", "\r\n", StringComparison.Ordinal)}");

        Assert.True(SshKeyText.TryRead(windows, out _, out var tidy, out var whyNot), whyNot);

        Assert.Equal(text, tidy.RevealString());
        tidy.Dispose();
    }

    [Theory]
    [Rule("SSH-2", "SSH-9")]
    [InlineData("ed25519", "-N secret", "is protected by a passphrase")]
    [InlineData("rsa", "-b 3072 -m PEM -N secret", "is protected by a passphrase")]
    [InlineData("rsa", "-b 3072 -m PKCS8 -N secret", "is protected by a passphrase")]
    [InlineData("rsa", "-b 2048", "has 2048 bits; at least 3072 are taken")]
    [InlineData("rsa", "-b 2048 -m PEM", "has 2048 bits; at least 3072 are taken")]
    public async Task Are_refused_when_jobs_could_not_use_them_or_should_not(string type, string options, string why) =>
        Assert.Contains(why, WhyNot(await File.ReadAllTextAsync(await MakeAsync(type, options), Cancel)), StringComparison.Ordinal);

    [Fact]
    public async Task Are_refused_when_they_are_none()
    {
        var path = await MakeAsync("ed25519", "");
        var text = await File.ReadAllTextAsync(path, Cancel);
        var lines = text.Split('\n');
        var open = await File.ReadAllTextAsync(path + ".pub", Cancel);

        Assert.Contains("That is no private key", WhyNot("hunter2 hunter2"), StringComparison.Ordinal);
        Assert.Contains("That is no private key", WhyNot(""), StringComparison.Ordinal);
        Assert.Contains("That is no private key", WhyNot(string.Join('\n', lines[..3])), StringComparison.Ordinal);
        Assert.Contains("That is no private key", WhyNot(string.Join('\n', (string[])[lines[0], lines[1], .. lines[3..]])), StringComparison.Ordinal);
        Assert.Contains("is damaged", WhyNot(PemEncoding.WriteString("OPENSSH PRIVATE KEY", Decoded(text).AsSpan(0, 120))), StringComparison.Ordinal);
        Assert.Contains("public half", WhyNot(open), StringComparison.Ordinal);
        Assert.Contains("key of PuTTY", WhyNot("PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none"), StringComparison.Ordinal);
        Assert.Contains("DSA keys are refused", WhyNot("-----BEGIN DSA PRIVATE KEY-----\nAAAA\n-----END DSA PRIVATE KEY-----\n"), StringComparison.Ordinal);
        Assert.Contains("no private key of SSH", WhyNot("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"), StringComparison.Ordinal);
        Assert.Contains("longer than any", WhyNot(new string('x', SshKeyText.MostBytes + 1)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whose_halves_do_not_belong_together_are_refused()
    {
        var (one, other) = (await MakeAsync("ed25519", ""), await MakeAsync("ed25519", ""));
        var (bytes, foreign) = (Decoded(await File.ReadAllTextAsync(one, Cancel)), Decoded(await File.ReadAllTextAsync(other, Cancel)));
        const int Seed = 161;
        foreign.AsSpan(Seed, 32).CopyTo(bytes.AsSpan(Seed));

        Assert.Contains("do not fit together", WhyNot(PemEncoding.WriteString("OPENSSH PRIVATE KEY", bytes)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Survive_no_cut_and_no_change_without_a_sentence()
    {
        var bytes = Decoded(await File.ReadAllTextAsync(await MakeAsync("rsa", "-b 3072"), Cancel));

        for (var length = 0; length < bytes.Length; length++)
            Assert.NotEqual("", WhyNot(PemEncoding.WriteString("OPENSSH PRIVATE KEY", bytes.AsSpan(0, length))));
        for (var i = 0; i < 60; i++)
        {
            bytes[i] ^= 0xff;
            Assert.NotEqual("", WhyNot(PemEncoding.WriteString("OPENSSH PRIVATE KEY", bytes)));
            bytes[i] ^= 0xff;
        }
    }

    [Theory]
    [InlineData("SHA256:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ", true)]
    [InlineData("SHA256:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=", true)]
    [InlineData(" 5d:41:40:2a:bc:4b:2a:76:b9:71:9d:91:10:17:c5:92 ", true)]
    [InlineData("MD5:5D:41:40:2A:BC:4B:2A:76:B9:71:9D:91:10:17:C5:92", true)]
    [InlineData("sha256:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ", false)]
    [InlineData("SHA256:lpjnUL+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ", false)]
    [InlineData("5d41402abc4b2a76b9719d911017c592", false)]
    [InlineData("$FINGERPRINT", false)]
    [InlineData("", false)]
    [Rule("SSH-3")]
    public void Are_named_by_either_fingerprint(string text, bool isNamed) =>
        Assert.Equal(isNamed, SshFingerprints.Of("hello"u8).AreNamedBy(text));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string WhyNot(string text)
    {
        using var value = new SecretValue(text);
        if (!SshKeyText.TryRead(value, out _, out var tidy, out var whyNot))
            return whyNot;
        tidy.Dispose();
        return "";
    }

    private static byte[] Decoded(string text) => Convert.FromBase64String(string.Concat(text.Split('\n').Where(line => !line.StartsWith("-----", StringComparison.Ordinal))));

    private async Task<string> MakeAsync(string type, string options)
    {
        await TestSsh.RequireAsync();
        var path = Path.Combine(_folder.FullName, Guid.NewGuid().ToString("N"));
        string[] phrase = options.Contains("-N ", StringComparison.Ordinal) ? [] : ["-N", ""];
        await PrintedAsync(["-q", "-t", type, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), .. phrase, "-f", path]);
        return path;
    }

    private static async Task<string> PrintedAsync(params string[] arguments)
    {
        var (code, printed) = await Tool.RunAsync("/usr/bin/ssh-keygen", arguments);
        Assert.True(code == 0, printed);
        return printed;
    }
}
