namespace Ringfence.Cli.Tests.Secrets;

/// <summary>The commands about additional SSH keys of projects (EX-7.61).</summary>
public sealed class SshKeyCommandTests : IDisposable
{
    private readonly SecretTrial _trial = new();

    public void Dispose() => _trial.Dispose();

    [Fact]
    [Rule("EX-7.61", "INC-3")]
    public async Task Add_list_and_remove_a_key_and_show_its_private_half_nowhere()
    {
        var (text, open, md5) = await MakeAsync();

        var added = await _trial.PipeAsync(text, "ssh-key", "add", "--host", "git.example.com");

        var sha256 = Assert.Single(_trial.Project().SshKeys).Sha256;
        Assert.Equal($"{open} ringfence gh/acme/app\n", added.Out);
        Assert.Contains("The key was added for git.example.com. Jobs of the project gh/acme/app may install it.\n", added.Error, StringComparison.Ordinal);
        Assert.Contains($"MD5     {md5}\nSHA256  {sha256[7..]}\n", added.Error, StringComparison.Ordinal);
        Assert.Contains($"- add_ssh_keys: {{fingerprints: [\"{sha256}\"]}}\n", added.Error, StringComparison.Ordinal);

        var list = (await _trial.MustAsync("ssh-key", "list")).Out;
        Assert.Contains($"{sha256}  {md5}  ssh-ed25519  git.example.com", list, StringComparison.Ordinal);
        Assert.EndsWith("never\n", list.Replace(" \n", "\n", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains($"\"public_key\": \"{open}\"", (await _trial.MustAsync("ssh-key", "list", "--format", "json")).Out, StringComparison.Ordinal);
        Assert.Contains("gh/acme/app        0         1", (await _trial.MustAsync("project", "list")).Out, StringComparison.Ordinal);

        Assert.Contains("There is one SSH key besides: 'ringfence ssh-key list'.\n", (await _trial.MustAsync("secret", "list")).Error, StringComparison.Ordinal);
        Assert.Contains("There is one SSH key besides", (await _trial.MustAsync("project", "show")).Error, StringComparison.Ordinal);
        Assert.Contains($"\"ssh_keys\": [\n    \"{sha256}\"", (await _trial.MustAsync("project", "show", "--format", "json")).Out, StringComparison.Ordinal);
        Assert.Contains("take its public half away there", (await _trial.MustAsync("ssh-key", "remove", md5)).Error, StringComparison.Ordinal);
        Assert.Contains("The project gh/acme/app has no SSH keys", (await _trial.MustAsync("ssh-key", "list")).Error, StringComparison.OrdinalIgnoreCase);
        (await _trial.DoAsync("", "ssh-key", "remove", sha256)).AssertRefused("error[RF9403]: gh/acme/app has no SSH key of that fingerprint.");
        _trial.AssertNowhere(text.Split('\n')[4]);
    }

    [Fact]
    [Rule("SSH-9")]
    public async Task Have_the_keep_make_one()
    {
        var added = await _trial.MustAsync("ssh-key", "add", "--every-host", "--generate", "--project", "gh/acme/other");

        var key = Assert.Single(_trial.Project("gh/acme/other").SshKeys);
        Assert.True(key.IsMadeHere);
        Assert.StartsWith("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI", added.Out, StringComparison.Ordinal);
        Assert.Contains("The key was made for every host.", added.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE", _trial.Printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Take_a_key_that_is_pasted()
    {
        var (text, _, md5) = await MakeAsync();
        _trial.Type(text.TrimEnd('\n').Split('\n'));

        var added = await _trial.MustAsync("ssh-key", "add", "--host", "git.example.com");

        Assert.Contains("Paste the private key; it is not shown: \n", added.Error, StringComparison.Ordinal);
        Assert.Equal(md5, Assert.Single(_trial.Project().SshKeys).Md5);
        _trial.AssertNowhere(text.Split('\n')[4]);
    }

    [Fact]
    [Rule("INC-3", "SSH-2")]
    public async Task Refuse_what_cannot_be_used_and_repeat_none_of_it()
    {
        var (locked, _, _) = await MakeAsync("secret");
        const string Planted = "planted-Zx81-not-a-key";

        (await _trial.DoAsync(locked, "ssh-key", "add", "--host", "example.com")).AssertRefused("error[RF9405]: The private key is protected by a passphrase.");
        (await _trial.DoAsync(Planted, "ssh-key", "add", "--host", "example.com")).AssertRefused("error[RF9405]: That is no private key");
        (await _trial.DoAsync("", "ssh-key", "add", "--host", "example.com", Planted)).AssertRefused("error[RF9406]: Neither a private key nor its file belongs on the command line");
        (await _trial.DoAsync(Planted, "ssh-key", "add")).AssertRefused("A key is for one host or for every host.");
        (await _trial.DoAsync(Planted, "ssh-key", "add", "--every-host", "--host", "example.com")).AssertRefused("A key is for one host or for every host.");
        (await _trial.DoAsync(Planted, "ssh-key", "add", "--every-host", "--fd", "3", "--generate")).AssertRefused("not both");
        (await _trial.DoAsync("", "ssh-key", "add", "--host", "*", "--generate")).AssertRefused("error[RF9402]: That is no name of a host");

        Assert.DoesNotContain(Planted, _trial.Printed, StringComparison.Ordinal);
        Assert.Null(_trial.Project());
    }

    private static async Task<(string Text, string Open, string Md5)> MakeAsync(string passphrase = "")
    {
        await TestSsh.RequireAsync();
        var folder = Directory.CreateTempSubdirectory("ringfence-key-");
        try
        {
            var path = Path.Combine(folder.FullName, "key");
            var (code, printed) = await Tool.RunAsync("/usr/bin/ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", path);
            Assert.True(code == 0, printed);
            var shown = (await Tool.RunAsync("/usr/bin/ssh-keygen", "-l", "-E", "md5", "-f", path + ".pub")).Printed;
            return (await File.ReadAllTextAsync(path), string.Join(' ', (await File.ReadAllTextAsync(path + ".pub")).Split(' ')[..2]), shown.Split(' ')[1]["MD5:".Length..]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
