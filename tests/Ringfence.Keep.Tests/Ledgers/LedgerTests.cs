using CsCheck;
using Ringfence.Keep.Ledgers;
using Ringfence.Sealing.Signatures;

namespace Ringfence.Keep.Tests.Ledgers;

[Rule("INC-9")]
public sealed class LedgerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ringfence-ledger-").FullName;
    private readonly SigningKey _key = SigningKey.Create();

    private string File => Ledger.PathIn(_folder);

    public void Dispose()
    {
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Is_read_back_as_it_was_written()
    {
        var heads = Write(3);

        var reading = Read();

        Assert.Empty(reading.Problems);
        Assert.Equal([1, 2, 3], reading.Entries.Select(e => e.Number));
        Assert.Equal(["grant 0", "grant 1", "grant 2"], reading.Entries.Select(e => e.Text));
        Assert.Equal(heads[^1], reading.Head);
        Assert.Equal(heads[^1], Ledger.ReadHead(_folder));
    }

    [Fact]
    public void Goes_on_after_it_was_closed()
    {
        Write(2);
        Write(2);

        var reading = Read();

        Assert.Empty(reading.Problems);
        Assert.Equal(4, reading.Head.Number);
    }

    [Fact]
    public void Is_for_its_owner_only()
    {
        Write(1);

        Assert.All(Directory.GetFiles(_folder), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(file)));
    }

    [Fact]
    public void Has_one_writer_at_a_time()
    {
        using var ledger = Ledger.Open(_folder, _key, TimeProvider.System);

        Assert.Throws<LedgerInUseException>(() => Ledger.Open(_folder, _key, TimeProvider.System).Dispose());
    }

    [Fact]
    public void Shows_any_changed_byte_and_where()
    {
        Write(3);
        var whole = System.IO.File.ReadAllBytes(File);
        Gen.Select(Gen.Int[0, whole.Length - 2], Gen.Int[1, 255]).Sample(
            (at, with) =>
            {
                var changed = (byte[])whole.Clone();
                changed[at] ^= (byte)with;
                System.IO.File.WriteAllBytes(File, changed);
                var reading = Read();
                var line = 1 + whole.AsSpan(0, at).Count((byte)'\n');
                Assert.Contains(reading.Problems, p => p.Line == line || p.Line == line + 1 || p.Kind == LedgerProblemKind.Truncated);
                Assert.Throws<LedgerException>(() => Ledger.Open(_folder, _key, TimeProvider.System).Dispose());
            },
            iter: 300,
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
    public void Shows_what_was_taken_out_moved_or_cut_off(string kept, LedgerProblemKind kind, long line, string says)
    {
        Write(5);
        var lines = System.IO.File.ReadAllLines(File);
        System.IO.File.WriteAllText(File, string.Concat(kept.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => lines[int.Parse(n, null) - 1] + "\n")));

        var problem = Read().Problems[0];

        Assert.Equal((kind, line), (problem.Kind, problem.Line));
        Assert.Contains(says, problem.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_entries_of_another_keep()
    {
        Write(2);
        using var other = SigningKey.Create();

        var reading = LedgerReader.Read(File, other.Public, []);

        Assert.Equal([LedgerProblemKind.Edited, LedgerProblemKind.Edited], reading.Problems.Select(p => p.Kind));
        Assert.Contains(other.Public.Id.ToString(), reading.Problems[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_to_who_kept_a_hash_that_it_was_written_anew()
    {
        var kept = Write(3)[1];
        System.IO.File.Delete(File);
        System.IO.File.Delete(File + ".head");
        Write(3);

        Assert.Empty(LedgerReader.Read(File, _key.Public, [Ledger.ReadHead(_folder)]).Problems);
        var problem = Assert.Single(LedgerReader.Read(File, _key.Public, [kept]).Problems);
        Assert.Equal(LedgerProblemKind.Replaced, problem.Kind);
    }

    [Fact]
    public void Drops_a_line_that_was_being_written_when_the_keep_died()
    {
        Write(2);
        System.IO.File.AppendAllText(File, "{\"n\":3,\"prev");

        Assert.Equal(LedgerProblemKind.Unfinished, Assert.Single(Read().Problems).Kind);
        Write(1);

        var reading = Read();
        Assert.Empty(reading.Problems);
        Assert.Equal(3, reading.Head.Number);
    }

    [Fact]
    public void Refuses_to_begin_anew_when_its_file_is_gone()
    {
        Write(2);
        System.IO.File.Delete(File);

        var e = Assert.Throws<LedgerException>(() => Ledger.Open(_folder, _key, TimeProvider.System).Dispose());

        Assert.Contains("cut off after entry 0", e.Message, StringComparison.Ordinal);
    }

    private List<LedgerHead> Write(int count)
    {
        using var ledger = Ledger.Open(_folder, _key, TimeProvider.System);
        var heads = new List<LedgerHead>();
        for (var i = 0; i < count; i++)
        {
            ledger.Append(new LedgerEntry { Kind = LedgerKind.Grant, Text = $"grant {i}" });
            heads.Add(ledger.Head);
        }

        return heads;
    }

    private LedgerReading Read() => LedgerReader.Read(File, _key.Public, [Ledger.ReadHead(_folder)]);
}
