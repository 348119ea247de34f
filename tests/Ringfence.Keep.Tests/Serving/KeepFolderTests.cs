using Ringfence.Keep.Keyrings;
using Ringfence.Keep.Ledgers;
using Ringfence.Keep.Serving;
using Ringfence.Sealing.Keys;
using Ringfence.Sealing.Signatures;

namespace Ringfence.Keep.Tests.Serving;

public sealed class KeepFolderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("ringfence-folder-").FullName;
    private readonly SigningKey _requester = SigningKey.Create();

    private KeepFolder Folder => new(Path.Combine(_root, "keep"), Path.Combine(_root, "vault"));

    public void Dispose()
    {
        _requester.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task Is_made_by_one_of_several_that_begin_at_the_same_time()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(CreateAsync)));

        Assert.Single(made, isNew => isNew);
        Assert.Null(Folder.WhatIsGone);
        using var keys = KeyFile.Read(Folder.KeyFile, null);
        Assert.Empty(LedgerReader.ReadIn(Folder.Path, keys.Signing.Public, []).Problems);
    }

    [Fact]
    public async Task Is_made_anew_when_whoever_made_it_died_before_it_had_keys()
    {
        await CreateAsync();
        File.Delete(Folder.KeyFile);

        Assert.True(await CreateAsync());

        using var keys = KeyFile.Read(Folder.KeyFile, null);
        Assert.Equal(1, LedgerReader.ReadIn(Folder.Path, keys.Signing.Public, []).Head.Number);
    }

    [Fact]
    public async Task Is_not_made_anew_in_place_of_a_ledger_that_was_changed()
    {
        await CreateAsync();
        File.Delete(Folder.KeyFile);
        await File.WriteAllTextAsync(Ledger.PathIn(Folder.Path), "what\nis\nthis\n", KeepTrial.Cancel);

        Assert.Equal(Folder.WhatIsGone, (await Assert.ThrowsAsync<IOException>(CreateAsync)).Message);
        Assert.True(Folder.Memory.Exists);
    }

    [Fact]
    public async Task Is_not_made_anew_where_something_was_stored()
    {
        await CreateAsync();
        Directory.CreateDirectory(Folder.VaultPath);
        await File.WriteAllTextAsync(Path.Combine(Folder.VaultPath, "context-x.json"), "{}", KeepTrial.Cancel);
        File.Delete(Folder.KeyFile);

        Assert.Equal(Folder.WhatIsGone, (await Assert.ThrowsAsync<IOException>(CreateAsync)).Message);
    }

    [Theory]
    [InlineData("FFFFFFFF")]
    [InlineData("7FFFFFFF")]
    [InlineData("00000005 6162")]
    [InlineData("00000003 FFFFFF")]
    [InlineData("00000000 00000003 FFFFFF")]
    public async Task Ends_without_a_word_when_whoever_asks_does_not_speak_the_protocol(string hex)
    {
        await CreateAsync();
        using var requests = new MemoryStream(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));
        var keyring = new Keyring(null, new Dictionary<string, string>(), TimeProvider.System);

        await KeepLoop.RunAsync(Folder, requests, Stream.Null, keyring, TimeProvider.System, KeepTrial.Cancel);
    }

    private Task<bool> CreateAsync() => Folder.CreateAsync(null, _requester.Public, TimeProvider.System, KeepTrial.Cancel);
}
