using System.Text;
using Ringfence.Gate.Forms;

namespace Ringfence.Gate.Tests.Cases;

[Rule("MSK-1", "MSK-5")]
public sealed class MaskCaseTests
{
    private static readonly string[] Lines = [.. Enumerable.Range(1, 20).Select(number => $"{number}: a line {{ with }} [ brackets ] and \"quotes\", 0x{number:x4}")];

    public static TheoryData<string> Names => [.. MaskCases.Usual.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Catches_the_usual_cases(string name)
    {
        var one = MaskCases.Usual.Single(one => one.Name == name);

        Assert.DoesNotContain(one.Secrets, one.Leaks);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Catches_secrets_that_overlap(int order)
    {
        string[] secrets = ["abcdefgh-12345678", "12345678-qrstuvwx", "5678-qrst"];
        string[] rotated = [.. secrets.Skip(order), .. secrets.Take(order)];

        Assert.Equal("x****y\n", Masking.Mask("xabcdefgh-12345678-qrstuvwxy\n", rotated));
    }

    [Theory]
    [InlineData("passw0rd", "passw0rd-of-production")]
    [InlineData("passw0rd-of-production", "passw0rd")]
    public void The_longer_of_two_secrets_wins(string first, string second) =>
        Assert.Equal("**** ****s\n", Masking.Mask("passw0rd-of-production passw0rds\n", first, second));

    [Theory]
    [InlineData("p\u00E4ssw\u00F6rter-f\u00FCr-\u0141\u00F3d\u017A", "pa\u0308sswo\u0308rter-fu\u0308r-\u0141o\u0301dz\u0301")]
    [InlineData("c\u0327a-\u0160koda-A\u0328", "\u00E7a-S\u030Ckoda-\u0104")]
    public void Letters_with_marks_are_caught_as_one_sign_and_as_two(string secret, string printed)
    {
        Assert.Equal("****\n", Masking.Mask(LetterMarks.TakeApart(printed) + "\n", secret));
        Assert.Equal("****\n", Masking.Mask(LetterMarks.PutTogether(printed) + "\n", secret));
        Assert.Equal(LetterMarks.TakeApart(secret), LetterMarks.TakeApart(printed));
        Assert.NotEqual(LetterMarks.TakeApart(secret), LetterMarks.PutTogether(secret));
    }

    [Fact]
    public void A_value_of_three_characters_is_refused_with_a_reason()
    {
        using var matcher = Masking.Matcher("abc");

        Assert.Contains("fewer than 4", Assert.Single(matcher.Unmasked).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_JSON_secret_does_not_spoil_ordinary_text()
    {
        var pretty = SampleSecrets.Json.Replace("{", "{\n", StringComparison.Ordinal).Replace(", ", ",\n", StringComparison.Ordinal).Replace("}", "\n}\n", StringComparison.Ordinal);
        var text = "{\n  \"type\": \"service_account\"\n}\nhttps://oauth2.example.com/token\n" + string.Join('\n', Lines);

        Assert.Equal(text, Masking.Mask(text, pretty, SampleSecrets.Json));
    }

    [Fact]
    public void The_boundaries_of_a_key_are_not_secret()
    {
        const string text = "-----BEGIN RSA PRIVATE KEY-----\n(removed)\n-----END RSA PRIVATE KEY-----\n";

        Assert.Equal(text, Masking.Mask(text, SampleSecrets.Pem));
    }

    [Fact]
    public void The_first_line_that_all_keys_of_OpenSSH_have_is_not_secret()
    {
        const string first = "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW";
        const string second = "QyNTUxOQAAACBPfbU2jMTC0ZnqVvHjF1mvA6bQ0ksn9XWcYd7rMOpEtgAAAJBq1x2yatcd";
        const string key = $"-----BEGIN OPENSSH PRIVATE KEY-----\n{first}\n{second}\n-----END OPENSSH PRIVATE KEY-----\n";

        Assert.Equal($"another key begins {first} too\n****\n", Masking.Mask($"another key begins {first} too\n{second}\n", key));
    }

    [Fact]
    public void The_values_of_an_environment_file_are_caught_and_its_names_are_not() =>
        Assert.Equal("DATABASE_PASSWORD is ****, API_TOKEN is ****", Masking.Mask(
            "DATABASE_PASSWORD is correcthorse, API_TOKEN is q1w2e3r4t5", "DATABASE_PASSWORD=correcthorse\nexport API_TOKEN=\"q1w2e3r4t5\"\nDEBUG=1\n"));

    [Fact]
    public void The_password_in_an_address_is_caught_alone() =>
        Assert.Equal("password ****\n", Masking.Mask("password hunter2hunter2\n", "postgres://app:hunter2hunter2@db.internal:5432/app"));

    [Fact]
    [Rule("MSK-10")]
    public void The_documentation_says_what_the_code_does() => Golden.Check(Page(), "docs/masking.md");

    private static string Page()
    {
        var page = new StringBuilder(
            """
            # What the gate catches

            Everything that leaves a job is searched for the secrets that were given to it. In logs they are replaced by `****`; an artifact, a cache, a workspace or a test result
            that holds one does not leave, unless a policy says otherwise: the table `[gate]` of your own `ringfence.toml`, or `--gate`.

            **This is a safety net, and no more.** A job that can read a secret can always leak it: it can encrypt it, send it away, or write it in a way that nobody has thought of.
            No decision about who may have a secret rests on the gate. What keeps a secret is not giving it to jobs that do not need it.

            ## How it looks

            For each value, its forms are worked out once. They are then looked for in two views of the text: one without controls, spaces, line ends, quotes and backslashes, and one in which
            escapes (percent, XML and HTML, JSON, C and shells, colours) are resolved as well, however often they were applied. What is masked goes from the first byte of the form to its last;
            finds that overlap become one mask. If a value begins or ends with an asterisk, another sign than the asterisk is used.

            - A value of fewer than 4 bytes is not masked, nor is `true`, `True`, `false` or `False`. Of a value of fewer than 8 bytes only the value itself is masked, not its encodings.
            - Of a value with several lines, each line of 8 bytes or more is looked for too; of JSON, each text of 8 bytes or more; of an environment file or YAML, each value; of an address, its password.
              Not looked for are the boundaries of PEM keys, the first line of OpenSSH's keys, the field `type`, and addresses without password and query, since everybody has these.
            - `ringfence-mask` reads a value from standard input and ends when everything that is printed from then on is masked. It takes 100 values in a job, of up to 32 KiB each (several
              lines count as one). Beyond that, and for a value that would not be masked, it says why and exits with 1.
            - A form longer than 1,024 bytes is looked for in pieces of at least half that length.
            - More than 128 bytes of spaces, line ends or the like within a value hide it.
            - When a log is silent for a moment, up to three bytes that begin a form are let out. Should the form follow, it is masked from there on.

            ## What the tests show

            Each row is tried with values of several kinds: tokens, cloud keys, passwords with quotes, spaces, signs and letters beyond ASCII, values that look like base64, values that repeat themselves, keys,
            JSON. Something leaks if more than a third of what is printed survives in one piece. A test compares this table with what the code does (`tests/Ringfence.Gate.Tests/Cases`).


            """);
        Append(page, "Usual ways to lose a secret", MaskCases.Usual);
        Append(page, "Less usual ones", MaskCases.HeldOut);
        page.Append(
            """
            ## Archives

            Files are searched as they are and, if they begin like gzip, Zstandard, zip or tar, also inside, ten layers deep, without writing anything to a disk. The names of files count too,
            with those that links lead to, and for artifacts as they are stored, `destination` included. Of test results what is read out of the XML is searched once more, since comments or control characters may have lain within a value.
            In events, in `run.json` and in the ledger the names of steps and artifacts, the reasons of failures and the names of tests are masked, also where a policy lets the files themselves pass. The names of workflows and jobs stand there as the config writes them,
            since a run shows them before any secret is released; and so does what the ledger records of a job that is denied, whose secrets nobody opens.
            What cannot be looked into is reported as unknown: other compressions (bzip2, xz, 7z, rar, lz4), encrypted entries, damaged archives, gzip that is cut off or has something else behind it,
            what expands too much, a zip of more than 128 MiB within something else, a zip whose directory takes more than 32 MiB (it is held in memory, at several times that size).
            In `ringfence run` what is unknown leaves, and the step's log names it with the reason; the first ten of a step one by one.
            Not noticed are: entries that the directory of a zip does not list, archives that begin with something else (programs that unpack themselves),
            compression inside of other formats (PDF, PNG, images of containers other than tar), and what was compressed and then encoded as text.

            ## Not caught at all

            Encryption; digests; parts of a value; values in pictures; values that are put together only where they are read; encodings within one another beyond those above; what goes over the network.

            """);
        return page.ToString();
    }

    private static void Append(StringBuilder page, string title, MaskCase[] cases)
    {
        page.Append($"### {title}\n\n| printed as | caught |\n|---|---|\n");
        foreach (var one in cases)
        {
            var caught = one.Caught();
            page.Append($"| {one.Name} | {(caught == one.Secrets.Length ? "yes" : caught == 0 ? "**no**" : $"{caught} of {one.Secrets.Length} values")} |\n");
        }

        page.Append('\n');
    }
}
