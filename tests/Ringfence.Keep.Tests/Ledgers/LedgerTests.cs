using CsCheck;
using Ringfence.Keep.Ledgers;
using Ringfence.Sealing.Signatures;

namespace Ringfence.Keep.Tests.Ledgers;

[Rule("INC-9")]
public sealed class LedgerTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("ringfence-ledger-").FullName;
    private readonly SigningKey _key = SigningKey.Create();

    private string Folder => Directory.CreateDirectory(Path.Combine(_root, "keep")).FullName;

    private string FilePath => Ledger.PathIn(Folder);

    public void Dispose()
    {
        _key.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task Is_read_back_as_it_was_written()
    {
        var heads = await WriteAsync(3);

        var reading = Read();

        Assert.Empty(reading.Problems);
        Assert.Equal([1, 2, 3], reading.Entries.Select(e => e.Number));
        Assert.Equal(["grant 0", "grant 1", "grant 2"], reading.Entries.Select(e => e.Text));
        Assert.Equal(heads[^1], reading.Head);
        Assert.Equal(heads[^1], Ledger.ReadHead(Folder));
    }

    [Fact]
    public async Task Goes_on_after_it_was_closed()
    {
        await WriteAsync(2);
        await WriteAsync(2);

        var reading = Read();

        Assert.Empty(reading.Problems);
        Assert.Equal(4, reading.Head.Number);
    }

    [Fact]
    public async Task Is_for_its_owner_only()
    {
        await WriteAsync(1);

        Assert.All(Directory.GetFiles(Folder), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task Has_several_writers_that_take_turns()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            var ledger = await OpenAsync();
            for (var i = 0; i < 10; i++)
            {
                using var turn = await ledger.TakeTurnAsync(TestContext.Current.CancellationToken);
                ledger.Append(new LedgerEntry { Kind = LedgerKind.Grant, Text = $"{writer} {i}" });
            }
        })));

        var reading = Read();
        Assert.Empty(reading.Problems);
        Assert.Equal(40, reading.Entries.Select(e => e.Text).Distinct().Count());
    }

    [Fact]
    public async Task Notices_that_it_was_written_anew_while_it_was_open()
    {
        await WriteAsync(2);
        var open = await OpenAsync();
        File.Delete(FilePath);
        File.Delete(FilePath + ".head");
        File.Delete(LedgerMemory.Beside(Folder).Path);
        await WriteAsync(3);

        await Assert.ThrowsAsync<LedgerException>(() => open.TakeTurnAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Is_not_written_outside_a_turn()
    {
        var ledger = await OpenAsync();

        Assert.Throws<InvalidOperationException>(() => ledger.Append(new LedgerEntry { Kind = LedgerKind.Grant }));
    }

    [Fact]
    public async Task Shows_any_changed_byte_and_where()
    {
        await WriteAsync(3);
        var whole = File.ReadAllBytes(FilePath);
        Gen.Select(Gen.Int[0, whole.Length - 2], Gen.Int[1, 255]).Sample(
            (at, with) =>
            {
                var changed = (byte[])whole.Clone();
                changed[at] ^= (byte)with;
                File.WriteAllBytes(FilePath, changed);
                var reading = Read();
                var line = 1 + whole.AsSpan(0, at).Count((byte)'\n');
                Assert.Contains(reading.Problems, p => p.Line == line || p.Line == line + 1 || p.Kind == LedgerProblemKind.Truncated);
                Assert.Throws<LedgerException>(() => OpenAsync().GetAwaiter().GetResult());
            },
            iter: 300,
            threads: 1);
    }

    [Fact]
    public async Task Shows_whatever_is_done_to_it_or_to_its_head()
    {
        await WriteAsync(6);
        string[] paths = [FilePath, FilePath + ".head"];
        var originals = paths.Select(File.ReadAllBytes).ToList();
        Gen.Select(Gen.Int[0, 1], Gen.Int[0, 7], Gen.Int[0, int.MaxValue], Gen.Int[0, int.MaxValue], Gen.Byte).Sample(
            (which, kind, first, second, with) =>
            {
                var changed = Changed(originals[which], kind, first, second, with);
                if (changed.AsSpan().SequenceEqual(originals[which]))
                    return;
                File.WriteAllBytes(paths[which], changed);
                try
                {
                    Assert.NotEmpty(LedgerReader.ReadIn(Folder, _key.Public, []).Problems);
                }
                catch (LedgerException)
                {
                    // The head was no head.
                }
                finally
                {
                    File.WriteAllBytes(paths[which], originals[which]);
                }
            },
            iter: 1000,
            threads: 1);
    }

    [Theory]
    [InlineData("1 2 4 5", LedgerProblemKind.Deleted, 3, "entry 3 is missing")]
    [InlineData("1 4 5", LedgerProblemKind.Deleted, 2, "the entries 2 to 3 are missing")]
    [InlineData("2 3 4 5", LedgerProblemKind.Deleted, 1, "entry 1 is missing")]
    [InlineData("1 3 2 4 5", LedgerProblemKind.Reordered, 2, "another order")]
    [InlineData("1 2 2 3 4 5", LedgerProblemKind.Reordered, 3, "another order")]
    [InlineData("1 2 3", LedgerProblemKind.Truncated, 0, "cut off after entry 3")]
    [InlineData("", LedgerProblemKind.Truncated, 0, "cut off after entry 0")]
    public async Task Shows_what_was_taken_out_moved_or_cut_off(string kept, LedgerProblemKind kind, long line, string says)
    {
        await WriteAsync(5);
        var lines = File.ReadAllLines(FilePath);
        File.WriteAllText(FilePath, string.Concat(kept.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => lines[int.Parse(n, null) - 1] + "\n")));

        var problem = Read().Problems[0];

        Assert.Equal((kind, line), (problem.Kind, problem.Line));
        Assert.Contains(says, problem.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_entries_of_another_keep()
    {
        await WriteAsync(2);
        using var other = SigningKey.Create();

        var reading = LedgerReader.Read(FilePath, other.Public, []);

        Assert.Equal([LedgerProblemKind.Edited, LedgerProblemKind.Edited], reading.Problems.Select(p => p.Kind));
        Assert.Contains(other.Public.Id.ToString(), reading.Problems[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_to_who_kept_a_hash_that_it_was_written_anew()
    {
        var kept = (await WriteAsync(3))[1];
        File.Delete(FilePath);
        File.Delete(FilePath + ".head");
        File.Delete(LedgerMemory.Beside(Folder).Path);
        await WriteAsync(3);

        Assert.Empty(LedgerReader.Read(FilePath, _key.Public, [Ledger.ReadHead(Folder)]).Problems);
        var problem = Assert.Single(LedgerReader.Read(FilePath, _key.Public, [kept]).Problems);
        Assert.Equal(LedgerProblemKind.Replaced, problem.Kind);
    }

    [Fact]
    public async Task Drops_a_line_that_was_being_written_when_the_keep_died()
    {
        await WriteAsync(2);
        File.AppendAllText(FilePath, "{\"n\":3,\"prev");

        Assert.Equal(LedgerProblemKind.Unfinished, Assert.Single(Read().Problems).Kind);
        await WriteAsync(1);

        var reading = Read();
        Assert.Empty(reading.Problems);
        Assert.Equal(3, reading.Head.Number);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0:\n")]
    [InlineData("3:\n")]
    [InlineData("\uFEFFwhole")]
    [InlineData("whole\n")]
    [InlineData("earlier")]
    public async Task Shows_that_what_was_noted_beside_it_was_changed_or_put_back(string noted)
    {
        var heads = await WriteAsync(4);
        File.WriteAllText(FilePath + ".head", noted.Replace("whole", $"{heads[^1]}\n", StringComparison.Ordinal).Replace("earlier", $"{heads[1]}\n", StringComparison.Ordinal));

        await Assert.ThrowsAsync<LedgerException>(OpenAsync);
        Assert.True(Record.Exception(() => LedgerReader.ReadIn(Folder, _key.Public, []).Problems.Single()) is null or LedgerException);
    }

    [Fact]
    public async Task Shows_that_what_was_noted_beside_it_is_gone()
    {
        await WriteAsync(4);
        File.Delete(FilePath + ".head");

        Assert.Equal(LedgerProblemKind.Unnoted, Assert.Single(LedgerReader.ReadIn(Folder, _key.Public, []).Problems).Kind);
        Assert.Contains("is gone", (await Assert.ThrowsAsync<LedgerException>(OpenAsync)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Goes_on_when_the_keep_died_before_it_had_noted_the_last_entry()
    {
        var heads = await WriteAsync(3);
        File.WriteAllText(FilePath + ".head", $"{heads[1]}\n");

        Assert.Empty(LedgerReader.ReadIn(Folder, _key.Public, []).Problems);
        Assert.Equal(4, (await WriteAsync(1))[^1].Number);
    }

    [Fact]
    public async Task Goes_on_when_two_keeps_in_turn_died_before_they_had_noted_their_last_entry()
    {
        var heads = await WriteAsync(3);
        File.WriteAllText(FilePath + ".head", $"{heads[1]}\n");
        await OpenAsync();
        Assert.Equal(heads[2], Ledger.ReadHead(Folder));
        await WriteAsync(1);
        File.WriteAllText(FilePath + ".head", $"{heads[2]}\n");

        Assert.Empty(LedgerReader.ReadIn(Folder, _key.Public, []).Problems);
        Assert.Equal(5, (await WriteAsync(1))[^1].Number);
    }

    [Fact]
    public async Task Notices_what_becomes_of_its_note_while_it_is_open()
    {
        var heads = await WriteAsync(4);
        var open = await OpenAsync();
        foreach (var (noted, says) in ((string?, string)[])[(null, "is gone"), ($"{heads[1]}\n", "ends with entry 2"), ($"4:{heads[1].Hash}\n", "was written anew")])
        {
            File.Delete(FilePath + ".head");
            if (noted is not null)
                File.WriteAllText(FilePath + ".head", noted);
            var e = await Assert.ThrowsAsync<LedgerException>(() => open.TakeTurnAsync(TestContext.Current.CancellationToken));
            Assert.Contains(says, e.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("5:")]
    [InlineData("0:00")]
    [InlineData("5:zz")]
    [InlineData("05:aa")]
    public void Has_no_head_without_its_hash(string text) => Assert.Null(LedgerHead.Parse(text.Replace("zz", new string('z', 64), StringComparison.Ordinal).Replace("aa", new string('a', 64), StringComparison.Ordinal)));

    [Fact]
    public async Task Takes_back_an_entry_whose_head_cannot_be_noted()
    {
        await WriteAsync(2);
        var before = File.ReadAllBytes(FilePath);
        var ledger = await OpenAsync();
        var inTheWay = Directory.CreateDirectory(FilePath + ".head.new");
        using (await ledger.TakeTurnAsync(TestContext.Current.CancellationToken))
            Assert.Throws<LedgerException>(() => ledger.Append(new LedgerEntry { Kind = LedgerKind.Grant, Text = "too much" }));

        Assert.Equal(before, File.ReadAllBytes(FilePath));
        inTheWay.Delete();
        await WriteAsync(1);
        Assert.Empty(Read().Problems);
    }

    [Fact]
    public async Task Leaves_nothing_of_a_long_line_that_was_being_written()
    {
        await WriteAsync(2);
        File.AppendAllText(FilePath, new string('x', 5000));

        await WriteAsync(1);

        Assert.Empty(Read().Problems);
    }

    [Fact]
    public async Task Refuses_to_begin_anew_when_its_file_is_gone()
    {
        await WriteAsync(2);
        File.Delete(FilePath);

        var e = await Assert.ThrowsAsync<LedgerException>(OpenAsync);

        Assert.Contains("cut off after entry 0", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gives_no_answer_when_it_cannot_be_remembered()
    {
        await WriteAsync(1);
        var ledger = await OpenAsync();
        using (await ledger.TakeTurnAsync(TestContext.Current.CancellationToken))
        {
            Directory.CreateDirectory(LedgerMemory.Beside(Folder).Path + ".new");
            var e = Assert.Throws<LedgerException>(() => ledger.Append(new LedgerEntry { Kind = LedgerKind.Grant }));
            Assert.Contains("How far the ledger has come cannot be remembered in ", e.Message, StringComparison.Ordinal);
        }

        // The entry counts, though nobody got an answer; and all goes on when there is room again.
        Directory.Delete(LedgerMemory.Beside(Folder).Path + ".new");
        Assert.Equal(2, Read().Head.Number);
        await WriteAsync(1);
        Assert.Equal(LedgerMemory.Beside(Folder).Read(), Read().Head);
    }

    [Fact]
    public async Task Is_remembered_outside_of_its_folder_with_each_entry()
    {
        var heads = await WriteAsync(2);

        var memory = LedgerMemory.Beside(Folder + "/");
        Assert.Equal(Path.Combine(_root, "keep.head"), memory.Path);
        Assert.Equal(heads[^1], memory.Read());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(memory.Path));
    }

    [Theory]
    [InlineData("0:", true)]
    [InlineData("3:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", true)]
    [InlineData("3:", false)]
    [InlineData("0:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", false)]
    [InlineData("3:9F86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", false)]
    [InlineData("3:9f86", false)]
    [InlineData("-3:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", false)]
    [InlineData("", false)]
    public void Has_heads_that_are_read_as_they_are_written(string text, bool isHead) => Assert.Equal(isHead ? text : null, LedgerHead.Parse(text)?.ToString());

    private Task<Ledger> OpenAsync() => Ledger.OpenAsync(Folder, LedgerMemory.Beside(Folder), _key, TimeProvider.System, TestContext.Current.CancellationToken);

    private async Task<List<LedgerHead>> WriteAsync(int count)
    {
        var ledger = await OpenAsync();
        using var turn = await ledger.TakeTurnAsync(TestContext.Current.CancellationToken);
        var heads = new List<LedgerHead>();
        for (var i = 0; i < count; i++)
        {
            ledger.Append(new LedgerEntry { Kind = LedgerKind.Grant, Text = $"grant {i}" });
            heads.Add(ledger.Head);
        }

        return heads;
    }

    private static byte[] Changed(byte[] whole, int kind, int first, int second, byte with)
    {
        var (at, other) = (first % whole.Length, second % whole.Length);
        var lines = System.Text.Encoding.Latin1.GetString(whole).Split('\n')[..^1].ToList();
        var (line, otherLine) = (first % lines.Count, second % lines.Count);
        byte[] changed = [.. whole];
        switch (kind)
        {
            case 0:
                changed[at] ^= with;
                return changed;
            case 1:
                return [.. whole[..at], .. whole[Math.Min(whole.Length, at + 1 + (with % 80))..]];
            case 2:
                return [.. whole[..at], with, .. whole[at..]];
            case 3:
                return whole[..at];
            case 4:
                changed.AsSpan(Math.Min(at, other), Math.Abs(at - other)).Fill(with);
                return changed;
            case 5:
                (lines[line], lines[otherLine]) = (lines[otherLine], lines[line]);
                break;
            case 6:
                lines.Insert(otherLine, lines[line]);
                break;
            default:
                lines.RemoveRange(Math.Min(line, otherLine), Math.Abs(line - otherLine) + 1);
                break;
        }

        return System.Text.Encoding.Latin1.GetBytes(string.Concat(lines.Select(text => text + "\n")));
    }

    private LedgerReading Read() => LedgerReader.Read(FilePath, _key.Public, [Ledger.ReadHead(Folder)]);
}
